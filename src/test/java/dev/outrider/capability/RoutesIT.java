package dev.outrider.capability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outrider.OutriderProcess;
import dev.outrider.RoutesCopy;
import dev.outrider.Scans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route folders that load, do not load, and change while jobs run. */
class RoutesIT {
    @TempDir
    Path folder;

    private RoutesCopy routes;
    private OutriderProcess outrider;

    @BeforeEach
    void prepare() {
        routes = RoutesCopy.in(folder.resolve("routes"));
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_ROUTES", routes.folder().toString())
                .declaring(
                        """
                        integrations:
                          - { name: scans, class: nessus, tenant: acme }
                        """);
    }

    @AfterEach
    void stop() {
        outrider.close();
    }

    @Test
    void loadsEveryShippedClass() {
        outrider.start();

        assertThat(outrider.get("/api/capabilities").body())
                .contains("\"problems\":[]")
                .contains("\"aws\"", "\"github\"", "\"nessus\"", "\"okta\"");
    }

    @Test
    void reportsBrokenFoldersAndRunsTheOthers() {
        routes.write("notyaml/notyaml.yaml", "- route:\n    id: x\n   from: {\n");
        routes.write(
                "nocomponent/nocomponent.yaml",
                routes.read("nessus/nessus.yaml")
                        .replace("nessus", "nocomponent")
                        .replace("files:pages", "nosuch:pages"));
        routes.write("nocomponent/settings.schema.json", routes.read("nessus/settings.schema.json"));
        routes.write("takenid/takenid.yaml", routes.read("nessus/nessus.yaml"));

        outrider.start();

        assertThat(problem("notyaml").path("message").asText()).contains("notyaml/notyaml.yaml:");
        assertThat(problem("nocomponent").path("message").asText()).contains("nosuch");
        assertThat(problem("takenid").path("message").asText()).contains("nessus-files is used twice");
        assertThat(outrider.log()).contains("routes/notyaml did not load");
        var health = outrider.get("/q/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("routes/notyaml").contains("routes/nocomponent");
        assertThat(outrider.get("/q/health/ready").statusCode()).isEqualTo(200);
        runs("after.example.com");
    }

    @Test
    void refusesAClassWithoutValidateOrAffiliation() {
        var nessus = routes.read("nessus/nessus.yaml");
        for (var missing : new String[] {"validate", "affiliation"}) {
            var name = "no-" + missing;
            var text = nessus.substring(0, nessus.indexOf("- route:\n    id: nessus-" + missing))
                    + (missing.equals("validate")
                            ? nessus.substring(nessus.indexOf("- route:\n    id: nessus-affiliation"))
                            : "");
            routes.write(
                    name + "/routes.yaml",
                    text.replace("nessus-", name + "-")
                            .replace("capability:nessus", "capability:" + name)
                            .replace("name: nessus", "name: " + name));
            routes.write(name + "/settings.schema.json", routes.read("nessus/settings.schema.json"));
        }

        outrider.start();

        assertThat(problem("no-validate").path("message").asText())
                .contains("no route starts from capability:no-validate/validate");
        assertThat(problem("no-affiliation").path("message").asText())
                .contains("no route starts from capability:no-affiliation/affiliation");
        assertThat(capabilities().path("capabilities").findValuesAsText("class"))
                .contains("nessus")
                .doesNotContain("no-validate", "no-affiliation");
    }

    @Test
    void tellsOfAMappingThatHasNoFileUntilItIsThere() throws Exception {
        routes.write("nessus/nessus.yaml", routes.read("nessus/nessus.yaml").replace("nessus/item", "nessus/later"));
        outrider.declaring(
                """
                integrations:
                  - { name: scans, class: nessus, tenant: acme }
                  - { name: events, class: webhook, tenant: acme, schedule: manual, settings: { mapping: webhook/later }, secrets: { webhookSecret: "whsec_c2VjcmV0" } }
                """);

        outrider.start();

        var named = "mapping 'nessus/later' has no file nessus/later.jslt";
        assertThat(problem("nessus").path("message").asText())
                .contains("nessus/nessus.yaml:")
                .contains(named);
        assertThat(outrider.log()).contains(named);
        var setting = "settings.mapping: mapping 'webhook/later' has no file webhook/later.jslt";
        assertThat(outrider.log()).contains("integration events (integrations.yaml:3): " + setting);
        assertThat(outrider.get("/q/health").body()).contains(named, setting);
        assertThat(outrider.post("/api/integrations/events/validate", "").body())
                .contains("\"valid\":false", setting);
        assertThat(outrider.post("/webhooks/events", "{}").statusCode())
                .as("a delivery whose signature is wrong, to an integration that takes deliveries")
                .isEqualTo(401);

        Files.copy(routes.folder().resolve("nessus/item.jslt"), routes.folder().resolve("nessus/later.jslt"));
        Files.copy(routes.folder().resolve("webhook/item.jslt"), routes.folder().resolve("webhook/later.jslt"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> outrider.get("/q/health").statusCode() == 200);
        runs("later.example.com");
    }

    @Test
    void goesOnWithTheLastGoodTextAndTakesTheRepairedOne() {
        outrider.start();
        runs("first.example.com");

        var good = routes.read("nessus/nessus.yaml");
        routes.change("nessus/nessus.yaml", "to: files:pages", "to: nosuch:pages");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !problem("nessus")
                .isMissingNode());
        assertThat(problem("nessus").path("stale").asBoolean()).isTrue();
        runs("second.example.com");

        routes.write("nessus/nessus.yaml", good.replace("title: Nessus scan files", "title: Renamed"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> capabilities().toString().contains("Renamed"));
        assertThat(problem("nessus").isMissingNode()).isTrue();
        runs("third.example.com");
    }

    @Test
    void followsAChangeOfTheCommonRoutes() {
        outrider.start();
        runs("first.example.com");

        routes.change("common/records.yaml", "Turns a page of vendor items", "Turns every page of vendor items");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> outrider.log()
                .contains("routes/nessus loaded anew"));

        runs("second.example.com");
    }

    @Test
    void appliesAChangedMappingWithoutARestart() {
        outrider.start();
        runs("first.example.com");

        routes.write("nessus/item.jslt", "{\"kind\": \"drop\", \"reason\": \"changed\"}");
        Scans.drop(outrider.inbox(), "b.nessus", Scans.one("second.example.com", "192.0.2.2"));
        var stream = outrider.job("scans").path("streams").get(0);

        assertThat(stream.path("reasons").path("changed").asInt()).isEqualTo(3);
        assertThat(stream.path("emitted").asInt()).isZero();
    }

    private void runs(String host) {
        Scans.drop(outrider.inbox(), host + ".nessus", Scans.one(host, "192.0.2.1"));
        var report = outrider.job("scans");
        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("complete");
        assertThat(outrider.records().stream().map(JsonNode::toString)).anyMatch(line -> line.contains(host));
    }

    private JsonNode capabilities() {
        return OutriderProcess.parse(outrider.get("/api/capabilities").body());
    }

    private JsonNode problem(String name) {
        for (var problem : capabilities().path("problems")) {
            if (problem.path("folder").asText().equals(name)) {
                return problem;
            }
        }
        return MissingNode.getInstance();
    }
}
