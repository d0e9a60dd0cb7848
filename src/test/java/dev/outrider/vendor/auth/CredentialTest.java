package dev.outrider.vendor.auth;

import static dev.outrider.vendor.TestKeys.part;
import static dev.outrider.vendor.TestKeys.pem;
import static dev.outrider.vendor.TestKeys.rsa;
import static dev.outrider.vendor.TestKeys.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.spec.TokenSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialTest {
    private final FakeVendor vendor = new FakeVendor(this::answer);
    private final TestClients clients = new TestClients(vendor);
    private final TokenSpec spec = new TokenSpec();
    private String reply = "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private String refused = "";
    private int issued;

    @AfterEach
    void stop() {
        clients.close();
    }

    @Test
    void signsAnAssertionWithAnRsaKeyAndSpendsItOnce() throws Exception {
        var keys = rsa();
        privateKey(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));

        call(clients.client());

        var form = form(vendor.asked().get(0));
        assertThat(form).containsEntry("grant_type", "client_credentials").containsEntry("scope", "a.read b.read");
        var jwt = form.get("client_assertion");
        assertThat(verified(jwt, keys, "SHA256withRSA")).isTrue();
        assertThat(part(jwt, 0).path("kid").asText()).isEqualTo("key-1");
        assertThat(part(jwt, 1).path("iss").asText()).isEqualTo("client-1");
        assertThat(part(jwt, 1).path("sub").asText()).isEqualTo("client-1");
        assertThat(part(jwt, 1).path("aud").asText()).isEqualTo(vendor.url() + "/oauth2/v1/token");
        assertThat(part(jwt, 1).path("exp").asLong() - part(jwt, 1).path("iat").asLong())
                .isEqualTo(300);
        assertThat(vendor.asked().get(1).header("Authorization")).isEqualTo("Bearer t1");
    }

    @Test
    void signsWithAnEcKey() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var keys = generator.generateKeyPair();
        privateKey(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));

        call(clients.client());

        var jwt = form(vendor.asked().get(0)).get("client_assertion");
        assertThat(part(jwt, 0).path("alg").asText()).isEqualTo("ES256");
        assertThat(verified(jwt, keys, "SHA256withECDSAinP1363Format")).isTrue();
    }

    @Test
    void readsPkcs1KeysWithWrittenLineEnds() throws Exception {
        var keys = rsa();
        // What PKCS#8 wraps is the PKCS#1 key: it begins 26 bytes in.
        var pkcs8 = keys.getPrivate().getEncoded();
        var pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        privateKey(pem("RSA PRIVATE KEY", pkcs1).replace("\n", "\\n"));

        call(clients.client());

        assertThat(verified(form(vendor.asked().get(0)).get("client_assertion"), keys, "SHA256withRSA"))
                .isTrue();
    }

    @Test
    void saysWhatIsWrongWithAKeyWithoutQuotingIt() {
        privateKey("-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----");

        var failure = catchThrowableOfType(VendorException.class, () -> call(clients.client()));

        assertThat(failure.error().code()).isEqualTo("credentials.unusable");
        assertThat(failure.error().retryable()).isFalse();
        assertThat(failure.getMessage()).doesNotContain("c2VjcmV0");
    }

    @Test
    void fetchesOneTokenForManyCallers() {
        secret();
        var client = clients.client();

        var calls = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.runAsync(() -> call(client)))
                .toList();
        calls.forEach(CompletableFuture::join);

        assertThat(issued).isEqualTo(1);
        assertThat(vendor.asked()).hasSize(9);
    }

    @Test
    void renewsARefusedTokenOnce() {
        secret();
        refused = "Bearer t1";
        var client = clients.client();

        call(client);
        call(client);

        assertThat(issued).isEqualTo(2);
        assertThat(vendor.targets()).containsExactly("/token", "/x", "/token", "/x", "/x");
    }

    @Test
    void givesUpWhenTheFreshTokenIsRefusedToo() {
        secret();
        refused = "Bearer";
        var failure = catchThrowableOfType(VendorException.class, () -> call(clients.client()));

        assertThat(failure.error().code()).isEqualTo("vendor.unauthorized");
        assertThat(vendor.targets()).containsExactly("/token", "/x", "/token", "/x");
    }

    @Test
    void namesWhatTheTokenEndpointSaid() {
        secret();
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"The client secret is wrong\"}"));

        var failure = catchThrowableOfType(VendorException.class, () -> call(clients.client()));

        assertThat(failure.error().code()).isEqualTo("vendor.unauthorized");
        assertThat(failure.getMessage()).contains("invalid_client").doesNotContain("planted");
        assertThat(vendor.asked()).hasSize(1);
    }

    @Test
    void fetchesAnInstallationTokenForAnApp() throws Exception {
        var keys = rsa();
        clients.secrets().put("privateKey", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        clients.settings().putAll(Map.of("appId", "77", "installationId", "42"));
        spec.setSecret("privateKey");
        spec.setTokenUrl("{url}/app/installations/{installationId}/access_tokens");
        spec.setClientId("{appId}");
        spec.setToken("/token");
        clients.spec().getAuth().setApp(spec);
        reply = "{\"token\":\"ghs_%d\",\"expires_at\":\"2099-01-01T00:00:00Z\"}";

        call(clients.client());

        var asked = vendor.asked().get(0);
        assertThat(asked.target()).isEqualTo("/app/installations/42/access_tokens");
        var jwt = asked.header("Authorization").substring("Bearer ".length());
        assertThat(verified(jwt, keys, "SHA256withRSA")).isTrue();
        assertThat(part(jwt, 1).path("iss").asText()).isEqualTo("77");
        assertThat(vendor.asked().get(1).header("Authorization")).isEqualTo("Bearer ghs_1");
    }

    @Test
    void provesPossessionWhenTheVendorAsksForIt() throws Exception {
        var keys = rsa();
        privateKey(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        spec.setDpop(true);
        vendor.answer((asked, exchange) -> {
            var proof = asked.header("DPoP");
            if (!asked.target().endsWith("token")) {
                FakeVendor.json(exchange, 200, "[]");
            } else if (proof == null) {
                FakeVendor.json(exchange, 400, "{\"error\":\"invalid_dpop_proof\"}");
            } else if (!part(proof, 1).path("nonce").asText().equals("n-1")) {
                exchange.getResponseHeaders().add("dpop-nonce", "n-1");
                FakeVendor.json(exchange, 400, "{\"error\":\"use_dpop_nonce\"}");
            } else {
                FakeVendor.json(
                        exchange, 200, "{\"access_token\":\"bound\",\"token_type\":\"DPoP\",\"expires_in\":3600}");
            }
        });
        var client = clients.client();

        client.call(VendorRequest.get(URI.create(client.base() + "/x?q=1"), "/x"), TestClients.NOBODY);

        var assertions = vendor.asked().stream()
                .filter(asked -> asked.target().endsWith("token"))
                .map(asked -> form(asked).get("client_assertion"))
                .toList();
        assertThat(assertions).hasSize(3).doesNotHaveDuplicates();
        var last = vendor.asked().get(3);
        assertThat(last.header("Authorization")).isEqualTo("DPoP bound");
        assertThat(part(last.header("DPoP"), 1).path("htu").asText()).isEqualTo(vendor.url() + "/x");
        assertThat(part(last.header("DPoP"), 1).path("ath").asText()).isEqualTo(Dpop.hash("bound"));
    }

    @Test
    void hashesATokenAsTheStandardDoes() {
        assertThat(Dpop.hash("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"))
                .isEqualTo("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    }

    private void answer(FakeVendor.Asked asked, com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        if (asked.method().equals("POST")) {
            synchronized (this) {
                issued++;
            }
            FakeVendor.json(exchange, 201, String.format(reply, issued));
        } else {
            boolean no = !refused.isEmpty() && asked.header("Authorization").startsWith(refused);
            FakeVendor.json(exchange, no ? 401 : 200, no ? "{}" : "[]");
        }
    }

    private void privateKey(String pem) {
        clients.secrets().put("privateKey", pem);
        clients.settings().putAll(Map.of("clientId", "client-1", "keyId", "key-1"));
        spec.setSecret("privateKey");
        spec.setTokenUrl("{url}/oauth2/v1/token");
        spec.setKeyId("{keyId}");
        spec.setScope("a.read b.read");
        clients.spec().getAuth().setPrivateKeyJwt(spec);
    }

    private void secret() {
        clients.secrets().putAll(Map.of("clientId", "client-1", "clientSecret", "planted"));
        spec.setSecret("clientSecret");
        spec.setTokenUrl("{url}/token");
        clients.spec().getAuth().setClientCredentials(spec);
    }

    private static void call(VendorClient client) {
        client.call(VendorRequest.get(URI.create(client.base() + "/x"), "/x"), TestClients.NOBODY);
    }

    private static Map<String, String> form(FakeVendor.Asked asked) {
        var form = new HashMap<String, String>();
        for (var field : List.of(asked.body().split("&"))) {
            var parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
