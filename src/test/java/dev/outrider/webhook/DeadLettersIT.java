package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.RoutesCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that could not become records: replayed by filter, given up in the end. */
class DeadLettersIT {
    private static final String SECRET = "a secret of ours";

    @TempDir
    Path folder;

    private OutriderProcess outrider;
    private HookSender sender;
    private RoutesCopy routes;

    @BeforeEach
    void prepare() {
        routes = RoutesCopy.in(folder.resolve("routes"));
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_ROUTES", routes.folder().toString())
                .declaring(
                        """
                        integrations:
                          - { name: one, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "%1$s" } }
                          - { name: other, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "%1$s" } }
                        """
                                .formatted(SECRET));
        sender = new HookSender(outrider);
    }

    @AfterEach
    void stop() {
        outrider.close();
    }

    @Test
    void replaysThoseOfAFilterThroughTheMappingAsItIsNow() {
        var good = routes.read("webhook/item.jslt");
        routes.write("webhook/item.jslt", "error(\"no good\")");
        outrider.start();
        fail("one", 1);
        var since = Instant.now();
        fail("one", 2);
        fail("one", 3);
        fail("other", 4);
        sender.outcome("one", HookSender.plain(SECRET, "not json"));
        var filter = "?integration=one&stream=deliveries&code=mapping.failed&since=" + since;

        var failed = replay(filter);
        assertThat(failed.path("failed").asInt()).isEqualTo(2);
        assertThat(failed.path("failures")).hasSize(2).allMatch(why -> why.asText()
                .contains("failed again"));

        routes.write("webhook/item.jslt", good);
        var replayed = replay(filter);
        assertThat(replayed.path("replayed").asInt()).as(replayed.toString()).isEqualTo(2);
        assertThat(replayed.path("records").asInt()).isEqualTo(2);
        assertThat(outrider.records())
                .extracting(record -> record.at("/data/attributes/n").asInt())
                .containsExactly(2, 3);
        assertThat(letters("?integration=one").path("total").asInt()).isEqualTo(2);
        var limited = replay("?code=mapping.failed&limit=1");
        assertThat(limited.path("replayed").asInt()).isEqualTo(1);
        assertThat(limited.path("left").asInt()).isEqualTo(1);
        assertThat(outrider.post("/api/dead-letters/replay?since=yesterday", "").statusCode())
                .isEqualTo(400);
        var slip = outrider.post("/api/dead-letters/replay?integrazion=other", "");
        assertThat(slip.statusCode()).as(slip.body()).isEqualTo(400);
        assertThat(slip.body()).contains("integrazion");
        assertThat(outrider.get("/api/dead-letters?integrazion=other").statusCode())
                .isEqualTo(400);
    }

    @Test
    void makesTheRecordsOfADeadLetterOnceWhoeverSendsItAgain() throws Exception {
        var good = routes.read("webhook/item.jslt");
        routes.write("webhook/item.jslt", "error(\"no good\")");
        outrider.start();
        fail("one", 1);
        fail("one", 2);
        routes.write("webhook/item.jslt", good);
        var ids = letters("?integration=one").findValuesAsText("id");

        // The sender sends the second one again: its letter is gone with that.
        assertThat(sender.outcome("one", HookSender.plain(SECRET, body(2)))
                        .path("emitted")
                        .asInt())
                .isEqualTo(1);
        assertThat(letters("?integration=one").path("total").asInt()).isEqualTo(1);
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tries = Collections.nCopies(
                    8, (Callable<Integer>) () -> outrider.post("/api/dead-letters/" + ids.get(1) + "/replay", "")
                            .statusCode());
            var statuses = new ArrayList<Integer>();
            for (var one : threads.invokeAll(tries)) {
                statuses.add(one.get());
            }
            assertThat(statuses).as(ids.toString()).containsOnlyOnce(200);
        } finally {
            threads.shutdown();
        }
        assertThat(sender.outcome("one", HookSender.plain(SECRET, body(1)))
                        .path("status")
                        .asText())
                .isEqualTo("replayed");

