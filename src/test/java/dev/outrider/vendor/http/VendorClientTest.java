package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.quota.Waiter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorClientTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final FakeVendor vendor = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 200, "[1]"));
    private final TestClients clients = new TestClients(vendor);

    @AfterEach
    void stop() {
        clients.close();
    }

    @Test
    void sendsTheSecretAndTheClasssHeaders() {
        clients.spec().setHeaders("X-Version: {apiVersion}\nAccept: application/vnd.test+json");
        clients.settings().put("apiVersion", "2026-01-01");

        assertThat(get().body().size()).isEqualTo(1);

        var asked = vendor.asked().get(0);
        assertThat(asked.header("Authorization")).isEqualTo("SSWS s3cr3t");
        assertThat(asked.header("X-Version")).isEqualTo("2026-01-01");
        assertThat(asked.header("Accept")).isEqualTo("application/vnd.test+json");
        assertThat(asked.header("User-Agent")).startsWith("Outrider/");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void triesAgainWhatMayPass(int status) {
        first(1, status, "{}");

        assertThat(get().ok()).isTrue();
        assertThat(vendor.asked()).hasSize(2);
    }

    @Test
    void givesUpAfterItsAttempts() {
        first(100, 500, "{\"errorSummary\":\"down for lunch\"}");

        var failure = failure();

        assertThat(failure.error().code()).isEqualTo("vendor.server_error");
        assertThat(failure.error().httpStatus()).isEqualTo(500);
        assertThat(failure.error().retryable()).isTrue();
        assertThat(failure.error().attempt()).isEqualTo(5);
        assertThat(failure.error().message()).contains("down for lunch");
        assertThat(vendor.asked()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 422})
    void doesNotRepeatWhatIsFinal(int status) {
        first(100, status, "{}");

        assertThat(failure().error().retryable()).isFalse();
        assertThat(vendor.asked()).hasSize(1);
    }

    @Test
    void takesARotatedSecretAfterOneRefusal() {
        vendor.answer((asked, exchange) -> {
            clients.secrets().put("token", "rotated");
            FakeVendor.json(exchange, asked.header("Authorization").endsWith("rotated") ? 200 : 401, "[]");
        });

        assertThat(get().ok()).isTrue();
        assertThat(vendor.asked()).hasSize(2);
    }

    @Test
    void waitsAsLongAsTheVendorAsks() {
        vendor.answer((asked, exchange) -> {
            if (calls.incrementAndGet() == 1) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                FakeVendor.json(exchange, 429, "{}");
            } else {
                FakeVendor.json(exchange, 200, "[]");
            }
        });
        var before = Instant.now();

        get();

        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        assertThat(vendor.asked()).hasSize(2);
    }

    @Test
    void triesAgainAfterARefusalThatDoesNotSayWhen() {
        first(2, 429, "{}");

        assertThat(get().ok()).isTrue();
        assertThat(vendor.asked()).hasSize(3);
    }

    @Test
    void tellsASecondaryLimitFromAMissingRight() {
        clients.spec().getRetry().setLimitedIf("403: secondary rate");
        clients.spec().getRetry().setLimitWaitSecs(1);
        first(1, 403, "{\"message\":\"You have exceeded a Secondary Rate limit\"}");
        assertThat(get().ok()).isTrue();

        first(1, 403, "{\"message\":\"Resource not accessible\"}");
        assertThat(failure().error().code()).isEqualTo("vendor.forbidden");
    }

    @Test
    void namesACircleOfRedirects() {
        vendor.answer((asked, exchange) -> {
            exchange.getResponseHeaders().add("Location", "/again");
            FakeVendor.json(exchange, 302, "{}");
        });

        var failure = failure();

        assertThat(failure.error().code()).isEqualTo("vendor.redirect_loop");
        assertThat(failure.getMessage()).contains("redirected 5 times").contains("/again");
        assertThat(failure.retryable()).isFalse();
        assertThat(vendor.asked()).hasSize(6);
    }

    @Test
    void leavesAWaitWhenCancelled() {
        vendor.answer((asked, exchange) -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            FakeVendor.json(exchange, 429, "{}");
        });
        var cancelled = new AtomicBoolean();
        var client = clients.client();
        var call = CompletableFuture.supplyAsync(
                () -> client.call(request(client, "/x"), new Waiter("acme", "users", cancelled::get)));
        Awaitility.await().until(() -> !clients.ledger().view().waiting().isEmpty());
        var wait = clients.ledger().view().waiting().get(0);

        assertThat(wait.integration()).isEqualTo("acme");
        assertThat(wait.stream()).isEqualTo("users");
        assertThat(wait.until()).isAfter(Instant.now().plusSeconds(3000));
        cancelled.set(true);

        assertThatThrownBy(call::get).hasCauseInstanceOf(RunException.class).hasMessageContaining("job.cancelled");
    }

    @Test
    void asksAgainForACutBody() {
        vendor.answer((asked, exchange) -> {
            if (calls.incrementAndGet() == 1) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("[1,".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                throw new IOException("cut");
            }
            FakeVendor.json(exchange, 200, "[1,2]");
        });

        assertThat(get().body().size()).isEqualTo(2);
    }

    @Test
    void takesABodyCutWithoutALengthForAnError() {
        first(100, 200, "[{\"id\":1},{\"id\":");

        assertThat(failure().error().code()).isEqualTo("vendor.not_json");
        assertThat(failure().getMessage()).doesNotContain("\"id\"");
    }

    @Test
    void takesHtmlForAnError() {
        vendor.answer((asked, exchange) -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            FakeVendor.send(exchange, 200, "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(failure().error().code()).isEqualTo("vendor.not_json");
        assertThat(failure().getMessage()).contains("text/html");
    }

    @Test
    void takesAnEmptyBodyForAnError() {
        vendor.answer((asked, exchange) -> FakeVendor.send(exchange, 200, new byte[0]));

        assertThat(failure().error().code()).isEqualTo("vendor.empty_body");
    }

    @Test
    void takesAnErrorInAGoodReplyForAnError() {
        clients.spec().getRetry().setErrors("/errorCode,/errors");
        first(100, 200, "{\"errorCode\":\"E0000009\",\"errorSummary\":\"Internal\"}");

        assertThat(failure().error().code()).isEqualTo("vendor.error_in_body");

        first(100, 200, "{\"errors\":[],\"resources\":[]}");
        assertThat(get().ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'errors':[{'code':500,'message':'oops'}]}",
                "{'errors':[{'code':429}]}",
                "{'errors':'Service temporarily unavailable'}"
            })
    void triesAnErrorInAGoodAnswerAgainWhereItMayPass(String body) {
        clients.spec().getRetry().setErrors("/errors");
        first(1, 200, body.replace('\'', '"'));

        assertThat(get().ok()).isTrue();
        assertThat(vendor.asked()).hasSize(2);
    }

    @Test
    void triesAnErrorInAGoodAnswerAgainAsTheClassSays() {
        clients.spec().getRetry().setErrors("/errors");
        first(100, 200, "{\"errors\":[{\"code\":4001,\"message\":\"invalid sort\"}]}");

        assertThat(failure().error().retryable()).isFalse();
        assertThat(vendor.asked()).hasSize(1);

        clients.spec().getRetry().setErrorsAgainIf("\"code\":4001");

        assertThat(failure().error().retryable()).isTrue();
        assertThat(vendor.asked()).hasSize(1 + 5);
    }

    @Test
    void refusesAReplyWithoutEnd() {
        clients.spec().setMaxBodyMb(1);
        vendor.answer((asked, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            var chunk = ("\"" + "x".repeat(1000) + "\",").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseBody().write('[');
            for (int at = 0; at < 3000; at++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        assertThat(failure().error().code()).isEqualTo("vendor.body_too_large");
        assertThat(vendor.asked()).hasSize(1);
    }

    @Test
    void givesUpOnASilentVendor() {
        clients.spec().setResponseTimeoutSecs(1);
        clients.spec().getRetry().setAttempts(1);
        var release = new CompletableFuture<Void>();
        vendor.answer((asked, exchange) -> release.join());

        assertThat(failure().error().code()).isEqualTo("vendor.timeout");
        release.complete(null);
    }

    @Test
    void followsARedirectOnItsOwnOriginOnly() {
        vendor.answer((asked, exchange) -> {
            if (asked.target().equals("/x")) {
                exchange.getResponseHeaders().add("Location", "/repositories/7");
                FakeVendor.json(exchange, 301, "{}");
            } else {
                FakeVendor.json(exchange, 200, "[]");
            }
        });

        assertThat(get().uri().getPath()).isEqualTo("/repositories/7");
        assertThat(vendor.asked())
                .allSatisfy(asked -> assertThat(asked.header("Authorization")).isNotNull());
    }

    @Test
    void neverFollowsARedirectElsewhere() {
        try (var other = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 200, "[]"))) {
            vendor.answer((asked, exchange) -> {
                exchange.getResponseHeaders().add("Location", other.url() + "/steal");
                FakeVendor.json(exchange, 302, "{}");
            });
            var client = clients.client();

            assertThatThrownBy(() -> client.call(request(client, "/x"), TestClients.NOBODY))
                    .isInstanceOfSatisfying(
                            RunException.class,
                            refused -> assertThat(refused.error().code()).isEqualTo("egress.refused"));
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void takesNoSecretToAnotherHostOfTheClassWhetherByRedirectOrByLink() {
        try (var other = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 200, "[]"))) {
            var there = other.url().replace("127.0.0.1", "localhost");
            clients.spec().setHosts("localhost");
            vendor.answer((asked, exchange) -> {
                exchange.getResponseHeaders().add("Location", there + "/by-redirect");
                FakeVendor.json(exchange, 302, "{}");
            });
            var client = clients.client();

            client.call(request(client, "/x"), TestClients.NOBODY);
            client.call(VendorRequest.get(URI.create(there + "/by-link"), "/x"), TestClients.NOBODY);

            assertThat(vendor.asked().get(0).header("Authorization")).isEqualTo("SSWS s3cr3t");
            assertThat(other.targets()).containsExactly("/by-redirect", "/by-link");
            assertThat(other.asked())
                    .allSatisfy(asked ->
                            assertThat(Map.copyOf(asked.headers()).toString()).doesNotContain("s3cr3t"));
        }
    }

    @Test
    void leavesAVendorAloneThatIsDown() {
        first(1000, 500, "{}");
        var client = clients.client();
        for (int call = 0; call < 10; call++) {
            catchThrowableOfType(VendorException.class, () -> client.call(request(client, "/x"), TestClients.NOBODY));
        }

        assertThat(vendor.asked().size()).isLessThan(30);
        assertThatThrownBy(() -> client.call(request(client, "/x"), TestClients.NOBODY))
                .hasMessageContaining("vendor.unavailable");
    }

    @Test
    void takesNoVendorThatAsksToWaitForOneThatIsDown() {
        clients.spec().getRetry().setStatuses("409");
        first(40, 409, "{}");
        var client = clients.client();
        for (int call = 0; call < 8; call++) {
            catchThrowableOfType(VendorException.class, () -> client.call(request(client, "/x"), TestClients.NOBODY));
        }

        assertThat(client.call(request(client, "/x"), TestClients.NOBODY).ok()).isTrue();
    }

    @Test
    void namesASecretThatLeadsNowhere() {
        clients.spec().getAuth().getHeader().setFormat("Bearer {nothing}");

        assertThat(failure().error().code()).isEqualTo("credentials.unusable");
        assertThat(vendor.asked()).isEmpty();
    }

    private void first(int times, int status, String body) {
        var left = new AtomicInteger(times);
        vendor.answer((asked, exchange) -> {
            boolean now = left.getAndDecrement() > 0;
            FakeVendor.json(exchange, now ? status : 200, now ? body : "[1]");
        });
    }

    private VendorReply get() {
        var client = clients.client();
        return client.call(request(client, "/x"), TestClients.NOBODY);
    }

    private VendorException failure() {
        return catchThrowableOfType(VendorException.class, this::get);
    }

    private static VendorRequest request(VendorClient client, String path) {
        return VendorRequest.get(URI.create(client.base() + path), path);
    }
}
