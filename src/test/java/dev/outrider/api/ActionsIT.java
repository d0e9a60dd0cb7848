package dev.outrider.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.vendor.FakeVendor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a class can do at its vendor, asked for over the API of the packaged application. */
class ActionsIT {
    private static final String ACTION = "/api/integrations/shop/actions/checkout-sessions";
    private static final String ORDER =
            "{\"orderId\":\"order-42\",\"items\":[{\"price\":\"price_1\"}],\"successUrl\":\"https://shop.example/ok\"}";

    @TempDir
    Path folder;

    private final FakeVendor stripe = new FakeVendor((asked, exchange) -> FakeVendor.json(
            exchange, 200, "{\"id\":\"cs_1\",\"url\":\"https://checkout.stripe.example/c/1\",\"status\":\"open\"}"));
    private OutriderProcess outrider;

    @BeforeEach
    void start() {
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_ALLOW_PRIVATE", "true")
                .with("SHOP_KEY", "rk_test_canary")
                .declaring(
                        """
                        integrations:
                          - name: shop
                            class: stripe
                            tenant: acme
                            settings: { url: "%s" }
                            secrets: { apiKey: "{{env:SHOP_KEY}}" }
                          - { name: scans, class: nessus, tenant: acme }
                        """
                                .formatted(stripe.url()))
                .start();
    }

    @AfterEach
    void stop() {
        outrider.close();
        stripe.close();
    }

    @Test
    void answersWithTheUrlOfTheSession() {
        var answer = outrider.post(ACTION, ORDER);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("url").asText()).isEqualTo("https://checkout.stripe.example/c/1");
        assertThat(stripe.asked().get(0).header("Authorization")).isEqualTo("Bearer rk_test_canary");
    }

    @Test
    void tellsWhoseFaultItIs() {
        problem(outrider.post(ACTION, "{}"), 400, "orderId is missing");
        problem(outrider.post(ACTION, "[]"), 400, "JSON object");
        problem(outrider.post(ACTION, "{"), 400, "not JSON");
        problem(outrider.post("/api/integrations/scans/actions/checkout-sessions", ORDER), 404, "no action");
        problem(outrider.post("/api/integrations/none/actions/checkout-sessions", ORDER), 404, "no integration");
        stripe.answer((asked, exchange) ->
                FakeVendor.json(exchange, 400, "{\"error\":{\"message\":\"No such price: price_1\"}}"));
        problem(outrider.post(ACTION, ORDER), 422, "No such price");
        stripe.answer((asked, exchange) -> FakeVendor.json(
                exchange, 401, "{\"error\":{\"message\":\"Invalid API Key provided: rk_test_canary\"}}"));
        var refused = outrider.post(ACTION, ORDER);
        problem(refused, 502, "Invalid API Key provided: ***");
        assertThat(outrider.log()).doesNotContain("canary");
    }

    private static void problem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("detail").asText()).contains(detail);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return OutriderProcess.parse(answer.body());
    }
}
