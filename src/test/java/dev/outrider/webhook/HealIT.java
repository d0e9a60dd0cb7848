package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.outrider.OutriderProcess;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries and polling of one integration, each making good what the other missed. */
class HealIT {
    private static final String SECRET = "a secret of ours";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    private final List<String> listed = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile int hooksStatus = 200;
    private volatile String appHook = "https://outrider.example.com/webhooks/app-github";
    private KeyPair appKey;
    private FakeVendor vendor;
    private OutriderProcess outrider;
    private HookSender sender;

    @BeforeEach
    void start() throws GeneralSecurityException {
        appKey = TestKeys.rsa();
        vendor = new FakeVendor(this::answer);
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_ALLOW_PRIVATE", "true")
                .declaring(
                        """
                        integrations:
                          - { name: acme-github, class: github, tenant: acme, schedule: manual, settings: { organization: acme, url: "%1$s" }, secrets: { token: t, webhookSecret: "%2$s" } }
                          - { name: polled, class: github, tenant: acme, schedule: manual, settings: { organization: acme, url: "%1$s" }, secrets: { token: t } }
                          - { name: acme-stripe, class: stripe, tenant: acme, schedule: manual, settings: { url: "%1$s" }, secrets: { apiKey: rk, webhookSecret: "%2$s" } }
                          - { name: app-github, class: github, tenant: acme, schedule: manual, settings: { organization: acme, url: "%1$s", appId: 77, installationId: 42 }, secrets: { privateKey: "%3$s", webhookSecret: "%2$s" } }
                        """
                                .formatted(vendor.url(), SECRET, pem()))
                .start();
        sender = new HookSender(outrider);
    }

    @AfterEach
    void stop() {
        outrider.close();
        vendor.close();
    }

    private void answer(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        var path = asked.target().replaceFirst("\\?.*", "");
        switch (path) {
            case "/orgs/acme/dependabot/alerts" -> FakeVendor.json(exchange, 200, listed.toString());
            case "/v1/events" -> FakeVendor.json(exchange, 200, "{\"has_more\":false,\"data\":" + listed + "}");
            case "/orgs/acme/hooks" ->
                FakeVendor.json(
                        exchange,
                        hooksStatus,
                        """
                        [{"id":4,"config":{"url":"https://ci.example.com/webhooks/other"}},
                         {"id":5,"config":{"url":"https://outrider.example.com/webhooks/acme-github"}}]""");
            case "/app/installations/42/access_tokens" -> FakeVendor.json(exchange, 201, "{\"token\":\"ghs_1\"}");
            case "/app/hook/config" -> FakeVendor.json(exchange, 200, "{\"url\":\"" + appHook + "\"}");
            case "/orgs/acme/hooks/5/deliveries", "/app/hook/deliveries" ->
                FakeVendor.json(exchange, 200, failures.toString());
            default ->
                FakeVendor.json(
                        exchange,
                        path.endsWith("/attempts") ? 202 : 200,
                        path.startsWith("/v1")
                                ? "{\"id\":\"acct_1\",\"data\":[]}"
                                : path.endsWith("/attempts") ? "{}" : "[]");
        }
    }

