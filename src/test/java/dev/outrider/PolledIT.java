package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.simulator.Fault;
import dev.outrider.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application and a polled vendor, seen from outside. */
class PolledIT {
    @TempDir
    Path folder;

    private Simulator okta;
    private OutriderProcess outrider;

    @BeforeEach
    void prepare() {
        okta = Simulator.start(Path.of("routes", "okta", "test", "simulator.yaml"));
        outrider = outrider("data").declaring(declared(okta.secrets().get("token")));
    }

    private OutriderProcess outrider(String name) {
        return new OutriderProcess(folder.resolve(name)).with("OUTRIDER_ALLOW_PRIVATE", "true");
    }

    private String declared(String token) {
        return """
                integrations:
                  - name: acme-okta
                    class: okta
                    tenant: acme
                    schedule: manual
                    settings: { url: "%s" }
                    secrets: { token: "%s" }
                """
                .formatted(okta.url(), token);
    }

    @AfterEach
    void stop() {
        outrider.close();
        okta.close();
    }

    @Test
    void collectsEveryStream() {
        outrider.start();

        var report = run();

        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("complete");
        assertThat(report.path("streams")).hasSize(5).allMatch(stream -> stream.path("complete")
                .asBoolean());
        assertThat(records()).isNotEmpty();
        assertThat(OutriderProcess.parse(outrider.get("/api/quotas").body()).toString())
                .contains("600");
    }

    @Test
    void leavesOutAStreamWhosePermissionIsMissingAndRunsTheOthers() {
        outrider.start();
        okta.fail(Fault.FORBIDDEN, "/api/v1/apps", 1000);

        var report = run();

        assertThat(report.path("status").asText()).isEqualTo("blocked");
        assertThat(report.at("/handoff/action").asText()).isEqualTo("grant_permission");
        assertThat(report.at("/handoff/context").asText()).contains("okta.apps.read");
        for (var stream : report.path("streams")) {
            assertThat(stream.path("complete").asBoolean())
                    .isEqualTo(!stream.path("name").asText().equals("apps"));
        }
        assertThat(okta.asked().stream()
                        .filter(asked -> asked.target().startsWith("/api/v1/apps"))
                        .count())
                .as("the stream itself was not tried")
                .isEqualTo(1);
    }

    @Test
    void asksARefusingVendorOnceAndRunsNothing() {
        outrider.declaring(declared("wrong"));
        outrider.start();

        var report = run();

        assertThat(report.path("status").asText()).isEqualTo("blocked");
        assertThat(report.at("/handoff/action").asText()).isEqualTo("rotate_credentials");
        assertThat(report.at("/verification/credentials").asText()).isEqualTo("invalid");
        assertThat(okta.asked()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void showsSetsAndResetsCursors() {
        outrider.start();
        assertThat(cursors().path("users").isNull()).isTrue();
        run();
        var reached = cursors().path("users").path("watermark").asText();
        assertThat(reached).isNotBlank();

        var set = outrider.put("/api/integrations/acme-okta/cursors/users", "{\"watermark\":\"2026-01-01T00:00:00Z\"}");
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(cursors().path("users").path("watermark").asText()).isEqualTo("2026-01-01T00:00:00Z");
        run();
        assertThat(cursors().path("users").path("watermark").asText()).isEqualTo(reached);

        assertThat(outrider.delete("/api/integrations/acme-okta/cursors/users").statusCode())
                .isEqualTo(204);
        assertThat(cursors().path("users").isNull()).isTrue();
        assertThat(cursors().path("devices").isNull()).isFalse();
        assertThat(outrider.delete("/api/integrations/acme-okta/cursors").statusCode())
                .isEqualTo(204);
        assertThat(cursors().path("devices").isNull()).isTrue();
    }

    @Test
    void refusesACursorThatIsNone() {
        outrider.start();

        var answer = outrider.put("/api/integrations/acme-okta/cursors/users", "{\"watermark\":\"yesterday\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("users.watermark").contains("yesterday");
        assertThat(outrider.put("/api/integrations/acme-okta/cursors/nosuch", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(outrider.put("/api/integrations/acme-okta/cursors", "{\"cursors\":{\"users\":{\"version\":9}}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesAWatermarkOfAStreamThatIsCollectedWholeEachTime() {
        outrider.start();

        var answer = outrider.put(
                "/api/integrations/acme-okta/cursors/policies", "{\"watermark\":\"2026-01-01T00:00:00Z\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("policies.watermark").contains("has no watermark");
        assertThat(cursors().path("policies").isNull()).isTrue();
    }

    private JsonNode run() {
        return post("");
    }

    private JsonNode post(String body) {
        return OutriderProcess.parse(outrider.post("/api/integrations/acme-okta/jobs?wait=PT60S", body)
                .body());
    }

    private JsonNode cursors() {
        return OutriderProcess.parse(
                        outrider.get("/api/integrations/acme-okta/cursors").body())
                .path("cursors");
    }

    private List<JsonNode> records() {
        try (var lines = Files.lines(outrider.data().resolve("records.ndjson"))) {
            return lines.map(OutriderProcess::parse).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
