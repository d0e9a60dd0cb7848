package dev.outrider.integration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationFileTest {
    @Test
    void refusesAPasswordInAnAddressWithoutRepeatingIt() {
        var file = IntegrationFile.parse(
                "integrations.yaml",
                """
                integrations:
                  - name: leaky
                    class: okta
                    tenant: acme
                    settings: { url: "https://ada:hunter2@acme.okta.com" }
                """);

        assertThat(file.integrations()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("settings.url")
                .doesNotContain("hunter2"));
    }

    @Test
    void usesTheGoodEntriesAndNamesTheBadOnesWithTheirLine() {
        var file = IntegrationFile.parse(
                "integrations.yaml",
                """
                integrations:
                  - name: good
                    class: nessus
                    tenant: acme
                  - name: bad
                    tenant: acme
                    shedule: 15m
                  - name: also-good
                    class: nessus
                    tenant: acme
                    schedule: "*/5 * * * *"
                """);

        assertThat(file.integrations()).extracting(Integration::name).containsExactly("good", "also-good");
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).isEqualTo("integrations.yaml:5");
            assertThat(problem.name()).isEqualTo("bad");
            assertThat(problem.message()).contains("class is missing").contains("unknown field 'shedule'");
        });
    }

    @Test
    void refusesANameThatIsTaken() {
        var file = IntegrationFile.parse(
                "integrations.yaml",
                """
                integrations:
                  - { name: scans, class: nessus, tenant: acme }
                  - { name: scans, class: nessus, tenant: other }
                """);

        assertThat(file.integrations()).extracting(Integration::tenant).containsExactly("acme");
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .isEqualTo("integrations.yaml:3: integration 'scans': the name is taken by the entry in line 2"));
    }

    @Test
    void refusesAFieldThatStandsTwice() {
        var file = IntegrationFile.parse(
                "integrations.yaml",
                """
                integrations:
                  - name: scans
                    class: nessus
                    tenant: acme
                    settings:
                      folder: /a
                      folder: /b
                """);

        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("'folder' stands twice, again in line 7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "", "integrations: 3\n", "other: []\n"})
    void refusesAFileOfAnotherShapeAsAWhole(String text) {
        var file = IntegrationFile.parse("integrations.yaml", text);

        assertThat(file.integrations()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("`integrations:`"));
    }

    @Test
    void namesTheLineOfABrokenFile() {
        var file = IntegrationFile.parse("integrations.yaml", "integrations:\n  - name: a\n   class: b\n");

        assertThat(file.problems()).singleElement().satisfies(problem -> assertThat(problem.at())
                .isEqualTo("integrations.yaml:3"));
    }

    @Test
    void keepsTheTypesOfSettings() {
        var file = IntegrationFile.parse(
                "integrations.yaml",
                """
                integrations:
                  - name: scans
                    class: nessus
                    tenant: acme
                    settings: { count: 12, flag: true, text: "12", list: [1, x], none: null }
                """);

        assertThat(file.integrations().get(0).settings().toString())
                .isEqualTo("{\"count\":12,\"flag\":true,\"text\":\"12\",\"list\":[1,\"x\"],\"none\":null}");
    }

    @ParameterizedTest
    @CsvSource({"15m,PT15M", "30s,PT30S", "2h,PT2H", "1d,PT24H", "PT90S,PT1M30S"})
    void readsIntervals(String text, String duration) {
        assertThat(Schedule.parse(text))
                .hasValueSatisfying(schedule -> assertThat(schedule.every()).hasToString(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "15", "often", "PT0S", "P-1D", "* * *"})
    void refusesWhatIsNoSchedule(String text) {
        assertThat(Schedule.parse(text)).isEmpty();
    }

    @Test
    void takesManualAndCronAsTheyAre() {
        assertThat(Schedule.parse("manual"))
                .hasValueSatisfying(schedule -> assertThat(schedule.manual()).isTrue());
        assertThat(Schedule.parse("0 2 * * *"))
                .hasValueSatisfying(schedule -> assertThat(schedule.cron()).isEqualTo("0 2 * * *"));
    }
}