    @Test
    void doesNotSendAgainWhatADeliveryBroughtAndCountsWhatNoneTold() {
        listed.add(alert(1, NOW.minusSeconds(900)));
        assertThat(poll("acme-github", "dependabot-alerts").has("webhookGaps"))
                .as("a first run has nothing to compare with")
                .isFalse();

        var delivered = alert(2, NOW.minusSeconds(600));
        sender.outcome(
                "acme-github",
                HookSender.github(SECRET, "dependabot_alert", "{\"action\":\"created\",\"alert\":" + delivered + "}"));
        listed.addAll(
                0,
                List.of(
                        alert(4, Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                        alert(3, NOW.minusSeconds(500)),
                        delivered));
        int before = outrider.records().size();
        var healed = poll("acme-github", "dependabot-alerts");

        assertThat(healed.path("webhookGaps").asInt()).as(healed.toString()).isEqualTo(1);
        assertThat(healed.at("/reasons/delivered").asInt()).isEqualTo(1);
        assertThat(healed.path("emitted").asInt()).isEqualTo(2);
        assertThat(outrider.records().stream().skip(before))
                .extracting(record -> record.at("/data/attributes/alert").asInt())
                .contains(3, 4)
                .doesNotContain(2);
        assertThat(outrider.get("/q/metrics").body()).contains("outrider_stream_webhook_gaps_total{");
        var later = poll("acme-github", "dependabot-alerts");
        assertThat(later.path("webhookGaps").asInt()).isZero();
        assertThat(later.path("emitted").asInt()).isZero();
    }

    @Test
    void expectsNoDeliveriesOfAnIntegrationWithoutAWebhook() {
        listed.add(alert(1, NOW.minusSeconds(900)));
        poll("polled", "dependabot-alerts");
        listed.add(0, alert(2, NOW.minusSeconds(600)));

        assertThat(poll("polled", "dependabot-alerts").has("webhookGaps")).isFalse();
    }

    @Test
    void countsOfStripesEventsOnlyThoseThatItsWebhookTakes() {
        listed.add(event(1, "invoice.paid", NOW.minusSeconds(900)));
        poll("acme-stripe", "events");
        var delivered = event(2, "checkout.session.completed", NOW.minusSeconds(600));
        sender.outcome("acme-stripe", HookSender.stripe(SECRET, Instant.now(), delivered));
        listed.addAll(
                0,
                List.of(
                        event(4, "invoice.paid", NOW.minusSeconds(500)),
                        event(3, "charge.dispute.created", NOW.minusSeconds(550)),
                        delivered));

        var healed = poll("acme-stripe", "events");

        assertThat(healed.path("webhookGaps").asInt()).as(healed.toString()).isEqualTo(1);
        assertThat(healed.at("/reasons/delivered").asInt()).isEqualTo(1);
        assertThat(healed.path("emitted").asInt()).isEqualTo(2);
    }

    @Test
    void asksGitHubAgainForWhatFailedOnceForEachAttemptAndThreeTimesAtMost() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            failures.add(0, failure(attempt, "72d3162e", 502));
            var report = outrider.job("acme-github");
            assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("complete");
            if (attempt == 1) {
                assertThat(report.path("summary").asText()).contains("1 failed deliveries asked for again");
            }
            outrider.job("acme-github");
        }
        assertThat(asked("POST"))
                .containsExactly(
                        "/orgs/acme/hooks/5/deliveries/1/attempts",
                        "/orgs/acme/hooks/5/deliveries/2/attempts",
                        "/orgs/acme/hooks/5/deliveries/3/attempts");
    }

    @Test
    void asksForNothingThatCameThroughNorWithoutTheRightToSeeHooks() {
        failures.addAll(List.of(failure(8, "a", 200), failure(7, "a", 500)));
        assertThat(outrider.job("acme-github").path("status").asText()).isEqualTo("complete");
        hooksStatus = 403;
        failures.add(failure(9, "b", 500));
        assertThat(outrider.job("acme-github").path("status").asText()).isEqualTo("complete");
        outrider.job("polled");

        assertThat(asked("POST")).isEmpty();
    }

    @Test
    void asksForTheAppsOwnDeliveriesWithTheAppsOwnSignature() throws Exception {
        hooksStatus = 403;
        failures.add(failure(11, "f0a1", 500));

        var report = outrider.job("app-github");

        assertThat(report.path("summary").asText()).contains("1 failed deliveries asked for again");
        assertThat(asked("POST")).contains("/app/hook/deliveries/11/attempts");
        var own = vendor.asked().stream()
                .filter(asked -> asked.target().startsWith("/app/hook/"))
                .map(asked -> asked.header("Authorization").substring("Bearer ".length()))
                .toList();
        assertThat(own).hasSize(3);
        for (var jwt : own) {
            assertThat(TestKeys.verified(jwt, appKey, "SHA256withRSA")).isTrue();
            assertThat(TestKeys.part(jwt, 1).path("iss").asText()).isEqualTo("77");
        }
        assertThat(vendor.asked())
                .filteredOn(asked -> asked.target().startsWith("/orgs/"))
                .isNotEmpty()
                .allMatch(asked -> asked.header("Authorization").equals("Bearer ghs_1"));
    }

    @Test
    void asksForNothingOfAnAppWhoseWebhookLeadsElsewhereNorOfOneThatSignsInByToken() {
        appHook = "https://ci.example.com/webhooks/other";
        failures.add(failure(11, "f0a1", 500));
        outrider.job("app-github");
        assertThat(vendor.targets()).contains("/app/hook/config");

        vendor.asked().clear();
        outrider.job("acme-github");

        assertThat(asked("POST")).containsExactly("/orgs/acme/hooks/5/deliveries/11/attempts");
        assertThat(vendor.targets()).noneMatch(target -> target.startsWith("/app/"));
    }

    private String pem() {
        return TestKeys.pem("PRIVATE KEY", appKey.getPrivate().getEncoded()).replace("\n", "\\n");
    }

    private List<String> asked(String method) {
        return vendor.asked().stream()
                .filter(asked -> asked.method().equals(method))
                .map(FakeVendor.Asked::target)
                .toList();
    }

    private JsonNode poll(String integration, String stream) {
        var answer = outrider.post(
                "/api/integrations/" + integration + "/jobs?wait=PT60S", "{\"streams\":[\"" + stream + "\"]}");
        var report = OutriderProcess.parse(answer.body());
        assertThat(report.path("status").asText()).as(answer.body()).isEqualTo("complete");
        return report.path("streams").get(0);
    }

    private static String failure(int id, String guid, int status) {
        return "{\"id\":" + id + ",\"guid\":\"" + guid + "\",\"status_code\":" + status + "}";
    }

    private static String event(int n, String type, Instant created) {
        return "{\"id\":\"evt_%d\",\"object\":\"event\",\"type\":\"%s\",\"created\":%d,\"data\":{\"object\":{\"id\":\"x\",\"charge\":\"ch\",\"status\":\"lost\"}}}"
                .formatted(n, type, created.getEpochSecond());
    }

    private static String alert(int n, Instant updated) {
        return """
                {"number":%1$d,"state":"open","html_url":"https://github.com/acme/site/security/dependabot/%1$d","updated_at":"%2$s","created_at":"%2$s",
                 "dependency":{"package":{"ecosystem":"npm","name":"left"}},"security_vulnerability":{"severity":"high"},
                 "security_advisory":{"ghsa_id":"GHSA-%1$d","summary":"A flaw","severity":"high"},
                 "repository":{"id":7,"name":"site","full_name":"acme/site","private":false,"html_url":"https://github.com/acme/site","owner":{"login":"acme"}}}"""
                .formatted(n, updated);
    }
}
