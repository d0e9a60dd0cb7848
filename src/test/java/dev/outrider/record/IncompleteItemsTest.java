package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.mapping.MapRecords;
import dev.outrider.record.mapping.MappingRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped mappings and items that lack what a record is told by. */
class IncompleteItemsTest {
    private static final Path ROUTES = Path.of("routes");
    private static final String ALERT =
            """
            {"number": 7, "state": "open", "html_url": "https://github.com/acme/app/security/x/7", "secret_type": "aws_key",
             "rule": {"id": "js/xss"}, "security_advisory": {"ghsa_id": "GHSA-1"}, "repository": {"id": 1, "name": "app",
             "full_name": "acme/app", "html_url": "https://github.com/acme/app", "owner": {"login": "acme"}}}""";

    private final MapRecords mappings = new MapRecords(new MappingRegistry(ROUTES.toString()));

    static Stream<String> alerts() {
        return Stream.of("dependabot-alert", "secret-scanning-alert", "code-scanning-alert");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertWhoseStateIsMissingOrUnknownIsADeadLetterAndNotClosed(String mapping) {
        for (var alert : List.of(alert("state", null), alert("state", "paused"))) {
            var batch = map("github/" + mapping, alert);

            assertThat(batch.deadLetters()).hasSize(1);
            assertThat(batch.deadLetters().get(0).message()).contains("the alert's state is");
        }
        assertThat(map("github/" + mapping, alert("state", "fixed")).deadLetters())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void theEventOfAnAlertOfAnUnknownStateIsADeadLetterToo(String mapping) {
        var hook = Runs.JSON.createObjectNode();
        hook.set("alert", alert("state", "paused"));
        hook.set("repository", alert("state", "").get("repository"));

        assertThat(map("github/hook-" + mapping, hook).deadLetters()).hasSize(1);
    }

    @Test
    void anEventThatDoesNotSayThatAnAlertIsOpenIsNotTakenForClosed() {
        var hook = Runs.JSON.createObjectNode();
        hook.set("alert", alert("state", null));

        var batch = map(
                "github/hook-secret-scanning-alert",
                hook.set("repository", alert("state", "").get("repository")));

        assertThat(keys(batch)).contains("#risk#https://github.com/acme/app#github-secret-aws_key-7");
    }

    @ParameterizedTest
    @CsvSource({
        "dependabot-alert,number", "secret-scanning-alert,number", "secret-scanning-alert,secret_type",
        "code-scanning-alert,number", "code-scanning-alert,rule", "dependabot-alert,security_advisory",
    })
    void anAlertThatLacksWhatItsRiskIsToldByIsADeadLetter(String mapping, String field) {
        assertThat(map("github/" + mapping, alert(field, null)).deadLetters()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertWithoutItsRepositoryIsADeadLetter(String mapping) {
        assertThat(map("github/" + mapping, alert("repository", null)).deadLetters())
                .hasSize(1);
        var unnamed = alert("html_url", null);
        unnamed.putObject("repository").put("id", 1);
        assertThat(map("github/" + mapping, unnamed).deadLetters()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void noMappingMakesAKeyOfNothing(String mapping) throws IOException {
        var batch = map(mapping, Runs.JSON.createObjectNode());

        assertThat(keys(batch)).noneMatch(key -> key.matches(".*\\bnull\\b.*"));
    }

    static List<String> mappings() throws IOException {
        try (var files = Files.walk(ROUTES)) {
            return files.map(file -> ROUTES.relativize(file).toString())
                    .filter(file -> file.endsWith(".jslt") && !file.endsWith("common.jslt"))
                    .map(file -> file.substring(0, file.length() - 5))
                    .sorted()
                    .toList();
        }
    }

    private Batch map(String mapping, com.fasterxml.jackson.databind.JsonNode item) {
        return Runs.finish(mappings.map(Runs.page(Runs.run("repository"), Runs.unit("u"), 1, item), mapping));
    }

    private static ObjectNode alert(String field, String value) {
        var alert = (ObjectNode) Runs.json(ALERT);
        return value == null ? alert.without(field) : alert.put(field, value);
    }

    private static List<String> keys(Batch batch) {
        return Runs.lines(batch).stream()
                .map(line -> line.path("subject").asText())
                .toList();
    }
}
