package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import dev.outrider.vendor.FakeVendor;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped CrowdStrike routes against a Falcon cloud that answers as the real one was seen to. */
class CrowdStrikeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicInteger tokens = new AtomicInteger();
    private final List<String> vulnerabilities = new ArrayList<>();
    private int tokenStatus = 201;
    private int devices = 3;
    private FakeVendor.Answer first = (asked, exchange) -> {};
    private final FakeVendor falcon = new FakeVendor((asked, exchange) -> {
        if (asked.target().startsWith("/oauth2/token")) {
            var token = "{\"access_token\":\"t" + tokens.incrementAndGet()
                    + "\",\"expires_in\":1799,\"token_type\":\"bearer\"}";
            FakeVendor.json(exchange, tokenStatus, token);
            return;
        }
        first.to(asked, exchange);
        if (exchange.getResponseCode() < 0) {
            usual(asked, exchange);
        }
    });
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(
                folder, "crowdstrike", falcon.url(), Map.of("clientId", "demo-client", "clientSecret", "demo-secret"));
    }

    @AfterEach
    void stop() {
        rig.close();
        falcon.close();
    }

    private void usual(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        var path = asked.target().replaceFirst("\\?.*", "");
        switch (path) {
            case "/devices/queries/devices-scroll/v1" -> scroll(asked, exchange);
            case "/devices/entities/devices/v2" ->
                FakeVendor.json(
                        exchange,
                        200,
                        page(ids(asked, "ids").map(CrowdStrikeTest::device).toList(), ""));
            case "/spotlight/combined/vulnerabilities/v1" -> spotlight(asked, exchange);
            case "/alerts/queries/alerts/v2" ->
                FakeVendor.json(
                        exchange,
                        200,
                        page(List.of("\"c:ind:a1\"", "\"c:ind:a2\"", "\"c:ind:a3\""), "\"total\":3,\"offset\":0"));
            case "/alerts/entities/alerts/v2" ->
                FakeVendor.json(
                        exchange,
                        200,
                        page(
                                ids(asked, "composite_ids")
                                        .map(CrowdStrikeTest::alert)
                                        .toList(),
                                ""));
            case "/devices/queries/devices/v1" ->
                FakeVendor.json(
                        exchange,
                        200,
                        page(query(asked).contains("'d1'") ? List.of("\"d1\"") : List.of(), "\"total\":1"));
            default -> FakeVendor.json(exchange, 200, page(List.of(), "\"total\":0"));
        }
    }

    private void scroll(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        int from = asked.target().contains("offset=") ? 2 : 0;
        var ids = IntStream.range(from, Math.min(devices, from + 2))
                .mapToObj(n -> "\"d" + n + "\"")
                .toList();
        FakeVendor.json(
                exchange, 200, page(ids, "\"total\":" + devices + ",\"offset\":\"" + (from == 0 ? "next" : "") + "\""));
    }

    /** Two rows a page, in ascending order of their change; the time asked for is honoured. */
    private void spotlight(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        var query = query(asked);
        var rows = vulnerabilities.stream()
                .filter(row -> !query.contains("updated_timestamp:>=")
                        || updated(row).compareTo(query.replaceAll(".*updated_timestamp:>='([^']*)'.*", "$1")) >= 0)
                .toList();
        int from = query.contains("after=") ? Integer.parseInt(query.replaceAll(".*after=(\\d+).*", "$1")) : 0;
        int to = Math.min(rows.size(), from + 2);
        FakeVendor.json(
                exchange,
                200,
                page(
                        rows.subList(from, to),
                        "\"total\":" + rows.size() + ",\"after\":\"" + (to < rows.size() ? to : "") + "\""));
    }

    @Test
    void collectsHostsByScrollAndEntitiesInBatches() {
        var run = rig.complete("hosts");

        assertThat(run.counts().emitted()).isEqualTo(2);
        assertThat(run.counts().reasons()).containsEntry("no_address", 1L);
        assertThat(rig.data("asset"))
                .extracting(asset ->
                        asset.path("dns").asText() + "=" + asset.path("name").asText())
                .containsExactly("host0.outrider.example=10.0.0.0", "host1.outrider.example=10.0.0.1");
        assertThat(falcon.asked().stream()
                        .filter(asked ->
                                asked.method().equals("POST") && asked.body().contains("ids")))
                .hasSize(2);
    }

    @Test
    void takesATokenThatComesWith200AsWell() {
        tokenStatus = 200;

        rig.complete("hosts");

        assertThat(falcon.targets())
                .filteredOn(target -> target.startsWith("/oauth2"))
                .hasSize(1);
    }

    @Test
    void renewsATokenThatIsRefusedInTheMiddle() {
        first = (asked, exchange) -> {
            if (asked.target().contains("offset=next")
                    && asked.header("Authorization").equals("Bearer t1")) {
                FakeVendor.json(exchange, 401, errors(401, "access denied, invalid bearer token"));
            }
        };

        assertThat(rig.complete("hosts").counts().received()).isEqualTo(3);
        assertThat(tokens).hasValue(2);
    }

    @Test
    void repeatsEveryFacetAndTheFilterOnEveryPageOfSpotlight() {
        spotlight(5);

        var run = rig.complete("vulnerabilities");

        assertThat(run.counts().pages()).isEqualTo(3);
        assertThat(falcon.targets().stream().filter(target -> target.startsWith("/spotlight")))
                .hasSize(3)
                .allMatch(target -> target.contains("facet=host_info&facet=cve&facet=remediation"))
                .allMatch(target -> target.contains("filter=status") && target.contains("sort="));
        assertThat(rig.data("risk")).hasSize(5);
        assertThat(rig.data("risk").get(0).path("name").asText()).isEqualTo("CVE-2026-0001");
        assertThat(rig.data("risk").get(0).path("status").asText()).isEqualTo("TC");
    }

    @Test
    void asksNextTimeForOpenOnesAndThoseThatChangedInOneFilter() {
        spotlight(2);
        rig.complete("vulnerabilities");

        rig.complete("vulnerabilities");

        assertThat(query(falcon.asked().get(falcon.asked().size() - 1)))
                .contains("filter=status:['open','reopen']+updated_timestamp:>='20");
    }

    @Test
    void readsOnFromTheLastSafeTimeWhenTheSearchContextExpires() {
        spotlight(6);
        var expired = new AtomicInteger();
        first = (asked, exchange) -> {
            if (asked.target().contains("after=4") && expired.getAndIncrement() == 0) {
                FakeVendor.json(exchange, 404, errors(404, "Search context expired, 'after' key no longer valid"));
            }
        };

        rig.complete("vulnerabilities");

        assertThat(rig.data("risk").stream()
                        .map(risk -> risk.path("name").asText())
                        .distinct())
                .hasSize(6);
        assertThat(rig.records().stream().map(line -> line.path("id").asText())).doesNotHaveDuplicates();
        assertThat(expired).hasValueGreaterThan(0);
    }

    @Test
    void takesErrorsInAGoodAnswerForAFailureAndNeverForAnEmptyPage() {
        first = (asked, exchange) -> {
            if (asked.target().startsWith("/spotlight")) {
                FakeVendor.json(exchange, 200, errors(500, "Internal failure"));
            }
        };

        var run = rig.collect("vulnerabilities");

        assertThat(run.errors()).extracting(RunError::code).containsExactly("vendor.error_in_body");
        assertThat(run.errors().get(0).message()).contains("Internal failure");
        assertThat(rig.cursor("vulnerabilities").has("watermark")).isFalse();
    }

    @Test
    void waitsUntilTheSecondThatARefusalNames() {
        var refused = new AtomicInteger();
        first = (asked, exchange) -> {
            if (asked.target().startsWith("/devices/queries") && refused.getAndIncrement() == 0) {
                exchange.getResponseHeaders()
                        .add(
                                "X-RateLimit-RetryAfter",
                                Long.toString(Instant.now().getEpochSecond() + 2));
                FakeVendor.json(exchange, 429, errors(429, "API rate limit exceeded."));
            }
        };
        var began = Instant.now();

        assertThat(rig.complete("hosts").counts().received()).isEqualTo(3);
        assertThat(java.time.Duration.between(began, Instant.now()).toMillis()).isBetween(900L, 30_000L);
    }

    @Test
    void tellsOpenAlertsFromClosedOnesAndThoseWithoutAHost() {
        var run = rig.complete("alerts");

        assertThat(run.counts().reasons()).containsEntry("closed", 1L);
        assertThat(rig.data("risk"))
                .extracting(risk -> risk.path("status").asText())
                .containsExactly("TH");
        assertThat(rig.data("generic")).hasSize(1);
    }

    @Test
    void namesTheMissingScope() throws Exception {
        first = (asked, exchange) -> {
            if (asked.target().startsWith("/spotlight")) {
                FakeVendor.json(exchange, 403, errors(403, "access denied, authorization failed"));
            }
        };

        var checks = rig.validate();

        assertThat(checks.all()).extracting(check -> check.ok()).containsExactly(true, false, true);
        assertThat(checks.all().get(1).detail())
                .contains("Vulnerabilities (read)")
                .contains("authorization failed");
    }

    @Test
    void knowsWhichHostsBelongToTheAccount() throws Exception {
        assertThat(rig.affiliated("d1")).isTrue();
        assertThat(rig.affiliated("d9")).isFalse();
        assertThat(rig.affiliated("x'+device_id:'d1")).isFalse();
    }

    private void spotlight(int rows) {
        for (int n = 1; n <= rows; n++) {
            vulnerabilities.add(
                    ("{'id':'v%d','aid':'d%d','status':'open','created_timestamp':'2026-11-01T00:00:00Z','updated_timestamp':'%s',"
                                    + "'apps':[{'product_name_version':'Editor 1'}],'cve':{'id':'CVE-2026-%04d','base_score':9.8,"
                                    + "'severity':'CRITICAL','vector':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'},"
                                    + "'host_info':{'hostname':'host%d.outrider.example','local_ip':'10.0.0.%d'}}")
                            .formatted(n, n, START.plusSeconds(3600L * n), n, n, n)
                            .replace('\'', '"'));
        }
    }

    private static String updated(String row) {
        return row.replaceAll(".*\"updated_timestamp\":\"([^\"]*)\".*", "$1");
    }

    private static String device(String id) {
        // The last of them has neither a name nor an address.
        var named = id.equals("d2")
                ? ""
                : ",'hostname':'host%1$s.outrider.example','local_ip':'10.0.0.%1$s'".formatted(id.substring(1));
        return "{'device_id':'%s','first_seen':'2026-01-01T00:00:00Z','modified_timestamp':'2026-11-01T00:00:00Z'%s}"
                .formatted(id, named)
                .replace('\'', '"');
    }

    private static String alert(String id) {
        var status = id.endsWith("3") ? "closed" : "new";
        var device = id.endsWith("2") ? "" : ",'device':{'device_id':'d1','hostname':'host1','local_ip':'10.0.0.1'}";
        return "{'composite_id':'%s','name':'Made up','severity_name':'High','status':'%s','created_timestamp':'2026-11-20T00:00:00Z','updated_timestamp':'2026-11-20T00:00:00Z'%s}"
                .formatted(id, status, device)
                .replace('\'', '"');
    }

    private static java.util.stream.Stream<String> ids(FakeVendor.Asked asked, String field) throws IOException {
        var ids = new ArrayList<String>();
        JSON.readTree(asked.body()).path(field).forEach(id -> ids.add(id.asText()));
        return ids.stream();
    }

    private static String query(FakeVendor.Asked asked) {
        return URLDecoder.decode(asked.target(), StandardCharsets.UTF_8);
    }

    /** Without an errors field, as some answers are. */
    private static String page(List<String> resources, String pagination) {
        return "{\"meta\":{\"trace_id\":\"t\",\"pagination\":{" + pagination + "}},\"resources\":"
                + resources.stream().collect(Collectors.joining(",", "[", "]")) + "}";
    }

    private static String errors(int code, String message) {
        return "{\"meta\":{\"trace_id\":\"t\",\"pagination\":{\"after\":\"\",\"total\":0}},\"resources\":[],\"errors\":[{\"code\":"
                + code + ",\"message\":\"" + message + "\"}]}";
    }
}
