package dev.outrider.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.RoutesCopy;
import dev.outrider.Scans;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiIT {
    private static final String CANARY = "canary-5f1c2e";

    @TempDir
    Path folder;

    private OutriderProcess outrider;

    @BeforeEach
    void prepare() {
        outrider = new OutriderProcess(folder.resolve("data"))
                .declaring(
                        """
                        integrations:
                          - { name: scans, class: nessus, tenant: acme }
                          - { name: broken, tenant: acme }
                        """);
    }

    @AfterEach
    void stop() {
        outrider.close();
    }

    @Test
    void listsWhatIsConfiguredAndWhatCannotBeUsed() {
        outrider.start();

        var all = json(outrider.get("/api/integrations"));

        assertThat(all.path("integrations").findValuesAsText("name")).containsExactly("scans");
        assertThat(all.path("integrations").get(0).path("origin").asText()).isEqualTo("integrations.yaml:2");
        assertThat(all.path("problems").get(0).path("at").asText()).isEqualTo("integrations.yaml:3");
        assertThat(all.path("problems").get(0).path("message").asText()).contains("class is missing");
        assertThat(outrider.get("/q/health").body()).contains("integrations.yaml:3");
    }

    @Test
    void namesInItsHealthASecretThatLeadsToNoValue() {
        outrider.declaring(
                        """
                        integrations:
                          - { name: events, class: webhook, tenant: acme, secrets: { webhookSecret: "{{env:NEVER_SET_ANYWHERE}}" } }
                        """)
                .start();

        var health = outrider.get("/q/health");

        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("integration events", "webhookSecret", "{{env:NEVER_SET_ANYWHERE}}");
        assertThat(outrider.get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void makesChangesAndRemovesAnIntegrationWithoutEverShowingItsSecrets() {
        outrider.start();
        var body = "{\"class\":\"nessus\",\"tenant\":\"acme\",\"settings\":{\"bucket\":\"scans\"},\"secrets\":"
                + "{\"accessKeyId\":\"AKIA" + CANARY + "\",\"secretAccessKey\":\"" + CANARY + "\"}}";

        var made = outrider.put("/api/integrations/made", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(outrider.put(
                                "/api/integrations/made",
                                "{\"class\":\"nessus\",\"tenant\":\"acme\",\"settings\":{\"bucket\":\"other\"}}")
                        .statusCode())
                .isEqualTo(200);

        var shown = json(outrider.get("/api/integrations/made"));
        assertThat(shown.path("settings").path("bucket").asText()).isEqualTo("other");
        assertThat(shown.path("secrets").toString()).contains("accessKeyId", "secretAccessKey");
        outrider.job("made");
        assertThat(outrider.get("/api/integrations").body()
                        + outrider.get("/api/jobs").body()
                        + outrider.get("/q/metrics").body()
                        + outrider.log())
                .doesNotContain(CANARY);
        outrider.stop();
        outrider.start();
        assertThat(outrider.get("/api/integrations/made").statusCode()).isEqualTo(200);
        assertThat(outrider.delete("/api/integrations/made").statusCode()).isEqualTo(204);
        assertProblem(outrider.get("/api/integrations/made"), 404, "no integration is named 'made'");
    }

    @Test
    void leavesDeclaredIntegrationsToTheirFile() {
        outrider.start();

        assertProblem(outrider.delete("/api/integrations/scans"), 409, "integrations.yaml:2");
        assertProblem(
                outrider.put("/api/integrations/scans", "{\"class\":\"nessus\",\"tenant\":\"x\"}"),
                409,
                "integrations.yaml:2");
    }

    @Test
    void saysWhichParameterOfAnAddressCannotBeRead() {
        outrider.start();

        assertProblem(outrider.get("/api/jobs?limit=abc"), 400, "abc");
    }

    @Test
    void namesEveryWrongField() {
        outrider.start();

        var answer = outrider.put(
                "/api/integrations/made",
                "{\"class\":\"nessus\",\"tenant\":\"acme\",\"settings\":{\"quietSecs\":\"x\",\"secretAccessKey\":\""
                        + CANARY + "\"}}");

        assertProblem(answer, 400, "settings.quietSecs");
        assertThat(answer.body())
                .contains("settings.secretAccessKey is a secret")
                .doesNotContain(CANARY);
        assertProblem(outrider.put("/api/integrations/made", "{nope"), 400, "not JSON");
        assertProblem(
                outrider.put("/api/integrations/made", "{\"class\":\"nosuch\",\"tenant\":\"acme\"}"),
                400,
                "not loaded");
        assertProblem(outrider.post("/api/integrations/scans/jobs", "{\"streams\":[\"nosuch\"]}"), 400, "nosuch");
        assertProblem(outrider.post("/api/integrations/scans/jobs?wait=soon", ""), 400, "ISO 8601");
        assertProblem(outrider.post("/api/integrations/nosuch/jobs", ""), 404, "nosuch");
        assertProblem(outrider.get("/api/jobs/nosuch"), 404, "nosuch");
        assertProblem(outrider.get("/api/nosuch"), 404, "/q/openapi");
    }

    @Test
    void validatesAndAnswersAffiliation() {
        outrider.start();
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));
        outrider.job("scans");

        var valid = json(outrider.post("/api/integrations/scans/validate", ""));
        assertThat(valid.path("valid").asBoolean()).isTrue();
        assertThat(valid.path("checks").get(0).path("stream").asText()).isEqualTo("files");

        var there = outrider.post("/api/integrations/scans/affiliation", "{\"externalId\":\"a.example.com\"}");
        assertThat(json(there).path("affiliated").asBoolean()).isTrue();
        var gone = outrider.post("/api/integrations/scans/affiliation", "{\"externalId\":\"z.example.com\"}");
        assertThat(json(gone).path("affiliated").isBoolean()).isTrue();
        assertThat(json(gone).path("affiliated").asBoolean()).isFalse();
        assertProblem(outrider.post("/api/integrations/scans/affiliation", "{}"), 400, "externalId");
    }

    @Test
    void doesNotTakeAnOutageForANo() {
        outrider.declaring(
                        """
                        integrations:
                          - { name: scans, class: nessus, tenant: acme, settings: { folder: "%s/missing" } }
                        """
                                .formatted(folder))
                .start();

        assertProblem(outrider.post("/api/integrations/scans/affiliation", "{\"externalId\":\"a\"}"), 502, "missing");
    }

    @Test
    void keepsWhatCouldNotBecomeRecordsAndReplaysIt() {
        var routes = RoutesCopy.in(folder.resolve("routes"));
        var good = routes.read("nessus/item.jslt");
        routes.write("nessus/item.jslt", "{\"kind\": \"asset\", \"dns\": .plugin.name + error(\"no good\")}");
        outrider.with("OUTRIDER_ROUTES", routes.folder().toString()).start();
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));

        var report = outrider.job("scans");

        assertThat(report.path("status").asText()).isEqualTo("needs_review");
        assertThat(report.path("streams").get(0).path("failed").asInt()).isEqualTo(3);
        var letters = json(outrider.get("/api/dead-letters")).path("deadLetters");
        assertThat(letters).hasSize(3);
        var id = letters.get(0).path("id").asText();
        assertProblem(outrider.post("/api/dead-letters/" + id + "/replay", ""), 422, "failed again");
        routes.write("nessus/item.jslt", good);
        long records = 0;
        for (var letter : letters) {
            var answer = outrider.post("/api/dead-letters/" + letter.path("id").asText() + "/replay", "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            records += json(answer).path("records").asLong();
        }
        assertThat(outrider.records()).hasSize((int) records).isNotEmpty();
        assertThat(json(outrider.get("/api/dead-letters")).path("total").asInt())
                .isZero();
    }

    @Test
    void collectsAFileAgainWhoseLetterIsReplayed() {
        outrider.start();
        Scans.drop(outrider.inbox(), "a.nessus", "not a scan");
        assertThat(outrider.job("scans").path("status").asText()).isEqualTo("needs_review");
        var letter = json(outrider.get("/api/dead-letters")).path("deadLetters").get(0);
        assertThat(letter.path("name").asText()).contains("a.nessus");
        assertThat(outrider.job("scans").path("status").asText()).isEqualTo("complete");

        assertThat(outrider.post("/api/dead-letters/" + letter.path("id").asText() + "/replay", "")
                        .statusCode())
                .isEqualTo(200);

        assertThat(outrider.job("scans").path("status").asText()).isEqualTo("needs_review");
        assertThat(json(outrider.get("/api/dead-letters")).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void publishesTheSchemaOfEveryKindAndItsOwnDescription() {
        outrider.start();

        for (var kind : new String[] {
            "asset",
            "port",
            "risk",
            "person",
            "organization",
            "repository",
            "webapplication",
            "webpage",
            "cloudresource",
            "technology",
            "attribute",
            "file",
            "generic"
        }) {
            var schema = outrider.get("/api/schemas/" + kind);
            assertThat(schema.statusCode()).as(kind).isEqualTo(200);
            assertThat(json(schema).path("properties").isObject()).as(kind).isTrue();
        }
        assertThat(json(outrider.get("/api/schemas")).toString()).contains("cloudresource");
        assertProblem(outrider.get("/api/schemas/nosuch"), 404, "nosuch");
        assertThat(outrider.get("/q/openapi").body()).contains("/api/integrations/{name}/jobs");
    }

    @Test
    void showsFreshnessAndCountsOfEveryStreamToPrometheus() {
        outrider.start();
        var labels = "{capability=\"nessus\",integration=\"scans\",stream=\"files\",tenant=\"acme\"}";
        assertThat(outrider.get("/q/metrics").body())
                .contains("outrider_stream_last_success_timestamp_seconds" + labels + " 0.0");
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));
        outrider.job("scans");

        var metrics = outrider.get("/q/metrics").body();
        assertThat(metrics)
                .contains("outrider_stream_received_total" + labels + " 3.0")
                .contains("outrider_stream_failed_total" + labels + " 0.0")
                .doesNotContain("outrider_stream_last_success_timestamp_seconds" + labels + " 0.0");
        outrider.stop();
        outrider.start();
        assertThat(outrider.get("/q/metrics").body())
                .as("freshness outlives a restart")
                .doesNotContain("outrider_stream_last_success_timestamp_seconds" + labels + " 0.0");
    }

    @Test
    void asksForTheTokenOnceOneIsSet() {
        outrider.with("OUTRIDER_API_TOKEN", CANARY)
                .with("QUARKUS_HTTP_HOST", "127.0.0.1")
                .start();

        assertProblem(outrider.get("/api/jobs"), 401, "token");
        assertProblem(outrider.send(request("/api/jobs").header("Authorization", "Bearer wrong")), 401, "token");
        assertThat(outrider.send(request("/api/jobs").header("Authorization", "Bearer " + CANARY))
                        .statusCode())
                .isEqualTo(200);
        assertThat(outrider.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(outrider.log()).doesNotContain(CANARY);
    }

    @Test
    void answersOnlyThisMachineWithoutAToken() throws Exception {
        outrider.with("QUARKUS_HTTP_HOST", "0.0.0.0").start();
        var port = URI.create(outrider.url()).getPort();

        for (var network : NetworkInterface.networkInterfaces().toList()) {
            for (var address : network.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .toList()) {
                if (!address.isLoopbackAddress()) {
                    var other = URI.create("http://" + address.getHostAddress() + ":" + port + "/api/jobs");
                    assertProblem(outrider.send(HttpRequest.newBuilder(other)), 403, "OUTRIDER_API_TOKEN");
                }
            }
        }
        assertThat(outrider.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/jobs")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAWebPageThatPostsToLocalhost() {
        outrider.start();

        assertProblem(
                outrider.send(request("/api/integrations/scans/jobs")
                        .header("Origin", "https://evil.example.com")
                        .POST(HttpRequest.BodyPublishers.noBody())),
                403,
                "web page");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(outrider.url() + path));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OutriderProcess.parse(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(OutriderProcess.parse(answer.body()).path("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).contains(detail);
    }
}
