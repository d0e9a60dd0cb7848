package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.RoutesCopy;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged application takes in, and what it turns away when there is too much. */
class AdmissionIT {
    private static final String SECRET = "a secret of ours";
    private static final String DECLARED =
            """
            integrations:
              - { name: events, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "a secret of ours" } }
            """;

    private static final String DECLARED_MUTE = "  - { name: mute, class: webhook, tenant: acme, schedule: manual }\n";

    @TempDir
    Path folder;

    private OutriderProcess outrider;
    private HookSender sender;

    @BeforeEach
    void prepare() {
        outrider = new OutriderProcess(folder.resolve("data")).declaring(DECLARED);
        sender = new HookSender(outrider);
    }

    @AfterEach
    void stop() {
        outrider.close();
    }

    @Test
    void refusesABodyAboveTheLimitWholeWhetherItsLengthIsToldOrNot() throws IOException {
        outrider.with("OUTRIDER_WEBHOOKS_BODY_MAX_BYTES", "1000").start();
        var fits = "{\"id\":\"" + "x".repeat(1000 - 9) + "\"}";

        assertThat(fits).hasSize(1000);
        assertThat(sender.outcome("events", HookSender.plain(SECRET, fits))
                        .path("emitted")
                        .asInt())
                .isEqualTo(1);
        assertThat(sender.status("events", HookSender.plain(SECRET, fits + " ")))
                .isEqualTo(413);
        try (var open = new Open("Transfer-Encoding: chunked", "3e9\r\n" + "x".repeat(1001) + "\r\n")) {
            assertThat(open.answer()).startsWith("HTTP/1.1 413").contains("too large");
        }
        assertThat(outrider.records()).hasSize(1);
    }

    @Test
    void cutsOffABodyThatTakesTooLong() throws IOException {
        outrider.with("OUTRIDER_WEBHOOKS_BODY_TIMEOUT_SECS", "1").start();

        try (var open = new Open("Content-Length: 100", "{\"id\":")) {
            assertThat(open.answer()).as("answered, then closed").startsWith("HTTP/1.1 408");
        }
        assertThat(sender.status("events", HookSender.plain(SECRET, "{\"id\":1}")))
                .isEqualTo(202);
    }

