package dev.outrider.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.awaitility.Awaitility;

/**
 * Whether a long stream costs as much a page at its end as at its beginning, in the packaged application. {@code mvn -Pbench -DskipTests
 * verify}; {@code -Dbench.items=100000} sets the length.
 */
public final class GrowthBench {
    private static final int SIZE = 200;
    private static final int PARTS = 10;

    private GrowthBench() {}

    public static void main(String[] args) throws Exception {
        int pages = Integer.getInteger("bench.items", 1_000_000) / SIZE;
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-growth")), "run")
                .toAbsolutePath();
        var asked = new AtomicLongArray(pages);
        try (var okta = new GeneratedOkta(pages, number -> {
                    asked.set(number, System.nanoTime());
                    return page(number);
                });
                var outrider = new OutriderProcess(folder.resolve("data"))) {
            okta.start(outrider);
            var begun = outrider.post("/api/integrations/bench/jobs", "{\"streams\":[\"users\"],\"full\":true}");
            var place = begun.headers().firstValue("Location").orElseThrow();
            var path = place.substring(place.indexOf("/api/"));
            var report = Awaitility.await()
                    .atMost(Duration.ofHours(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> OutriderProcess.parse(outrider.get(path).body()), job -> job.hasNonNull("finished"));
            tell(report, asked, pages);
            outrider.stop();
        }
    }

    private static void tell(JsonNode report, AtomicLongArray asked, int pages) {
        var stream = Bench.complete(report).path("streams").get(0);
        if (stream.path("received").asLong() != (long) pages * SIZE) {
            throw new IllegalStateException("the job did not receive everything: " + report.toPrettyString());
        }
        Bench.say(
                "Outrider        %d items in %d pages, %d records, %s",
                stream.path("received").asLong(),
                stream.path("pages").asLong(),
                stream.path("emitted").asLong(),
                String.join(" ", Bench.jvm()));
        double second = 0;
        double last = 0;
        for (int part = 0; part < PARTS; part++) {
            int from = part * (pages - 1) / PARTS;
            int to = (part + 1) * (pages - 1) / PARTS;
            last = (asked.get(to) - asked.get(from)) / 1e6 / (to - from);
            second = part == 1 ? last : second;
            Bench.say("pages %5d-%5d  %.1f ms a page", from + 1, to, last);
        }
        Bench.say(
                "all             %.1f s; the last tenth costs %.2f of the second a page (the first warms up)",
                (asked.get(pages - 1) - asked.get(0)) / 1e9, last / second);
    }

    /** Made when it is asked for: a million of them would not fit here. */
    private static byte[] page(int page) {
        var text = new StringBuilder("[");
        for (int n = page * SIZE; n < (page + 1) * SIZE; n++) {
            text.append(n % SIZE == 0 ? "" : ",")
                    .append("{\"id\":\"00u")
                    .append(n)
                    .append("\",\"status\":\"ACTIVE\",\"created\":\"2025-03-01T08:00:00.000Z\",")
                    .append("\"lastUpdated\":\"2026-03-01T08:00:00.000Z\",\"profile\":{\"login\":\"user")
                    .append(n)
                    .append("@acme.example\",\"email\":\"user")
                    .append(n)
                    .append("@acme.example\",\"firstName\":\"Ada\",\"lastName\":\"Example\"}}");
        }
        return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }
}
