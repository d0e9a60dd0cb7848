package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.vendor.FakeVendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while a vendor is polled; the vendor goes on living. {@code -Doutrider.polledKills=100} kills as often as one likes. */
class KillPolledIT {
    private static final int KILLS = Integer.getInteger("outrider.polledKills", 4);
    private static final long SEED = Long.getLong("outrider.seed", System.nanoTime());
    private static final int PAGES = 120;
    private static final int SIZE = 20;

    @TempDir
    Path folder;

    @Test
    void goesOnWithTheSameSweepSoThatNoUserIsMissingOrSentTwice() throws IOException {
        var random = new Random(SEED);
        var served = new AtomicInteger();
        try (var vendor = new FakeVendor((asked, exchange) -> {
                    if (!asked.target().startsWith("/api/v1/users")) {
                        FakeVendor.json(exchange, 200, "[]");
                        return;
                    }
                    served.incrementAndGet();
                    int at = asked.target().indexOf("after=");
                    int page = at < 0 ? 0 : Integer.parseInt(asked.target().substring(at + 6));
                    // A vendor that takes its time, so that kills fall between its pages.
                    LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
                    if (page < PAGES - 1) {
                        exchange.getResponseHeaders()
                                .add("Link", "</api/v1/users?after=" + (page + 1) + ">; rel=\"next\"");
                    }
                    FakeVendor.json(exchange, 200, users(page));
                });
                var outrider = new OutriderProcess(folder.resolve("killed").resolve("data"))
                        .with("OUTRIDER_ALLOW_PRIVATE", "true")
                        .declaring(
                                """
                                integrations:
                                  - name: polled
                                    class: okta
                                    tenant: acme
                                    schedule: manual
                                    settings: { url: "%s" }
                                    secrets: { token: t }
                                """
                                        .formatted(vendor.url()))) {
            for (int kill = 0; kill < KILLS; kill++) {
                outrider.start();
                outrider.post("/api/integrations/polled/jobs", "{\"streams\":[\"users\"]}");
                int until = served.get() + 3 + random.nextInt(PAGES / 4);
                Awaitility.await("page " + until + ", log:\n" + outrider.log())
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> served.get() >= until);
                outrider.kill();
            }
            outrider.start();
            var report = OutriderProcess.parse(
                    outrider.post("/api/integrations/polled/jobs?wait=PT60S", "{\"streams\":[\"users\"]}")
                            .body());
            outrider.stop();

            assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("complete");
            var records = lines(outrider);
            var ids = records.stream().map(record -> record.path("id").asText()).toList();
            assertThat(ids).as("no id twice, seed %d", SEED).doesNotHaveDuplicates();
            var users = new TreeSet<String>();
            records.forEach(record -> users.add(record.at("/data/externalId").asText()));
            assertThat(users).as("every user once, seed %d", SEED).hasSize(PAGES * SIZE);
            assertThat(records).hasSize(PAGES * SIZE);
        }
    }

    private static String users(int page) {
        return IntStream.range(page * SIZE, (page + 1) * SIZE)
                .mapToObj(n ->
                        """
                        {"id":"00u%06d","status":"ACTIVE","created":"2025-03-01T08:00:00.000Z",
                         "lastUpdated":"2026-03-01T08:00:00.000Z",
                         "profile":{"login":"u%d@acme.example","email":"u%d@acme.example","firstName":"A","lastName":"%d"}}"""
                                .formatted(n, n, n, n))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Reads strictly: a torn line is no JSON and fails here. */
    private static List<JsonNode> lines(OutriderProcess outrider) throws IOException {
        var text = Files.readString(outrider.data().resolve("records.ndjson"), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        return text.lines().map(OutriderProcess::parse).toList();
    }
}
