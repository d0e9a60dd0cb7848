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
    void pollsSimulatedVendorsWithoutAnAccount() {
        try (var outrider = new OutriderProcess(folder.resolve("data")).start()) {
            assertThat(outrider.log())
                    .contains("simulated vendors")
                    .contains("github")
                    .contains("okta");
            for (var name : new String[] {"demo-github", "demo-okta", "demo-crowdstrike", "demo-tenable"}) {
                var report = outrider.job(name);
                assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("complete");
            }
            await(outrider, "https://github.com/outrider-demo/repo-7");
            await(outrider, "user7@outrider.example");
            await(outrider, "ws-7.outrider.example");
            await(outrider, "srv-7.outrider.example");
            assertThat(outrider.log()).as("one gauge, one meaning").doesNotContain("already been registered");
        }
    }

    @Test
    void readsTheSampleOnlyOnceOverRestarts() {
        try (var outrider = new OutriderProcess(folder.resolve("data")).start()) {
            await(outrider, "web01.example.com");
            outrider.stop();
            long before = scanned(outrider);

            outrider.start();
            outrider.job("demo-scans");

            assertThat(scanned(outrider)).isEqualTo(before);
        }
    }

    private static long scanned(OutriderProcess outrider) {
        return outrider.records().stream()
                .filter(record -> record.path("source").asText().endsWith("demo-scans"))
                .count();
    }

    private static void await(OutriderProcess outrider, String host) {
        Awaitility.await(host).atMost(Duration.ofSeconds(30)).until(() -> outrider.records().stream()
                .anyMatch(record -> record.toString().contains(host)));
    }
}
