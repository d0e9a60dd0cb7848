package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What senders, and those between them and us, do to deliveries, against the packaged application. */
class HookTrapsIT {
    private static final String SECRET = "a secret of ours";
    private static final String ORGANIZATION = "00D000000000001EAA";

    @TempDir
    static Path folder;

    private static OutriderProcess outrider;
    private static HookSender sender;

    @BeforeAll
    static void start() {
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUR_SECRET", SECRET)
                .declaring(
                        """
                        integrations:
                          - { name: github, class: github, tenant: acme, schedule: manual, settings: { organization: acme }, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
                          - { name: salesforce, class: salesforce, tenant: acme, schedule: manual, secrets: { webhookSecret: "%s" } }
                          - { name: events, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
                        """
                                .formatted(ORGANIZATION))
                .start();
        sender = new HookSender(outrider);
    }

    @AfterAll
    static void stop() {
        outrider.close();
    }

    @Test
    void takesTheGenuineDeliveryThoughOneWithAnotherHeaderCameBefore() {
        var genuine = HookSender.github(
                SECRET,
                "repository",
                "{\"action\":\"publicized\",\"repository\":{\"id\":1,\"name\":\"site\",\"full_name\":\"acme/site\",\"private\":false,"
                        + "\"html_url\":\"https://github.com/acme/site\",\"owner\":{\"login\":\"acme\"}}}");

        var unknown = sender.outcome("github", genuine.with("X-GitHub-Event", "watch"));
        var form = sender.outcome("github", genuine.with("Content-Type", "application/x-www-form-urlencoded"));
        var taken = sender.outcome("github", genuine);

        assertThat(unknown.at("/items/0/reason").asText()).isEqualTo("unknown_event");
        assertThat(form.path("failed").asInt()).isEqualTo(1);
        assertThat(taken.path("emitted").asInt()).as(taken.toString()).isEqualTo(1);
        assertThat(sender.post("github", genuine.with("X-GitHub-Event", "watch"), "")
                        .body())
                .contains("replayed");
    }

    @Test
    void countsWhatItDoesNotKnow() {
        sender.outcome("github", HookSender.github(SECRET, "team", "{\"action\":\"created\"}"));

        assertThat(outrider.get("/q/metrics").body())
                .contains(
                        "outrider_webhook_items_total{integration=\"github\",outcome=\"dropped\",reason=\"unknown_event\"}");
    }

    @Test
    void emitsANotificationOnceThoughItComesAgainWithAnother() {
        int before = outrider.records().size();

        sender.post("salesforce", HookSender.salesforce(ORGANIZATION, Map.of("04l1", user("1"))), "?wait=PT20S");
        sender.post(
                "salesforce",
                HookSender.salesforce(ORGANIZATION, Map.of("04l1", user("1"), "04l2", user("2"))),
                "?wait=PT20S");

        assertThat(outrider.records().stream().skip(before).map(record -> record.at("/data/externalId")
                        .asText()))
                .containsExactly("005000000000001AAA", "005000000000002AAA");
    }

    @Test
    void tellsOfEachItemInTheOrderInWhichItCame() {
        var outcome = sender.outcome(
                "events", HookSender.plain(SECRET, "[{\"ord\":3},{\"kind\":\"asset\"},\"s\",{\"ord\":4}]"));

        assertThat(outcome.path("items"))
                .extracting(item -> item.path("index").asInt())
                .containsExactly(0, 1, 2, 3);
        assertThat(outcome.path("items").findValuesAsText("outcome"))
                .containsExactly("emitted", "failed", "failed", "emitted");
    }

    @Test
    void tellsEventsOfDifferentSourcesApart() {
        var event = "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/%s\",\"type\":\"t\",\"data\":{\"a\":1}}";
        var batch = HookSender.plain(SECRET, "[" + event.formatted("one") + "," + event.formatted("two") + "]")
                .with("Content-Type", "application/cloudevents-batch+json");
        int before = outrider.records().size();

        sender.outcome("events", batch);

        assertThat(outrider.records().stream()
                        .skip(before)
                        .map(record -> record.path("subject").asText())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void showsTheOriginalOfADeadLetterWithoutSecrets() throws IOException {
        sender.outcome(
                "events",
                HookSender.plain(SECRET, "[{\"kind\":\"asset\",\"mark\":\"shown\"}]")
                        .with("X-Session-Id", "planted-1")
                        .with("X-Trace", "0123456789abcdef-planted-2")
                        .with("X-Region", "eu"));
        var letters = OutriderProcess.parse(
                outrider.get("/api/dead-letters?integration=events&limit=1000").body());
        var id = letters.path("deadLetters").findValuesAsText("id").stream()
                .filter(one -> letter(one).at("/original/body").asText().contains("shown"))
                .findFirst()
                .orElseThrow();

        assertThat(letter(id).at("/original/headers/x-region").asText()).isEqualTo("eu");
        assertThat(letter(id).at("/original/headers/x-session-id").asText()).isEqualTo("***");
        assertThat(outrider.get("/api/dead-letters?limit=0").statusCode()).isEqualTo(400);
        for (var planted : List.of("planted-1", "planted-2", "a-session-of-theirs")) {
            assertThat(new String(Files.readAllBytes(folder.resolve("data/outrider.db")), StandardCharsets.ISO_8859_1))
                    .doesNotContain(planted);
        }
    }

    private static JsonNode letter(String id) {
        return OutriderProcess.parse(outrider.get("/api/dead-letters/" + id).body());
    }

    private static String user(String number) {
        return "<sObject xsi:type=\"sf:User\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"><sf:Id>00500000000000"
                + number + "AAA</sf:Id><sf:Name>Ada</sf:Name><sf:Email>ada" + number
                + "@acme.example</sf:Email></sObject>";
    }
}
