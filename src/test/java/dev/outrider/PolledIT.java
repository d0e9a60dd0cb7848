package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.simulator.Fault;
import dev.outrider.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application and a polled vendor, seen from outside. */
class PolledIT {
    private static final int KILLS = Integer.getInteger("outrider.polledKills", 6);
    private static final String PLANTED = "planted-4f9a77";

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
    void collectsEachObjectOnceThroughKillsBetweenPages() {
        var routes = RoutesCopy.in(folder.resolve("routes"));
        routes.write("okta/okta.yaml", routes.read("okta/okta.yaml").replace("size: 200\n", "size: 4\n"));
        outrider.with("OUTRIDER_ROUTES", routes.folder().toString());
        var random = new Random(7);
        for (int kill = 0; kill < KILLS; kill++) {
            outrider.start();
            outrider.post("/api/integrations/acme-okta/jobs", "{\"streams\":[\"users\",\"devices\"]}");
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(50 + random.nextInt(350)))
                    .until(() -> true);
            outrider.kill();
        }
        outrider.start();

        var report = post("{\"streams\":[\"users\",\"devices\"]}");

        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("complete");
        var subjects =
                records().stream().map(line -> line.path("subject").asText()).toList();
        assertThat(subjects).doesNotHaveDuplicates();
        assertThat(subjects).hasSize(450 + 260);
    }

    @Test
    void keepsSecretsToItself() throws IOException {
        outrider.declaring(declared(PLANTED));
        outrider.start();
        run();
        outrider.post("/api/integrations/acme-okta/validate", "");
        outrider.post("/api/integrations/acme-okta/affiliation", "{\"externalId\":\"00u0001\"}");
        var told = new StringBuilder(outrider.log());
        for (var path : List.of(
                "/api/integrations", "/api/jobs", "/api/dead-letters", "/api/quotas", "/q/metrics", "/q/health")) {
            told.append(outrider.get(path).body());
        }
        assertThat(told.toString()).doesNotContain(PLANTED);
        outrider.stop();
        for (var file : List.of("records.ndjson", "outrider.db")) {
            var path = outrider.data().resolve(file);
            if (Files.exists(path)) {
                assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
                        .as(file)
                        .doesNotContain(PLANTED);
            }
        }
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
