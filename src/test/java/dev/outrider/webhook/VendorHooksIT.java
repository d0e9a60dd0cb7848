package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.simulator.Fault;
import dev.outrider.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each vendor's own deliveries to the packaged application: signed, tampered with, sent again. */
class VendorHooksIT {
    private static final String SECRET = "whsec_a secret of ours";
    private static final String ORGANIZATION = "00D000000000001EAA";
    private static final String REPOSITORY =
            """
            "repository":{"id":7,"name":"site","full_name":"acme/site","private":false,"visibility":"public","html_url":"https://github.com/acme/site",
             "owner":{"login":"acme"},"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-11-22T10:00:00Z"}""";

    @TempDir
    static Path folder;

    private static Simulator okta;
    private static OutriderProcess outrider;
    private static HookSender sender;

    @BeforeAll
    static void start() {
        okta = Simulator.start(Path.of("routes", "okta", "test", "simulator.yaml"));
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUR_SECRET", SECRET)
                .with("OUTRIDER_ALLOW_PRIVATE", "true")
                .with("OUTRIDER_WEBHOOKS_TRIGGER_PAUSE_SECS", "1")
                .declaring(
                        """
                        integrations:
                          - { name: acme-github, class: github, tenant: acme, schedule: manual, settings: { organization: acme }, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
                          - { name: acme-stripe, class: stripe, tenant: acme, schedule: manual, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
                          - { name: acme-salesforce, class: salesforce, tenant: acme, schedule: manual, secrets: { webhookSecret: "%s" } }
                          - { name: acme-okta, class: okta, tenant: acme, schedule: manual, settings: { url: "%s" }, secrets: { token: demo-token, webhookSecret: "{{env:OUR_SECRET}}" } }
                        """
                                .formatted(ORGANIZATION, okta.url()))
                .start();
        sender = new HookSender(outrider);
    }

    @AfterAll
    static void stop() {
        outrider.close();
        okta.close();
    }

    @ParameterizedTest
    @CsvSource({"repository,publicized", "repository,created", "repository,archived", "public,"})
    void makesARepositoryOfGitHubsEventsOfOne(String event, String action) {
        var named = action == null ? "" : "\"action\":\"" + action + "\",";

        var records = records(
                "acme-github", HookSender.github(SECRET, event, "{" + named + "\"sender\":{}," + REPOSITORY + "}"), 1);

        assertThat(records.get(0).path("kind").asText()).isEqualTo("repository");
        assertThat(records.get(0).path("public").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "created,open,true",
        "reopened,open,true",
        "reintroduced,open,true",
        "fixed,fixed,false",
        "dismissed,dismissed,false"
    })
    void makesARiskOfADependabotAlertWhileItIsOpen(String action, String state, boolean risk) {
        alert(
                "dependabot_alert",
                action,
                """
                "number":3,"state":"%s","html_url":"https://github.com/acme/site/security/dependabot/3","created_at":"2026-11-20T10:00:00Z",
                "dependency":{"package":{"ecosystem":"npm","name":"left"},"manifest_path":"package.json"},
                "security_advisory":{"ghsa_id":"GHSA-1","cve_id":"CVE-2026-1","summary":"A flaw","severity":"high"},
                "security_vulnerability":{"severity":"high","vulnerable_version_range":"< 2"}"""
                        .formatted(state),
                risk);
    }

    @ParameterizedTest
    @CsvSource({"created,null,true", "reopened,null,true", "publicly_leaked,null,true", "resolved,'\"revoked\"',false"})
    void makesARiskOfASecretWhileItIsNotResolvedThoughTheEventNamesNoState(
            String action, String resolution, boolean risk) {
        alert(
                "secret_scanning_alert",
                action,
                """
                "number":4,"secret_type":"stripe_api_key","resolution":%s,"html_url":"https://github.com/acme/site/security/secret-scanning/4\""""
                        .formatted(resolution),
                risk);
    }

