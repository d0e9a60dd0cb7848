package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries to the packaged application. */
class WebhookIT {
    private static final String SECRET = "a secret of ours";
    private static final int KILLS = Integer.getInteger("outrider.kills", 4);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @Test
    void answersAfterTheRecordsAreInTheSinkAndEmitsNothingForAReplay() {
        try (var outrider = outrider("first").start()) {
            var first = deliver(outrider, "events", "{\"id\":\"one\"}", "?wait=PT10S");

            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(OutriderProcess.parse(first.body()).path("emitted").asInt())
                    .isEqualTo(1);
            assertThat(OutriderProcess.parse(first.body())
                            .at("/items/0/outcome")
                            .asText())
                    .isEqualTo("emitted");
            assertThat(outrider.records()).hasSize(1);

            assertThat(deliver(outrider, "events", "{\"id\":\"one\"}", "?wait=PT10S")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(outrider.records()).hasSize(1);
        }
    }

    @Test
    void refusesWhatIsNotSignedAndWhoIsNotKnown() {
        try (var outrider = outrider("refused").start()) {
            assertThat(post(outrider, "events", "{}", "", "00").statusCode()).isEqualTo(401);
            assertThat(post(outrider, "nobody", "{}", "", "00").statusCode()).isEqualTo(404);
            assertThat(post(outrider, "mute", "{}", "", "00").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void keepsWhatCannotBeReadAsADeadLetter() {
        try (var outrider = outrider("unreadable").start()) {
            assertThat(deliver(outrider, "events", "not json", "?wait=PT10S").statusCode())
                    .isEqualTo(200);
            var letters = OutriderProcess.parse(
                    outrider.get("/api/dead-letters?integration=events").body());
            assertThat(letters.path("total").asInt()).isEqualTo(1);
            assertThat(letters.at("/deadLetters/0/code").asText()).isEqualTo("webhook.unreadable");
        }
    }

    @Test
    void answersTheChallengeOfOktaToWhoKnowsTheSecret() {
        try (var outrider = outrider("okta").start()) {
            var good = outrider.send(HttpRequest.newBuilder(URI.create(outrider.url() + "/webhooks/okta"))
                    .header("Authorization", SECRET)
                    .header("X-Okta-Verification-Challenge", "say \"this\""));
            var bad = outrider.send(HttpRequest.newBuilder(URI.create(outrider.url() + "/webhooks/okta"))
                    .header("Authorization", "guess")
                    .header("X-Okta-Verification-Challenge", "say"));

            assertThat(OutriderProcess.parse(good.body()).path("verification").asText())
                    .isEqualTo("say \"this\"");
            assertThat(bad.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void putsEveryAcknowledgedDeliveryIntoTheSinkOnceHoweverOftenItIsKilled() throws Exception {
        var acknowledged = new ConcurrentSkipListSet<String>();
        var next = new AtomicInteger();
        try (var outrider = outrider("killed")) {
            for (int kill = 0; kill < KILLS; kill++) {
                outrider.start();
                int enough = acknowledged.size() + 200;
                var stop = new AtomicBoolean();
                var senders = Executors.newFixedThreadPool(8);
                var ready = new CountDownLatch(8);
                for (int sender = 0; sender < 8; sender++) {
                    senders.execute(() -> {
                        ready.countDown();
                        while (!stop.get()) {
                            send(outrider, "event-" + next.incrementAndGet(), acknowledged);
                        }
                    });
                }
                assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
                Awaitility.await("deliveries are taken, log:\n" + outrider.log())
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> acknowledged.size() >= enough);
                outrider.kill();
                stop.set(true);
                senders.shutdown();
                assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            }
            outrider.start();
            Awaitility.await("all are records, log:\n" + outrider.log())
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> outrider.get("/q/metrics").body().contains("outrider_webhook_backlog 0.0"));
            outrider.stop();

            var identifiers = identifiers(outrider);
            assertThat(identifiers).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(identifiers)).containsAll(acknowledged);
            assertThat(outrider.records().stream().map(one -> one.path("id").asText()))
                    .doesNotHaveDuplicates();
        }
    }

    private void send(OutriderProcess outrider, String id, Set<String> acknowledged) {
        try {
            if (deliver(outrider, "events", "{\"id\":\"" + id + "\"}", "").statusCode() / 100 == 2) {
                acknowledged.add(id);
            }
        } catch (UncheckedIOException killed) {
            // Not acknowledged: the sender would try again.
            assertThat(killed).isNotNull();
        }
    }

    private static List<String> identifiers(OutriderProcess outrider) {
        return outrider.records().stream()
                .map(one -> one.at("/data/attributes/id"))
                .map(JsonNode::asText)
                .toList();
    }

    private HttpResponse<String> deliver(OutriderProcess outrider, String name, String body, String query) {
        var signature = Signatures.hex(Signatures.hmac("sha256", Signatures.utf8(SECRET), Signatures.utf8(body)));
        return post(outrider, name, body, query, signature);
    }

    private HttpResponse<String> post(
            OutriderProcess outrider, String name, String body, String query, String signature) {
        var request = HttpRequest.newBuilder(URI.create(outrider.url() + "/webhooks/" + name + query))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("X-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private OutriderProcess outrider(String name) {
        return new OutriderProcess(folder.resolve(name).resolve("data"))
                .with("OUR_SECRET", SECRET)
                .declaring(
                        """
                        integrations:
                          - { name: events, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
                          - { name: mute, class: okta, tenant: acme, schedule: manual, settings: { url: "https://mute.example.com" }, secrets: { token: x } }
                          - { name: okta, class: okta, tenant: acme, schedule: manual, settings: { url: "https://acme.example.com" }, secrets: { token: x, webhookSecret: "{{env:OUR_SECRET}}" } }
                        """);
    }
}