    @Test
    void turnsDeliveriesAwayAboveTheHighWaterUntilItIsBelowTheLow() throws IOException {
        outrider.with("OUTRIDER_WEBHOOKS_IN_FLIGHT_HIGH_BYTES", "1000000")
                .with("OUTRIDER_WEBHOOKS_IN_FLIGHT_LOW_BYTES", "500000")
                .with("OUTRIDER_WEBHOOKS_BODY_TIMEOUT_SECS", "120")
                .start();
        try (var first = new Open("Content-Length: 900000", "x".repeat(600_000))) {
            try (var second = new Open("Content-Length: 900000", "x".repeat(600_000))) {
                await(503);
                var refused = sender.post("events", HookSender.plain(SECRET, "{\"id\":0}"), "");
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            }
            Awaitility.await("what is left is above the low water")
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> sender.status("events", HookSender.plain(SECRET, "{\"id\":1}")) == 503);
        }
        await(202);
    }

    @Test
    void putsAllThatItAcceptedIntoTheSinkOnceUnderTenTimesItsCapacityAndRecoversInSeconds() throws Exception {
        outrider.with("OUTRIDER_WEBHOOKS_BACKLOG_MAX", "50").start();
        var accepted = new ConcurrentSkipListSet<String>();
        var refused = new AtomicInteger();
        var next = new AtomicInteger();
        var stop = new AtomicBoolean();
        var senders = Executors.newFixedThreadPool(16);
        for (int thread = 0; thread < 16; thread++) {
            senders.submit(() -> {
                while (!stop.get()) {
                    var id = "event-" + next.incrementAndGet();
                    int status = sender.status("events", HookSender.plain(SECRET, "{\"id\":\"" + id + "\"}"));
                    if (status == 202) {
                        accepted.add(id);
                    } else {
                        assertThat(status).isEqualTo(503);
                        refused.incrementAndGet();
                    }
                }
                return null;
            });
        }
        Awaitility.await("ten times as many are turned away as are taken")
                .atMost(Duration.ofSeconds(90))
                .until(() -> accepted.size() > 200 && refused.get() > 10 * accepted.size()
                        || accepted.size() > 200 && refused.get() > 10_000);
        stop.set(true);
        senders.shutdown();
        assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        long began = System.nanoTime();
        await(202);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        Awaitility.await("all are records")
                .atMost(Duration.ofSeconds(60))
                .until(() -> outrider.get("/q/metrics").body().contains("outrider_webhook_backlog 0.0"));
        var ids = outrider.records().stream()
                .map(record -> record.at("/data/attributes/id").asText())
                .filter(id -> id.startsWith("event-"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    void asksTheSendersOfAClassThatDidNotLoadToComeAgainUntilItIsMended() {
        var routes = RoutesCopy.in(folder.resolve("routes"));
        var good = routes.read("webhook/webhook.yaml");
        routes.write("webhook/webhook.yaml", "- route:\n    id: x\n   from: {\n");
        outrider.with("OUTRIDER_ROUTES", routes.folder().toString())
                .declaring(DECLARED + DECLARED_MUTE)
                .start();

        var refused = sender.post("events", HookSender.plain(SECRET, "{\"id\":1}"), "");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(sender.status("mute", HookSender.plain(SECRET, "{\"id\":1}")))
                .as("without a secret it takes none, whatever becomes of its class")
                .isEqualTo(404);
        assertThat(sender.status("nobody", HookSender.plain(SECRET, "{\"id\":1}")))
                .isEqualTo(404);

        routes.write("webhook/webhook.yaml", good);
        await(202);
    }

    @Test
    void makesADeadLetterOfADeliveryWhoseIntegrationIsGone() {
        outrider.with("OUTRIDER_WEBHOOKS_ORPHAN_SECS", "0")
                .with("OUTRIDER_SINK_FILE_ROTATE_BYTES", "100000")
                .declaring(DECLARED.replace("scheme: hmac", "scheme: hmac, mapping: webhook/nosuch"))
                .start();
        // Its mapping is missing, so the delivery waits to be tried again; meanwhile the integration goes.
        assertThat(sender.status("events", HookSender.plain(SECRET, "{\"id\":1}")))
                .isEqualTo(202);
        outrider.declaring("integrations: []\n");

        Awaitility.await("a dead letter says why")
                .atMost(Duration.ofSeconds(30))
                .until(() -> letters().at("/deadLetters/0/code").asText().equals("webhook.orphaned"));
        assertThat(letters().at("/deadLetters/0/message").asText()).contains("not configured any more");
        outrider.declaring(DECLARED);
        var id = letters().at("/deadLetters/0/id").asText();
        Awaitility.await("the integration is back")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        outrider.post("/api/dead-letters/" + id + "/replay", "").statusCode() == 200);
        Awaitility.await("its delivery is a record")
                .atMost(Duration.ofSeconds(30))
                .until(() -> outrider.records().size() == 1);
    }

    private JsonNode letters() {
        return OutriderProcess.parse(outrider.get("/api/dead-letters").body());
    }

    private void await(int status) {
        var number = new AtomicInteger();
        Awaitility.await("answer " + status)
                .atMost(Duration.ofSeconds(20))
                .until(() -> sender.status(
                                "events",
                                HookSender.plain(SECRET, "{\"id\":\"await-" + number.incrementAndGet() + "\"}"))
                        == status);
    }

    /** A request whose body does not end. */
    private final class Open implements AutoCloseable {
        private final Socket socket;

        Open(String length, String begin) throws IOException {
            var address = URI.create(outrider.url());
            socket = new Socket("127.0.0.1", address.getPort());
            socket.setSoTimeout(20_000);
            var head = "POST /webhooks/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + length + "\r\n\r\n";
            socket.getOutputStream().write((head + begin).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        /** All that comes until the other side closes. */
        String answer() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
