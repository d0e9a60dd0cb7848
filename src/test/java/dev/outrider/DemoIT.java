package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees: no integrations.yaml, no account, one command. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void picksUpTheSampleAndWhatTheUserDrops() {
        try (var outrider = new OutriderProcess(folder.resolve("data")).start()) {
            assertThat(outrider.log())
                    .contains("Outrider runs its demo")
                    .contains("inbox")
                    .contains("records.ndjson");
            await(outrider, "web01.example.com");

            Scans.drop(outrider.inbox(), "mine.xml", Scans.one("mine.example.com", "192.0.2.99"));

            await(outrider, "mine.example.com");
            assertThat(outrider.inbox().resolve("processed/mine.xml")).exists();
            assertThat(outrider.get("/q/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void readsTheSampleOnlyOnceOverRestarts() {
        try (var outrider = new OutriderProcess(folder.resolve("data")).start()) {
            await(outrider, "web01.example.com");
            outrider.stop();
            int before = outrider.records().size();

            outrider.start();
            outrider.job("demo-scans");

            assertThat(outrider.records()).hasSize(before);
        }
    }

    private static void await(OutriderProcess outrider, String host) {
        Awaitility.await(host).atMost(Duration.ofSeconds(30)).until(() -> outrider.records().stream()
                .anyMatch(record -> record.toString().contains(host)));
    }
}
