package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import dev.outrider.vendor.FakeVendor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped Tenable routes against a container that answers as the real one was seen to. */
class TenableTest {
    private static final String JOB = "11111111-2222-3333-4444-555555555555";
    private static final String FINISHED =
            "{\"status\":\"FINISHED\",\"chunks_available\":[2,1],\"chunks_failed\":[],\"chunks_cancelled\":[]}";

    @TempDir
    Path folder;

    private final AtomicInteger looks = new AtomicInteger();
    private String session = "{\"permissions\":64}";
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private FakeVendor.Answer begin =
            (asked, exchange) -> FakeVendor.json(exchange, 200, "{\"export_uuid\":\"" + JOB + "\"}");
    private FakeVendor.Answer status = (asked, exchange) -> FakeVendor.json(exchange, 200, FINISHED);
    private FakeVendor.Answer chunk = this::usual;
    private final FakeVendor tenable = new FakeVendor((asked, exchange) -> {
        if (!"accessKey=a;secretKey=s".equals(asked.header("X-ApiKeys"))) {
            FakeVendor.json(exchange, 401, "{\"error\":\"Invalid Credentials\"}");
        } else if (asked.method().equals("POST")) {
            begin.to(asked, exchange);
        } else if (asked.target().endsWith("/export/status")) {
            // Not every user may list exports.
            FakeVendor.json(exchange, 404, "{}");
        } else if (asked.target().endsWith("/status")) {
            status.to(asked, exchange);
        } else if (asked.target().contains("/chunks/")) {
            chunk.to(asked, exchange);
        } else if (asked.target().equals("/session") && session != null) {
            FakeVendor.json(exchange, 200, session);
        } else if (asked.target().equals("/server/properties")) {
            FakeVendor.json(exchange, 200, "{\"loadStatus\":{\"status\":\"ready\"}}");
        } else if (asked.target().equals("/assets/a-1")) {
            FakeVendor.json(exchange, 200, "{\"id\":\"a-1\"}");
        } else {
            FakeVendor.json(exchange, 404, "{\"error\":\"not found\"}");
        }
    });
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "tenable", tenable.url(), Map.of("accessKey", "a", "secretKey", "s"));
    }

    @AfterEach
    void stop() {
        rig.close();
        tenable.close();
    }

    private void usual(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        boolean second = asked.target().endsWith("/2");
        // A chunk comes as a file, whatever it holds.
        exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
        var body = asked.target().startsWith("/vulns")
                ? second
                        ? finding("10.0.0.2", "9999", "high", "OPEN") + "," + finding("10.0.0.2", "1", "info", "OPEN")
                        : finding("10.0.0.1", "1234", "critical", "OPEN") + ","
                                + finding("10.0.0.1", "7", "low", "FIXED")
                : second
                        ? "{\"id\":\"a-2\",\"timestamps\":{\"deleted_at\":\"2026-11-01T00:00:00Z\"}}"
                        : "{\"id\":\"a-1\",\"network\":{\"fqdns\":[\"web.outrider.example\"],\"ipv4s\":[\"10.0.0.1\",\"10.0.0.2\"]},"
                                + "\"timestamps\":{\"created_at\":\"2026-01-01T00:00:00Z\",\"last_seen\":\"2026-11-01T00:00:00Z\"}}";
        FakeVendor.send(exchange, 200, ("[" + body + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String finding(String ip, String plugin, String severity, String state) {
        return ("{'asset':{'uuid':'u-%1$s','ipv4':'%1$s','fqdn':'host%2$s.outrider.example'},'plugin':{'id':%2$s,'name':'Made up flaw',"
                        + "'cve':['CVE-2026-1','CVE-2026-2'],'cvss_base_score':5.0,'synopsis':'It is made up.','solution':'None.'},"
                        + "'port':{'port':'443','protocol':'TCP','service':'https'},'severity':'%3$s','state':'%4$s','output':'seen',"
                        + "'first_found':'2026-10-01T00:00:00Z','last_found':'2026-11-01T00:00:00Z','finding_id':'f-%2$s'}")
                .formatted(ip, plugin, severity, state)
                .replace('\'', '"');
    }

    @Test
    void collectsVulnerabilitiesChunkByChunkInWhateverOrderTheyCome() {
        var run = rig.complete("vulnerabilities");

        assertThat(rig.data("risk")).hasSize(2);
        assertThat(rig.data("risk").get(0).path("cves")).hasSize(2);
        assertThat(rig.data("port")).hasSize(2);
        assertThat(run.counts().reasons()).containsEntry("fixed", 1L).containsEntry("informational", 1L);
        assertThat(rig.cursor("vulnerabilities").has("watermark")).isTrue();
    }

    @Test
    void saysAllFiltersItselfAsTheDefaultsLoseRows() {
        rig.complete("vulnerabilities");
        rig.complete("vulnerabilities");

        var bodies = tenable.asked().stream()
                .filter(asked -> asked.method().equals("POST"))
                .map(FakeVendor.Asked::body)
                .toList();
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0)).contains("\"since\":0").contains("FIXED").contains("\"num_assets\":100");
        assertThat(bodies.get(1)).containsPattern("\"since\":\\d{10}").contains("REOPENED");
    }

    @Test
    void collectsAnAssetForEachAddressAndCountsTheDeleted() {
        var run = rig.complete("assets");

        assertThat(rig.data("asset"))
                .extracting(asset -> asset.path("name").asText())
                .containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
        assertThat(run.counts().reasons()).containsEntry("deleted", 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assets", "vulnerabilities"})
    void dropsWhatHasNeitherNameNorAddress(String stream) {
        chunk = (asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                "[{\"id\":\"a-5\",\"asset\":{\"uuid\":\"a-5\"},\"plugin\":{\"id\":5,\"name\":\"Made up flaw\"},"
                        + "\"severity\":\"high\",\"state\":\"OPEN\"}]");

        var run = rig.complete(stream);

        assertThat(run.counts().reasons()).containsEntry("no_address", 2L);
        assertThat(rig.data("asset")).isEmpty();
        assertThat(rig.data("risk")).isEmpty();
    }

    @Test
    void fetchesChunksWhileTheExportGoesOnAndDoesWithoutAChunkList() {
        status = (asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                switch (looks.getAndIncrement()) {
                    case 0 -> "{\"status\":\"PROCESSING\",\"chunks_available\":[2]}";
                    default -> FINISHED;
                });

        rig.complete("vulnerabilities");

        var targets = tenable.targets();
        assertThat(targets.indexOf("/vulns/export/" + JOB + "/chunks/2"))
                .isLessThan(targets.lastIndexOf("/vulns/export/" + JOB + "/status"));
        assertThat(targets.stream().filter(target -> target.endsWith("/chunks/2")))
                .hasSize(1);
        assertThat(rig.data("risk")).hasSize(2);
    }

    @Test
    void adoptsAnEqualExportThatRunsAlready() {
        begin = (asked, exchange) ->
                FakeVendor.json(exchange, 409, "{\"active_job_id\":\"" + JOB + "\",\"failure_reason\":\"duplicate\"}");

        rig.complete("vulnerabilities");

        assertThat(rig.data("risk")).hasSize(2);
    }

    @Test
    void adoptsOneThatARefusalOfTheOtherKindNames() {
        begin = (asked, exchange) -> FakeVendor.json(
                exchange,
                429,
                "{\"status\":429,\"message\":\"Duplicate export not allowed. (job_uuid=" + JOB
                        + " container_uuid=c)\"}");

        rig.complete("vulnerabilities");

        assertThat(rig.data("risk")).hasSize(2);
    }

    @Test
    void keepsWhatAFailedExportHadAndLeavesTheWatermark() {
        status = (asked, exchange) -> FakeVendor.json(
                exchange, 200, "{\"status\":\"ERROR\",\"chunks_available\":[1],\"chunks_cancelled\":[2]}");

        var run = rig.collect("vulnerabilities");

        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors()).extracting(RunError::code).containsExactly("export.failed");
        assertThat(rig.data("risk")).hasSize(1);
        assertThat(rig.cursor("vulnerabilities").has("watermark")).isFalse();
    }

    @Test
    void isPartialWhereAFinishedExportLacksChunks() {
        status = (asked, exchange) -> FakeVendor.json(
                exchange, 200, "{\"status\":\"FINISHED\",\"chunks_available\":[1],\"chunks_failed\":[2]}");

        var run = rig.collect("vulnerabilities");

        assertThat(run.errors()).extracting(RunError::code).containsExactly("export.chunks_failed");
        assertThat(rig.cursor("vulnerabilities").has("watermark")).isFalse();
    }

    @Test
    void goesOnWithTheSameExportAndTheChunksThatAreLeft() {
        status = (asked, exchange) ->
                FakeVendor.json(exchange, 200, "{\"status\":\"FINISHED\",\"chunks_available\":[2,3,1]}");
        chunk = (asked, exchange) -> {
            if (asked.target().endsWith("/3")) {
                FakeVendor.json(exchange, 200, "null");
            } else if (asked.target().endsWith("/1") && broken.get()) {
                FakeVendor.json(exchange, 500, "{}");
            } else {
                usual(asked, exchange);
            }
        };
        assertThat(rig.collect("vulnerabilities").isPartial()).isTrue();
        broken.set(false);

        rig.complete("vulnerabilities");

        assertThat(tenable.asked().stream().filter(asked -> asked.method().equals("POST")))
                .hasSize(1);
        assertThat(tenable.targets().stream().filter(target -> target.endsWith("/chunks/2")))
                .hasSize(1);
        assertThat(rig.data("risk")).hasSize(2);
    }

    @Test
    void takesTheOtherChunksWhereOneIsNoWholeJsonAndLeavesTheWatermark() {
        chunk = (asked, exchange) -> {
            if (asked.target().endsWith("/1")) {
                FakeVendor.json(exchange, 200, "[{\"asset\":{\"uuid\":");
            } else {
                usual(asked, exchange);
            }
        };

        var run = rig.collect("vulnerabilities");

        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors()).extracting(error -> error.code()).containsExactly("export.chunk_broken");
        assertThat(rig.data("risk")).hasSize(1);
        assertThat(rig.cursor("vulnerabilities").has("watermark")).isFalse();
        assertThat(rig.cursor("vulnerabilities").has("export")).isFalse();
    }

    @Test
    void refusesKeysOfAUserWhoMayExportNothingAndSaysWhereAnExportMayBeNarrow() throws Exception {
        session = "{\"permissions\":0}";
        assertThat(rig.validate().valid()).isFalse();
        assertThat(rig.validate().all()).allSatisfy(check -> assertThat(check.detail())
                .contains("/permissions 0")
                .contains("less than 16")
                .contains("grant Basic [16]"));

        session = "{\"permissions\":32}";
        assertThat(rig.validate().valid()).isTrue();
        assertThat(rig.validate().all())
                .allSatisfy(check ->
                        assertThat(check.detail()).contains("less than 64").contains("left out"));
    }

    @Test
    void triesTheKeysElsewhereWhereThereIsNoSessionAnyMore() throws Exception {
        session = null;

        assertThat(rig.validate().valid()).isTrue();
        assertThat(rig.validate().all())
                .allSatisfy(check -> assertThat(check.detail()).contains("/server/properties may be read"));
    }

    @Test
    void waitsWhenHtmlSaysThatTooMuchWasAsked() {
        status = (asked, exchange) -> {
            if (looks.getAndIncrement() == 0) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                FakeVendor.send(
                        exchange,
                        429,
                        "<html>429 Too Many Requests</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
                FakeVendor.json(exchange, 200, FINISHED);
            }
        };

        rig.complete("vulnerabilities");
    }

    @Test
    void validatesAndKnowsItsAssets() throws Exception {
        assertThat(rig.validate().valid()).isTrue();
        assertThat(rig.affiliated("a-1")).isTrue();
        assertThat(rig.affiliated("a-9")).isFalse();
    }
}
