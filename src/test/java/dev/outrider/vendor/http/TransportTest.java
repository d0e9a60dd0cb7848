package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.record.RunException;
import dev.outrider.vendor.EgressGuard;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.spec.HttpSpec;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransportTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeVendor vendor = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 200, "[]"));
    private Transport transport;

    @BeforeEach
    void start() {
        camel.start();
        transport = new Transport(camel, "acme", new HttpSpec(), new EgressGuard(true));
    }

    @AfterEach
    void stop() {
        transport.close();
        vendor.close();
        camel.stop();
    }

    @Test
    void sendsAVendorsLinkToTheLetter() throws Exception {
        var target =
                "/api/v1/logs?after=a%2Bb+c%3D%3D&x=%7B%22a%22%7D&y=%C3%A4~*'()&filter=a%20gt%20%22b%22&z=RAW(1)%26";

        get(target);

        assertThat(vendor.targets()).containsExactly(target);
        assertThat(vendor.asked().get(0).header("User-Agent")).startsWith("Outrider/");
        assertThat(vendor.asked().get(0).header("Accept-Encoding")).contains("gzip");
    }

    @Test
    void keepsHeaderLinesApartAndLeavesRefusalsToTheEngine() throws Exception {
        vendor.answer((asked, exchange) -> {
            exchange.getResponseHeaders().add("Link", "<a>; rel=\"self\"");
            exchange.getResponseHeaders().add("Link", "<b>; rel=\"next\"");
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.getResponseHeaders().add("CamelHttpUri", "http://evil.example");
            FakeVendor.json(exchange, 429, "{}");
        });

        try (var reply = get("/")) {
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.headers().all("link")).containsExactly("<a>; rel=\"self\"", "<b>; rel=\"next\"");
        }
        assertThat(vendor.asked()).hasSize(1);
    }

    @Test
    void readsCompressedBodies() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("[1]".getBytes(StandardCharsets.UTF_8));
        }
        vendor.answer((asked, exchange) -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            FakeVendor.send(exchange, 200, packed.toByteArray());
        });

        try (var reply = get("/")) {
            assertThat(reply.body().readAllBytes()).asString().isEqualTo("[1]");
        }
    }

    @Test
    void streamsWithoutHoldingTheBody() throws Exception {
        vendor.answer((asked, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[64]);
            exchange.getResponseBody().flush();
            // The rest never comes before the client has begun to read.
            exchange.getResponseBody().write(new byte[100_000]);
        });

        try (var reply = get("/")) {
            assertThat(reply.body().getClass().getName()).doesNotContain("ByteArray");
            assertThat(reply.body().readAllBytes()).hasSize(100_064);
        }
    }

    @Test
    void takesACutBodyForAnError() throws Exception {
        vendor.answer((asked, exchange) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            throw new java.io.IOException("cut");
        });

        try (var reply = get("/")) {
            assertThatThrownBy(() -> reply.body().readAllBytes()).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void dialsNoPrivateAddress() {
        try (var strict = new Transport(camel, "strict", new HttpSpec(), new EgressGuard(false))) {
            assertThatThrownBy(() ->
                            strict.send("GET", URI.create(vendor.url() + "/"), Map.of(), null, TestClients.NOBODY))
                    .isInstanceOfSatisfying(
                            RunException.class,
                            refused -> assertThat(refused.error().code()).isEqualTo(EgressGuard.CODE));
        }
        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void hasNoMoreConnectionsThanItReuses() throws Exception {
        for (int call = 0; call < 30; call++) {
            try (var reply = get("/")) {
                reply.body().readAllBytes();
            }
        }
        assertThat(vendor.asked()).hasSize(30);
    }

    private RawReply get(String target) throws Exception {
        return transport.send(
                "GET",
                URI.create(vendor.url() + target),
                Map.of("Accept", "application/json"),
                null,
                TestClients.NOBODY);
    }
}
