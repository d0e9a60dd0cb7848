package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunException;
import dev.outrider.vendor.TestKeys;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's shipped routes against the simulated organization. */
class GitHubTest {
    private static final Path PLAN = Path.of("routes", "github", "test", "simulator.yaml");

    @TempDir
    Path folder;

    private Simulator github;
    private VendorRig rig;

    @BeforeEach
    void start() {
        github = Simulator.start(PLAN);
        rig = rig(folder.resolve("token"), github.secrets());
        rig.with(github.settings());
    }

    private VendorRig rig(Path data, Map<String, String> secrets) {
        data.toFile().mkdirs();
        return new VendorRig(data, "github", github.url(), secrets);
    }

    @AfterEach
    void stop() {
        rig.close();
        github.close();
    }

    @Test
    void collectsRepositoriesWithTheirVisibilityAndTopics() {
        var run = rig.complete("repositories");

        assertThat(run.counts().kinds()).containsOnlyKeys("repository").containsEntry("repository", 230L);
        assertThat(rig.data("repository"))
                .anySatisfy(repository -> {
                    assertThat(repository.path("public").asBoolean()).isTrue();
                    assertThat(repository.path("url").asText()).startsWith("https://github.com/outrider-demo/repo-");
                    assertThat(repository.path("tags").toString()).contains("demo");
                    assertThat(repository.at("/attributes/defaultBranch").asText())
                            .isEqualTo("main");
                })
                .anyMatch(repository -> !repository.path("public").asBoolean());
    }

    @Test
    void stopsAtTheFirstKnownPageNextTime() {
        rig.complete("repositories");
        int before = github.asked().size();

        var again = rig.complete("repositories");

        assertThat(again.counts().emitted()).isZero();
        assertThat(github.asked()).hasSize(before + 1);
    }

    @Test
    void raisesARiskForMembersWithoutASecondFactor() {
        rig.complete("members");

        assertThat(rig.data("person")).hasSize(120);
        assertThat(rig.data("risk"))
                .hasSize(60)
                .allMatch(risk -> risk.path("name").asText().startsWith("github-member-without-2fa-"));
    }

    @Test
    void collectsMembersWhereOnlyOwnersAreToldOfSecondFactors() {
        github.fail("owners-only", "/orgs/outrider-demo/members?filter=2fa_disabled", 100);

        var run = rig.complete("members");

        assertThat(rig.data("person")).hasSize(120);
        assertThat(rig.data("risk")).isEmpty();
        assertThat(run.counts().reasons()).containsKey("not_offered_422");
    }

    @Test
    void makesRisksOfOpenDependabotAlertsAndCountsClosedOnes() {
        var run = rig.complete("dependabot-alerts");

        assertThat(run.counts().reasons()).containsEntry("closed-fixed", 70L).containsEntry("closed-dismissed", 70L);
        assertThat(rig.data("risk")).hasSize(70).allSatisfy(risk -> {
            assertThat(risk.path("status").asText()).isEqualTo("TC");
            assertThat(risk.path("cves").get(0).asText()).startsWith("CVE-2026-");
            assertThat(risk.path("cwes").get(0).asText()).isEqualTo("CWE-79");
            assertThat(risk.at("/cvss/0/score").asDouble()).isEqualTo(9.1);
            assertThat(risk.at("/target/kind").asText()).isEqualTo("repository");
        });
    }

    @Test
    void neverAsksForSecretsThatWereFound() {
        rig.complete("secret-scanning-alerts");

        assertThat(github.asked()).allMatch(asked -> asked.target().contains("hide_secret=true"));
        assertThat(rig.data("risk"))
                .isNotEmpty()
                .allMatch(risk -> risk.path("cwes").toString().contains("CWE-798"));
    }

    @Test
    void makesRisksOfCodeScanningAlerts() {
        var run = rig.complete("code-scanning-alerts");

        assertThat(run.counts().reasons()).containsEntry("closed-fixed", 55L);
        assertThat(rig.data("risk"))
                .hasSize(55)
                .allMatch(risk -> risk.path("cwes").get(0).asText().equals("CWE-89"));
    }

    @Test
    void goesOnInTheAuditLogWhereItEnded() {
        rig.complete("audit-log");
        var again = rig.complete("audit-log");

        assertThat(rig.data("generic")).hasSize(250);
        assertThat(again.counts().emitted()).isZero();
        assertThat(github.asked().get(github.asked().size() - 1).target()).contains("phrase=created%3A%3E%3D");
    }

    @Test
    void signsInAsAnAppAndFetchesANewTokenWhenItsOwnExpires() throws Exception {
        rig.close();
        rig = rig(folder.resolve("app"), Map.of("privateKey", TestKeys.privateKey()));
        rig.as(
                "app",
                Map.of("url", github.url(), "organization", "outrider-demo", "appId", "Iv23demo", "installationId", 1));

        rig.complete("repositories");
        github.expireTokens();
        rig.complete("members");

        assertThat(github.asked().stream()
                        .filter(asked -> asked.target().endsWith("/access_tokens"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void isPartialWhereSingleSignOnHidesRows() {
        github.fail("rows-hidden", "/", 1);

        var run = rig.collect("repositories");

        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors()).extracting("code").containsExactly("vendor.partial_results");
        assertThat(rig.records()).isNotEmpty();
    }

    @Test
    void takesWhatIsSwitchedOffForNoError() {
        github.fail("switched-off", "/", 1);

        var run = rig.complete("code-scanning-alerts");

        assertThat(run.counts().reasons()).containsKey("not_offered_403");
    }

    @Test
    void namesThePermissionThatIsMissing() throws Exception {
        github.fail(Fault.FORBIDDEN, "/orgs/outrider-demo/members", 10);

        var checks = rig.validate();

        assertThat(checks.all()).hasSize(6);
        assertThat(checks.all().get(0).ok()).isTrue();
        assertThat(checks.all().get(1).ok()).isFalse();
        assertThat(checks.all().get(1).detail()).contains("Members (read)").contains("members=read");
    }

    @Test
    void waitsForASecondaryLimitAsLongAsItIsTold() {
        github.fail("secondary-limit", "/", 1);

        rig.complete("code-scanning-alerts");

        assertThat(github.asked().get(0).status()).isEqualTo(403);
    }

    @Test
    void knowsWhatBelongsToTheOrganization() throws Exception {
        assertThat(rig.affiliated("7")).isTrue();
        assertThat(rig.affiliated("demo-user-7")).isTrue();
        assertThat(rig.affiliated("9999")).isFalse();
        github.fail(Fault.SERVER_ERROR, "/", 100);
        assertThatThrownBy(() -> rig.affiliated("7")).isInstanceOf(RunException.class);
    }
}
