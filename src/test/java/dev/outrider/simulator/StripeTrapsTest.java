package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of Stripe fell over, and checkout sessions. */
class StripeTrapsTest {
    private static final String ORDER =
            """
            {"orderId":"order-42","currency":"USD","items":[{"name":"Plan","amount":1099,"quantity":2}],
             "successUrl":"https://shop.example/ok?sid={CHECKOUT_SESSION_ID}","cancelUrl":"https://shop.example/cart"}""";
    private static final String MADE =
            """
            {"id":"cs_test_a1","object":"checkout.session","url":"https://checkout.stripe.example/c/pay/a1","status":"open",
             "payment_status":"unpaid","client_reference_id":"order-42","amount_total":2198,"currency":"usd",
             "expires_at":1763886400,"livemode":false}""";

    private record Answer(int status, String body, Map<String, String> headers) {}

    @TempDir
    Path folder;

    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final FakeVendor stripe = new FakeVendor((asked, exchange) -> {
        var next = answers.size() > 1 ? answers.poll() : answers.peek();
        next.headers().forEach(exchange.getResponseHeaders()::add);
        FakeVendor.json(exchange, next.status(), next.body());
    });
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "stripe", stripe.url(), Map.of("apiKey", "rk_test_1"));
    }

    @AfterEach
    void stop() {
        rig.close();
        stripe.close();
    }

    @Test
    void losesNoEventOfTheSameSecond() {
        answer(200, list(event("evt_1", 1763800000)));
        rig.collect("events");
        answers.clear();
        answer(200, list(event("evt_2", 1763800000), event("evt_1", 1763800000)));

        var run = rig.collect("events");

        assertThat(run.counts().emitted()).isEqualTo(1);
        assertThat(stripe.targets().get(1)).contains("created%5Bgte%5D=1763796400");
    }

    @Test
    void seesADisputeChangeThatKeepsItsTimeOfCreation() {
        answer(200, list(dispute("needs_response")));
        rig.collect("disputes");
        answers.clear();
        answer(200, list(dispute("needs_response")));
        answer(200, list(dispute("lost")));

        assertThat(rig.collect("disputes").counts().reasons()).containsEntry("unchanged", 1L);
        assertThat(rig.collect("disputes").counts().reasons()).containsEntry("closed-lost", 1L);
    }

    @Test
    void triesABareLimitAgainAndTheOldFormOfItToo() {
        answer(
                429,
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"lock_timeout\",\"message\":\"locked\"}}");
        answer(400, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"rate_limit\",\"message\":\"slow\"}}");
        answer(200, list());

        var run = rig.collect("webhook-endpoints");

        assertThat(run.errors()).isEmpty();
        assertThat(stripe.asked()).hasSize(3);
    }

    @Test
    void takesStripesAdviceOnWhetherToTryAgain() {
        answers.add(new Answer(500, "{\"error\":{\"message\":\"no\"}}", Map.of("Stripe-Should-Retry", "false")));

        assertThat(rig.collect("webhook-endpoints").errors())
                .extracting(RunError::code)
                .containsExactly("vendor.refused");
        assertThat(stripe.asked()).hasSize(1);
    }

    @Test
    void tellsWhatStripeSaysOfARefusedKey() {
        answer(
                401,
                "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Invalid API Key provided: rk_***\"}}");

        assertThat(rig.collect("events").errors().get(0).message()).contains("Invalid API Key provided");
        assertThat(stripe.asked()).hasSize(1);
    }

    @Test
    void readsAThinEvent() {
        answer(
                200,
                list(
                        "{\"id\":\"evt_v2\",\"object\":\"v2.core.event\",\"created\":\"2026-11-20T10:00:00.000Z\","
                                + "\"type\":\"v1.billing.meter.error\",\"related_object\":{\"id\":\"mtr_1\",\"type\":\"meter\"}}"));

        rig.collect("events");

        assertThat(rig.records().get(0).at("/data/attributes/object/id").asText())
                .isEqualTo("mtr_1");
    }

    @Test
    void makesACheckoutSessionAndAnswersWithItsUrl() throws Exception {
        answer(200, MADE);

        var made = rig.act("checkout-sessions", ORDER);

        assertThat(made.path("url").asText()).isEqualTo("https://checkout.stripe.example/c/pay/a1");
        assertThat(made.path("expires").asText()).isEqualTo("2025-11-23T08:26:40Z");
        var asked = stripe.asked().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/v1/checkout/sessions");
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.header("Stripe-Version")).isNotBlank();
        assertThat(URLDecoder.decode(asked.body(), StandardCharsets.UTF_8).split("&"))
                .containsExactlyInAnyOrder(
                        "mode=payment",
                        "line_items[0][price_data][currency]=usd",
                        "line_items[0][price_data][unit_amount]=1099",
                        "line_items[0][price_data][product_data][name]=Plan",
                        "line_items[0][quantity]=2",
                        "success_url=https://shop.example/ok?sid={CHECKOUT_SESSION_ID}",
                        "cancel_url=https://shop.example/cart",
                        "client_reference_id=order-42",
                        "metadata[order_id]=order-42");
    }

    @Test
    void sendsOneKeyForAnOrderHoweverOftenItIsTried() throws Exception {
        answer(500, "{}");
        answer(409, "{\"error\":{\"type\":\"idempotency_error\",\"code\":\"idempotency_key_in_use\"}}");
        answer(200, MADE);

        rig.act("checkout-sessions", ORDER);
        rig.act("checkout-sessions", ORDER);
        rig.act("checkout-sessions", ORDER.replace("order-42", "order-43"));
        rig.as("other-shop").act("checkout-sessions", ORDER);

        var keys = stripe.asked().stream()
                .map(asked -> asked.header("Idempotency-Key"))
                .toList();
        assertThat(keys.subList(0, 4)).containsOnly(keys.get(0));
        assertThat(keys.subList(3, 6)).doesNotHaveDuplicates();
        assertThat(keys.get(0)).matches("[0-9a-f]{40}");
    }

    @Test
    void saysAllThatAnOrderLacksAndAsksStripeForNothing() {
        var refused = refusal("{\"items\":[{\"name\":\"Plan\"}]}");

        assertThat(refused.error().code()).isEqualTo("action.invalid");
        assertThat(refused.getMessage()).contains("orderId", "successUrl", "items[0] lacks amount", "lacks currency");
        assertThat(stripe.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"orderId\":{\"a\":1}}|orderId is neither a text nor a whole number",
                "{\"mode\":\"weird\"}|mode is none of payment, subscription and setup",
                "{\"successUrl\":\"javascript:alert(1)\"}|successUrl is no http or https address",
                "{\"cancelUrl\":5}|cancelUrl is no http or https address",
                "{\"customerEmail\":[\"x\"]}|customerEmail is no mail address",
                "{\"metadata\":\"x\"}|metadata is no object of texts and whole numbers",
                "{\"metadata\":{\"a\":{}}}|metadata is no object of texts and whole numbers",
                "{\"items\":[\"x\"]}|items[0] is no object",
                "{\"items\":[null]}|items[0] is no object",
                "{\"items\":[{\"name\":\"a\",\"amount\":\"10\"}]}|items[0] lacks amount",
                "{\"items\":[{\"name\":\"a\",\"amount\":-5}]}|items[0] has an amount below 0",
                "{\"items\":[{\"name\":\"a\",\"amount\":5,\"quantity\":0}]}|items[0] has a quantity that is no whole number above 0",
                "{\"items\":[{\"name\":\"a\",\"amount\":5,\"quantity\":\"2\"}]}|items[0] has a quantity that is no whole number above 0",
                "{\"items\":[{\"name\":\"a\",\"amount\":5,\"currency\":\"dollars\"}]}|items[0] has a currency that is no code of three letters",
                "{\"items\":[{\"name\":5,\"amount\":5}]}|items[0] lacks name",
                "{\"items\":[{\"price\":7}]}|items[0] has a price that is no id"
            })
    void refusesAnOrderThatCannotBeMeantAndAsksStripeForNothing(String wrong, String why) throws Exception {
        var json = new ObjectMapper();
        var order = ((ObjectNode) json.readTree(ORDER)).setAll((ObjectNode) json.readTree(wrong));

        var refused = refusal(order.toString());

        assertThat(refused.error().code()).isEqualTo("action.invalid");
        assertThat(refused.getMessage()).contains(why);
        assertThat(stripe.asked()).isEmpty();
    }

    @Test
    void beginsAnewWhereTheObjectThatItIsBehindIsGone() {
        answer(200, list(event("evt_2", 1763800001)).replace("\"has_more\":false", "\"has_more\":true"));
        answer(
                400,
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"param\":\"starting_after\","
                        + "\"message\":\"No such event: 'evt_2'\"}}");
        answer(200, list(event("evt_1", 1763800000)));

        var run = rig.collect("events");

        assertThat(run.errors()).isEmpty();
        assertThat(run.counts().emitted()).isEqualTo(2);
    }

    @Test
    void passesOnWhatStripeRefuses() {
        answer(
                400,
                "{\"error\":{\"type\":\"idempotency_error\",\"message\":\"Keys can only be used with the same parameters\"}}");

        var refused = refusal(ORDER);

        assertThat(refused.error().httpStatus()).isEqualTo(400);
        assertThat(refused.error().retryable()).isFalse();
        assertThat(refused.getMessage()).contains("same parameters");
    }

    private RunException refusal(String order) {
        return catchThrowableOfType(RunException.class, () -> rig.act("checkout-sessions", order));
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body, Map.of()));
    }

    private static String list(String... items) {
        return "{\"object\":\"list\",\"has_more\":false,\"data\":[" + String.join(",", List.of(items)) + "]}";
    }

    private static String event(String id, long created) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"created\":" + created
                + ",\"type\":\"payout.failed\",\"data\":{\"object\":{\"id\":\"po_1\",\"object\":\"payout\"}}}";
    }

    private static String dispute(String status) {
        return "{\"id\":\"dp_1\",\"object\":\"dispute\",\"charge\":\"ch_1\",\"amount\":1099,\"currency\":\"usd\","
                + "\"reason\":\"fraudulent\",\"created\":1763800000,\"status\":\"" + status + "\"}";
    }
}
