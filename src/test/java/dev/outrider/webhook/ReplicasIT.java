package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.OutriderProcess;
import dev.outrider.store.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with its state in PostgreSQL. */
class ReplicasIT {
    private static final String SECRET = "a secret of ours";
    private static final String INTEGRATIONS =
            """
            integrations:
              - { name: events, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
            """;

    private final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path folder;

    @Test
    void knowsAReplayAfterARestart() {
        try (var outrider = replica("only").start()) {
            assertThat(post(outrider, "one").statusCode()).isEqualTo(200);
            assertThat(outrider.records()).hasSize(1);
            outrider.stop();

            outrider.start();

            assertThat(post(outrider, "one").body()).contains("replayed");
            assertThat(post(outrider, "two").statusCode()).isEqualTo(200);
            assertThat(outrider.records()).hasSize(2);
            assertThat(outrider.data().resolve("outrider.db")).doesNotExist();
        }
    }

    private static HttpResponse<String> post(OutriderProcess outrider, String id) {
        var delivery = HookSender.plain(SECRET, "{\"id\":\"" + id + "\"}");
        return new HookSender(outrider).post("events", delivery, "?wait=PT10S");
    }

    private OutriderProcess replica(String name) {
        return new OutriderProcess(folder.resolve(name).resolve("data"))
                .with("OUR_SECRET", SECRET)
                .with("OUTRIDER_STATE_URL", postgres.url())
                .declaring(INTEGRATIONS);
    }
}