    @ParameterizedTest
    @CsvSource({"created,open,true", "reopened_by_user,open,true", "fixed,fixed,false", "closed_by_user,dismissed,false"
    })
    void makesARiskOfACodeScanningAlertAlsoWhereOnlyItsInstancesTellTheState(
            String action, String state, boolean risk) {
        var alert =
                """
                "number":5,"html_url":"https://github.com/acme/site/security/code-scanning/5","dismissed_at":%s,
                "rule":{"id":"js/xss","severity":"error","description":"Cross-site scripting"},"tool":{"name":"CodeQL"},"instances":[{"state":"%s"}]"""
                        .formatted(state.equals("dismissed") ? "\"2026-11-21T10:00:00Z\"" : "null", state);

        alert("code_scanning_alert", action, alert, risk);
    }

    @ParameterizedTest
    @CsvSource({"organization,member_added,membership", "member,added,member"})
    void makesAPersonOfAMemberWhoWasAdded(String event, String action, String where) {
        var user = "{\"login\":\"ada\",\"id\":9,\"type\":\"User\",\"html_url\":\"https://github.com/ada\"}";
        var body = "{\"action\":\"" + action + "\",\"" + where + "\":"
                + (where.equals("member") ? user : "{\"role\":\"member\",\"user\":" + user + "}") + "}";

        var records = records("acme-github", HookSender.github(SECRET, event, body), 1);

        assertThat(records.get(0).path("kind").asText()).isEqualTo("person");
        assertThat(records.get(0).path("externalId").asText()).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource({"created,needs_response,true", "updated,under_review,true", "closed,lost,false"})
    void makesARiskOfAStripeDisputeWhileItIsOpenAndKeepsTheEvent(String event, String status, boolean risk) {
        var records = records("acme-stripe", stripe("charge.dispute." + event, dispute(status)), risk ? 3 : 1);

        assertThat(kinds(records).contains("risk")).isEqualTo(risk);
        assertThat(records.get(0).at("/attributes/type").asText()).isEqualTo("charge.dispute." + event);
    }

    @Test
    void makesARiskOfAnEarlyFraudWarningAndAnEventOfACompletedCheckout() {
        var warning = records(
                "acme-stripe",
                stripe(
                        "radar.early_fraud_warning.created",
                        "{\"id\":\"issfr_1\",\"charge\":\"ch_1\",\"actionable\":true,\"fraud_type\":\"card_never_received\",\"created\":1763800000}"),
                3);
        var checkout = records(
                "acme-stripe",
                stripe(
                        "checkout.session.completed",
                        "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"payment_status\":\"paid\",\"client_reference_id\":\"order-42\"}"),
                1);

        assertThat(kinds(warning)).contains("risk");
        assertThat(checkout.get(0).at("/attributes/object/reference").asText()).isEqualTo("order-42");
        assertThat(checkout.get(0).at("/attributes/object/status").asText()).isEqualTo("paid");
    }

    @Test
    void refusesAStripeDeliveryWhoseBodyHeaderOrTimeIsNotTheSignedOne() {
        var signed = stripe("charge.dispute.created", dispute("needs_response"));
        var header = signed.headers().get("Stripe-Signature");

        assertThat(sender.status("acme-stripe", signed.with(signed.body().replace("1099", "1098"))))
                .isEqualTo(401);
        assertThat(sender.status("acme-stripe", signed.with("Stripe-Signature", header.replace("t=1", "t=2"))))
                .isEqualTo(401);
        assertThat(sender.status("acme-stripe", signed.with("Stripe-Signature", header.replace("v1=", "v0="))))
                .isEqualTo(401);
        assertThat(sender.status(
                        "acme-stripe",
                        HookSender.stripe(SECRET, Instant.now().minusSeconds(400), dispute("needs_response"))))
                .isEqualTo(401);
        assertThat(sender.status("acme-stripe", HookSender.stripe("whsec_other", Instant.now(), signed.body())))
                .isEqualTo(401);
    }

    @Test
    void emitsNothingForAStripeEventThatIsSignedAnew() {
        var body = stripe("charge.dispute.created", dispute("needs_response")).body();
        records("acme-stripe", HookSender.stripe(SECRET, Instant.now().minusSeconds(60), body), 3);

        var again = sender.post("acme-stripe", HookSender.stripe(SECRET, Instant.now(), body), "?wait=PT20S");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("replayed");
    }

    @Test
    void acceptsAndCountsWhatItDoesNotKnow() {
        assertThat(sender.outcome("acme-github", HookSender.github(SECRET, "ping", "{\"zen\":\"Keep it simple.\"}"))
                        .at("/items/0/reason")
                        .asText())
                .isEqualTo("unknown_event");
        assertThat(sender.outcome("acme-stripe", stripe("invoice.paid", "{}"))
                        .path("dropped")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void makesAPersonOfAnOutboundMessageAcknowledgesItAndItsReplay() {
        var user =
                """
                <sObject xsi:type="sf:User" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>005000000000001AAA</sf:Id>
                <sf:Name>Ada Example</sf:Name><sf:Email>ada@acme.example</sf:Email><sf:IsActive>false</sf:IsActive></sObject>""";
        var message = HookSender.salesforce(ORGANIZATION, "04l000000000001AAA", user);
        int before = outrider.records().size();

        for (int sent = 0; sent < 2; sent++) {
            var answer = sender.post("acme-salesforce", message, "?wait=PT20S");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("<Ack>true</Ack>");
        }
        var records = outrider.records();
        assertThat(records).hasSize(before + 1);
        var person = records.get(before).path("data");
        assertThat(person.path("email").asText()).isEqualTo("ada@acme.example");
        assertThat(person.at("/attributes/active").isBoolean()).isTrue();
        assertThat(sender.status(
                        "acme-salesforce", HookSender.salesforce("00D000000000002EAA", "04l000000000002AAA", user)))
                .isEqualTo(401);
    }

    @Test
    void collectsTheSystemLogAndThePeopleWhenAnOktaHookTellsOfThem() {
        var body =
                """
                {"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1","eventId":"a1","eventTime":"2026-11-22T10:00:00Z",
                 "source":"https://acme.okta.com/api/v1/eventHooks/who1","contentType":"application/json",
                 "data":{"events":[{"uuid":"u1","eventType":"user.mfa.factor.reset_all","published":"2026-11-22T10:00:00Z"},
                                   {"uuid":"u2","eventType":"user.lifecycle.deactivate","published":"2026-11-22T10:00:00Z"}]}}""";
        assertThat(sender.status("acme-okta", HookSender.okta("another", body))).isEqualTo(401);

        var outcome = sender.outcome("acme-okta", HookSender.okta(SECRET, body));

        assertThat(outcome.at("/items/1/reason").asText()).isEqualTo("left_to_stream");
        Awaitility.await("a job collects the streams")
                .atMost(Duration.ofSeconds(30))
                .until(() -> jobs().stream()
                        .anyMatch(job -> job.path("status").asText().equals("complete")));
        assertThat(jobs())
                .filteredOn(job -> job.path("streams").findValuesAsText("name").contains("users"))
                .singleElement()
                .satisfies(job -> assertThat(job.path("streams").findValuesAsText("name"))
                        .containsExactlyInAnyOrder("system-log", "users"));
        assertThat(kinds(data("acme-okta"))).contains("person", "generic");
        assertThat(sender.post("acme-okta", HookSender.okta(SECRET, body), "").body())
                .contains("replayed");
    }

    @Test
    void hasAnotherJobCollectWhatAnOktaHookTellsOfWhereOneFailed() {
        okta.fail(Fault.FORBIDDEN, "/api/v1/policies", 1);
        var body =
                """
                {"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1","eventId":"a2","eventTime":"2026-11-22T10:00:00Z",
                 "source":"https://acme.okta.com/api/v1/eventHooks/who1","contentType":"application/json",
                 "data":{"events":[{"uuid":"u3","eventType":"policy.rule.update","published":"2026-11-22T10:00:00Z"}]}}""";

        assertThat(sender.post("acme-okta", HookSender.okta(SECRET, body), "").statusCode())
                .isEqualTo(202);

        Awaitility.await("another job").atMost(Duration.ofSeconds(30)).until(() -> jobs().stream()
                .anyMatch(job -> job.path("status").asText().equals("complete")
                        && job.path("streams").findValuesAsText("name").contains("policies")));
        assertThat(jobs())
                .anyMatch(job -> !job.path("status").asText().equals("complete")
                        && job.toString().contains("policies"));
        assertThat(kinds(data("acme-okta"))).contains("generic");
    }

    @Test
    void emitsNothingForADeliveryOfGitHubThatComesAgain() {
        var signed = HookSender.github(SECRET, "repository", "{\"action\":\"created\",\"again\":1," + REPOSITORY + "}");
        records("acme-github", signed, 1);

        assertThat(sender.post("acme-github", signed.with("X-GitHub-Delivery", "another"), "?wait=PT20S")
                        .body())
                .contains("replayed");
        assertThat(sender.status("acme-github", signed.with(signed.body() + " ")))
                .isEqualTo(401);
        assertThat(sender.status("acme-github", signed.with("X-Hub-Signature-256", "sha256=00")))
                .isEqualTo(401);
    }

    private void alert(String event, String action, String alert, boolean risk) {
        var body = "{\"action\":\"" + action + "\",\"alert\":{" + alert + "}," + REPOSITORY + "}";

        var outcome = sender.outcome("acme-github", HookSender.github(SECRET, event, body));

        assertThat(outcome.path("failed").asInt()).as(outcome.toString()).isZero();
        if (risk) {
            assertThat(kinds(last(outcome.path("records").asInt()))).contains("repository", "risk");
        } else {
            assertThat(outcome.at("/items/0/reason").asText()).startsWith("closed-");
        }
    }

    /** Sends a delivery and returns the records that it became. */
    private static List<JsonNode> records(String name, HookSender.Signed delivery, int atLeast) {
        var outcome = sender.outcome(name, delivery);
        assertThat(outcome.path("records").asInt()).as(outcome.toString()).isGreaterThanOrEqualTo(atLeast);
        return last(outcome.path("records").asInt());
    }

    private static List<JsonNode> last(int count) {
        var records = outrider.records();
        return records.subList(records.size() - count, records.size()).stream()
                .map(record -> record.path("data"))
                .toList();
    }

    private static List<JsonNode> data(String integration) {
        return outrider.records().stream()
                .filter(record -> record.path("source").asText().endsWith("/" + integration))
                .map(record -> record.path("data"))
                .toList();
    }

    private static List<String> kinds(List<JsonNode> records) {
        return records.stream().map(record -> record.path("kind").asText()).toList();
    }

    private static List<JsonNode> jobs() {
        var jobs = OutriderProcess.parse(
                outrider.get("/api/jobs?integration=acme-okta").body());
        return jobs.findParents("job").stream().toList();
    }

    private static int events;

    private static HookSender.Signed stripe(String type, String object) {
        return HookSender.stripe(
                SECRET,
                Instant.now(),
                "{\"id\":\"evt_" + ++events
                        + "\",\"object\":\"event\",\"created\":1763800000,\"livemode\":false,\"type\":\"" + type
                        + "\",\"data\":{\"object\":" + object + "}}");
    }

    private static String dispute(String status) {
        return "{\"id\":\"du_1\",\"object\":\"dispute\",\"charge\":\"ch_1\",\"amount\":1099,\"currency\":\"usd\",\"status\":\""
                + status + "\",\"reason\":\"fraudulent\",\"created\":1763800000}";
    }
}
