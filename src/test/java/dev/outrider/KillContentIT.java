package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of a downloaded file whose rows are items. {@code -Doutrider.contentKills=100} kills as often as one likes. */
class KillContentIT {
    private static final int KILLS = Integer.getInteger("outrider.contentKills", 4);
    private static final long SEED = Long.getLong("outrider.seed", System.nanoTime());
    private static final int FILES = 3;
    private static final int ROWS = 15_000;
    private static final byte[] CSV = IntStream.rangeClosed(1, ROWS)
            .mapToObj(row -> "API,2026-11-01T08:00:00.000Z,/services/data/row/" + row + "\n")
            .collect(Collectors.joining("", "EVENT_TYPE,TIMESTAMP_DERIVED,URI\n", ""))
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final AtomicInteger downloads = new AtomicInteger();

    @Test
    void goesOnInTheFileSoThatNoRowIsMissingOrSentTwice() throws IOException {
        var random = new Random(SEED);
        var temporary = Files.createDirectory(folder.resolve("temporary"));
        try (var vendor = new FakeVendor((asked, exchange) -> {});
                var outrider = new OutriderProcess(folder.resolve("killed").resolve("data"))
                        .withJvm("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary)
                        .with("OUTRIDER_ALLOW_PRIVATE", "true")
                        .declaring(
                                """
                                integrations:
                                  - name: logged
                                    class: salesforce
                                    tenant: acme
                                    schedule: manual
                                    settings: { url: "%s" }
                                    secrets: { clientId: c, clientSecret: s }
                                """
                                        .formatted(vendor.url()))) {
            vendor.answer((asked, exchange) -> answer(vendor, asked, exchange));
            var records = outrider.data().resolve("records.ndjson");
            for (int kill = 0; kill < KILLS; kill++) {
                outrider.start();
                long until = size(records) + (1 << 20) + random.nextInt(4 << 20);
                outrider.post("/api/integrations/logged/jobs", "{\"streams\":[\"event-log-files\"]}");
                Awaitility.await("byte " + until + ", log:\n" + outrider.log())
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> size(records) >= until);
                outrider.kill();
            }
            assertThat(spools(temporary)).as("files left by what was killed").isEmpty();
            outrider.start();
            var report = OutriderProcess.parse(
                    outrider.post("/api/integrations/logged/jobs?wait=PT60S", "{\"streams\":[\"event-log-files\"]}")
                            .body());
            outrider.stop();

            assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("complete");
            List<String> keys;
            try (var lines = Files.lines(records, StandardCharsets.UTF_8)) {
                // Reads strictly: a torn line is no JSON and fails here.
                keys = lines.map(OutriderProcess::parse)
                        .map(record -> record.at("/data/identifier").asText())
                        .toList();
            }
            assertThat(downloads.get())
                    .as("a file was begun again, seed %d", SEED)
                    .isGreaterThan(FILES);
            assertThat(keys).as("no row twice, seed %d", SEED).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(keys)).as("every row, seed %d", SEED).isEqualTo(expected());
        }
    }

    /** An org with a few log files. */
    private void answer(FakeVendor vendor, FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        if (asked.target().endsWith("/token")) {
            FakeVendor.json(exchange, 200, "{\"access_token\":\"t\",\"instance_url\":\"%s\"}".formatted(vendor.url()));
        } else if (asked.target().endsWith("/LogFile")) {
            downloads.incrementAndGet();
            FakeVendor.send(exchange, 200, CSV);
        } else {
            FakeVendor.json(
                    exchange,
                    200,
                    "{\"totalSize\":0,\"done\":true,\"records\":[%s]}"
                            .formatted(asked.target().contains("FROM%20EventLogFile%20WHERE") ? listed() : ""));
        }
    }

    private static String listed() {
        return IntStream.range(0, FILES)
                .mapToObj(
                        """
                        {"Id":"0AT%d","EventType":"API","LogDate":"2026-11-01T00:00:00.000+0000",
                         "CreatedDate":"2026-11-1%1$dT06:00:00.000+0000"}"""
                                ::formatted)
                .collect(Collectors.joining(","));
    }

    private static TreeSet<String> expected() {
        return IntStream.range(0, FILES)
                .boxed()
                .flatMap(file ->
                        IntStream.rangeClosed(0, ROWS).mapToObj(row -> "0AT" + file + (row == 0 ? "" : "-" + row)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> spools(Path temporary) throws IOException {
        try (var files = Files.newDirectoryStream(temporary, "*.content")) {
            return StreamSupport.stream(files.spliterator(), false).toList();
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