        assertThat(outrider.records())
                .extracting(record -> record.at("/data/attributes/n").asInt())
                .containsExactly(2, 1);
    }

    @Test
    void doesNotCountAsFailedWhatAnotherReplayIsJustSending() throws Exception {
        var good = routes.read("webhook/item.jslt");
        routes.write("webhook/item.jslt", "error(\"no good\")");
        outrider.start();
        for (int n = 1; n <= 40; n++) {
            fail("one", n);
        }
        routes.write("webhook/item.jslt", good);

        var threads = Executors.newFixedThreadPool(4);
        long replayed = 0;
        long skipped = 0;
        try {
            for (var one : threads.invokeAll(Collections.nCopies(4, (Callable<JsonNode>) () -> replay("")))) {
                var answer = one.get();
                assertThat(answer.path("failed").asInt()).as(answer.toString()).isZero();
                assertThat(answer.path("failures")).isEmpty();
                replayed += answer.path("replayed").asLong();
                skipped += answer.path("skipped").asLong();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(replayed).isEqualTo(40);
        assertThat(skipped).isPositive();
        assertThat(outrider.records()).hasSize(40);
    }

    @Test
    void keepsOfARepetitionTheLettersOfWhatFailedAgain() {
        routes.write("webhook/item.jslt", "error(\"no good\")");
        outrider.start();
        var batch = "[" + body(1) + "," + body(2) + "]";
        sender.outcome("one", HookSender.plain(SECRET, batch));
        assertThat(letters("").path("total").asInt()).isEqualTo(2);

        routes.write(
                "webhook/item.jslt",
                "if (.n == 2) error(\"no good\") else {\"kind\": \"generic\", \"group\": \"event\", \"identifier\": \"n\" + .n}");
        var again = sender.outcome("one", HookSender.plain(SECRET, batch));

        assertThat(again.path("emitted").asInt()).as(again.toString()).isEqualTo(1);
        assertThat(letters("").at("/deadLetters").findValuesAsText("n")).containsExactly("2");
    }

    @Test
    void alarmsBeforeTheOldestIsGivenUp() {
        routes.write("webhook/item.jslt", "error(\"no good\")");
        outrider.with("OUTRIDER_RETENTION_EVERY_SECS", "1")
                .with("OUTRIDER_DEAD_LETTERS_KEPT_MAX_BYTES", "5800")
                .start();
        assertThat(outrider.get("/q/health").statusCode()).isEqualTo(200);
        for (int n = 1; n <= 4; n++) {
            fail("one", n);
        }

        Awaitility.await("the alarm")
                .atMost(Duration.ofSeconds(20))
                .until(() -> outrider.get("/q/health").body().contains("OUTRIDER_DEAD_LETTERS_KEPT_MAX_BYTES"));
        assertThat(outrider.get("/q/health/ready").statusCode())
                .as("ready all the same")
                .isEqualTo(200);
        assertThat(letters("").path("total").asInt()).isEqualTo(4);
        fail("one", 5);
        Awaitility.await("the oldest goes")
                .atMost(Duration.ofSeconds(20))
                .until(() -> letters("").path("total").asInt() == 4);
        assertThat(letters("").findValuesAsText("n")).doesNotContain("1").contains("5");
        assertThat(outrider.get("/q/metrics").body()).contains("outrider_dead_letters_purged_total 1.0");
    }

    @Test
    void showsNoSecretThatADeliveryHolds() {
        routes.write("webhook/item.jslt", "error(\"no \" + .key)");
        outrider.start();
        sender.outcome("one", HookSender.plain(SECRET, "{\"key\":\"" + SECRET + "\"}"));

        var all = outrider.get("/api/dead-letters").body();
        var id = OutriderProcess.parse(all).at("/deadLetters/0/id").asText();
        var one = outrider.get("/api/dead-letters/" + id).body();

        assertThat(all).contains("***").doesNotContain(SECRET);
        assertThat(outrider.post("/api/dead-letters/" + id + "/replay", "").body())
                .contains("failed again")
                .doesNotContain(SECRET);
        assertThat(one).contains("{\\\"key\\\":\\\"***\\\"}").doesNotContain(SECRET);
    }

    @Test
    void tellsOfTheEndpointInOpenApi() {
        outrider.start();

        var openApi = outrider.get("/q/openapi").body();

        assertThat(openApi).contains("/webhooks/{name}").contains("/api/dead-letters/replay");
    }

    private void fail(String name, int n) {
        var outcome = sender.outcome(name, HookSender.plain(SECRET, body(n)));
        assertThat(outcome.path("failed").asInt()).as(outcome.toString()).isEqualTo(1);
    }

    private static String body(int n) {
        return "{\"n\":" + n + ",\"text\":\"" + "x".repeat(1000) + "\"}";
    }

    private JsonNode replay(String filter) {
        return OutriderProcess.parse(
                outrider.post("/api/dead-letters/replay" + filter, "").body());
    }

    private JsonNode letters(String filter) {
        return OutriderProcess.parse(outrider.get("/api/dead-letters" + filter).body());
    }
}
