package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String GITHUB = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final String STRIPE =
            "t=1700000000,v1=13941114bb88ac44a76abcfddea5b92aa6182a4b63d8be3aae908a616083bd7e";
    private static final String STRIPE_OLD = "691c09b106501af16293eab217f5d7bf48f90431c262c78213bc0a60e6f4d454";
    private static final String EVENT = "{\"id\":\"evt_test\"}";

    @Test
    void acceptsThePublishedVectorOfGitHubAndNoTamperedByte() {
        var spec = github();
        var headers = Map.of("x-hub-signature-256", GITHUB);

        everyTamperedByteIsRefused(spec, "It's a Secret to Everybody", headers, "Hello, World!");
    }

    @Test
    void acceptsAnyOfSeveralSecretsAndNoneWithoutOne() {
        var received = received(Map.of("x-hub-signature-256", GITHUB), "Hello, World!");

        assertThat(Verifier.verify(github(), List.of("new", "It's a Secret to Everybody"), received, NOW))
                .isTrue();
        assertThat(Verifier.verify(github(), List.of(), received, NOW)).isFalse();
        assertThat(Verifier.verify(github(), List.of(""), received, NOW)).isFalse();
    }

    @Test
    void acceptsStripeWithinItsToleranceOnly() {
        var spec = spec("stripe");
        var received = received(Map.of("stripe-signature", STRIPE), EVENT);
        var secret = List.of("whsec_test_secret");

        assertThat(Verifier.verify(spec, secret, received, NOW.plusSeconds(300)))
                .isTrue();
        assertThat(Verifier.verify(spec, secret, received, NOW.plusSeconds(301)))
                .isFalse();
        assertThat(Verifier.verify(spec, secret, received, NOW.minusSeconds(301)))
                .isFalse();
        everyTamperedByteIsRefused(spec, secret.get(0), received.headers(), EVENT);
    }

    @Test
    void acceptsStripeWithSeveralSignaturesAndIgnoresTheTestScheme() {
        var spec = spec("stripe");
        var two = received(Map.of("stripe-signature", STRIPE + ",v1=" + STRIPE_OLD), EVENT);
        var downgraded = received(Map.of("stripe-signature", STRIPE.replace("v1=", "v0=")), EVENT);

        assertThat(Verifier.verify(spec, List.of("whsec_test_secret"), two, NOW))
                .isTrue();
        assertThat(Verifier.verify(spec, List.of("whsec_old_secret"), two, NOW)).isTrue();
        assertThat(Verifier.verify(spec, List.of("whsec_test_secret"), downgraded, NOW))
                .isFalse();
    }

    @Test
    void acceptsStandardWebhooksWithASharedSecret() {
        var key = "a key of some twenty-four".getBytes(StandardCharsets.UTF_8);
        var signature = Signatures.base64(
                Signatures.hmac("sha256", key, Signatures.utf8("msg_1.1700000000."), Signatures.utf8(EVENT)));

        everyTamperedByteIsRefused(
                spec("standard"),
                "whsec_" + Signatures.base64(key),
                Map.of(
                        "webhook-id",
                        "msg_1",
                        "webhook-timestamp",
                        "1700000000",
                        "webhook-signature",
                        "v1," + signature),
                EVENT);
    }

    @Test
    void acceptsStandardWebhooksWithAPublicKey() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(Signatures.utf8("msg_1.1700000000." + EVENT));
        var encoded = pair.getPublic().getEncoded();
        var key = Signatures.base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));

        everyTamperedByteIsRefused(
                spec("standard"),
                "whpk_" + key,
                Map.of(
                        "webhook-id",
                        "msg_1",
                        "webhook-timestamp",
                        "1700000000",
                        "webhook-signature",
                        "v1a," + Base64.getEncoder().encodeToString(signer.sign())),
                EVENT);
    }

    @Test
    void acceptsBearerBasicStaticHeaderAndCertificate() {
        var basic = "Basic " + Signatures.base64(Signatures.utf8("user:word"));
        var fixed = spec("static");
        fixed.setSignatureHeader("X-Token");
        var certified = new Received(Map.of(), new byte[0], "ab12");

        assertThat(accepts(spec("bearer"), "s3cret", Map.of("authorization", "Bearer s3cret")))
                .isTrue();
        assertThat(accepts(spec("bearer"), "s3cret", Map.of("authorization", "s3cret")))
                .isFalse();
        assertThat(accepts(spec("basic"), "user:word", Map.of("authorization", basic)))
                .isTrue();
        assertThat(accepts(fixed, "s3cret", Map.of("x-token", "s3cret"))).isTrue();
        assertThat(accepts(fixed, "s3cret", Map.of())).isFalse();
        assertThat(Verifier.verify(spec("mtls"), List.of("AB:12"), certified, NOW))
                .isTrue();
        assertThat(accepts(spec("mtls"), "AB:12", Map.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s ", "Other %s", "Bearer  %s", "Bearer %s ", "Bearer%s"})
    void acceptsASchemeInAnyCaseAndNoOtherText(String refused) {
        for (var scheme : List.of("bearer", "BEARER", "Bearer")) {
            assertThat(accepts(spec("bearer"), "s3cret", Map.of("authorization", scheme + " s3cret")))
                    .as(scheme)
                    .isTrue();
            assertThat(accepts(spec("bearer"), "s3cret", Map.of("authorization", scheme + " S3CRET")))
                    .as(scheme)
                    .isFalse();
        }
        var word = Signatures.base64(Signatures.utf8("user:word"));
        assertThat(accepts(spec("basic"), "user:word", Map.of("authorization", "basic " + word)))
                .isTrue();
        assertThat(accepts(spec("basic"), "user:word", Map.of("authorization", "bearer " + word)))
                .isFalse();
        assertThat(accepts(spec("bearer"), "s3cret", Map.of("authorization", refused.formatted("s3cret"))))
                .isFalse();
    }

    @Test
    void acceptsAnOutboundMessageOfExactlyTheOrganizationAndReadsNoEntity() {
        var message =
                """
                <notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D000000000001EAA</OrganizationId>
                <Notification><Id>04l1</Id><sObject xmlns:sf="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:type="sf:User"><sf:Id>005</sf:Id></sObject></Notification></notifications>""";
        var hostile = "<!DOCTYPE n [<!ENTITY o \"00D000000000001EAA\">]><n><OrganizationId>&o;</OrganizationId></n>";
        var header =
                "<Envelope><Header><OrganizationId>00D000000000001EAA</OrganizationId></Header><Body><notifications>"
                        + "<OrganizationId>00D000000000002EAA</OrganizationId></notifications></Body></Envelope>";
        var inside =
                "<notifications><Notification><Id>04l1</Id><sObject><OrganizationId>00D000000000001EAA</OrganizationId>"
                        + "</sObject></Notification></notifications>";
        var spec = spec("salesforce");

        for (var elsewhere : List.of(header, inside, "<a><OrganizationId>00D000000000001EAA</OrganizationId></a>")) {
            assertThat(Verifier.verify(spec, List.of("00D000000000001EAA"), received(Map.of(), elsewhere), NOW))
                    .as(elsewhere)
                    .isFalse();
        }
        assertThat(Verifier.verify(spec, List.of("00D000000000001EAA"), received(Map.of(), message), NOW))
                .isTrue();
        assertThat(Verifier.verify(spec, List.of("00D000000000001"), received(Map.of(), message), NOW))
                .isTrue();
        assertThat(Verifier.verify(spec, List.of("00D000000000002EAA"), received(Map.of(), message), NOW))
                .isFalse();
        assertThat(Verifier.verify(spec, List.of("00D000000000001EAA"), received(Map.of(), hostile), NOW))
                .isFalse();
        var items = Items.read(spec, Map.of(), Signatures.utf8(message));
        assertThat(items.good.get(0).json().at("/object/Id").asText()).isEqualTo("005");
        assertThat(items.good.get(0).json().path("type").asText()).isEqualTo("User");
    }

    private static void everyTamperedByteIsRefused(
            WebhookSpec spec, String secret, Map<String, String> headers, String body) {
        assertThat(Verifier.verify(spec, List.of(secret), received(headers, body), NOW))
                .isTrue();
        for (int at = 0; at < body.length(); at++) {
            assertThat(Verifier.verify(spec, List.of(secret), received(headers, tampered(body, at)), NOW))
                    .as("byte %d of the body", at)
                    .isFalse();
        }
        headers.forEach((name, value) -> {
            for (int at = 0; at < value.length(); at++) {
                var changed = new HashMap<>(headers);
                changed.put(name, tampered(value, at));
                assertThat(Verifier.verify(spec, List.of(secret), received(changed, body), NOW))
                        .as("%s: %s", name, changed.get(name))
                        .isFalse();
            }
        });
    }

    private static String tampered(String text, int at) {
        return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
    }

    private static boolean accepts(WebhookSpec spec, String secret, Map<String, String> headers) {
        return Verifier.verify(spec, List.of(secret), received(headers, "{}"), NOW);
    }

    private static Received received(Map<String, String> headers, String body) {
        return new Received(headers, Signatures.utf8(body), null);
    }

    private static WebhookSpec github() {
        var spec = spec("hmac");
        spec.setSignatureHeader("X-Hub-Signature-256");
        spec.setPrefix("sha256=");
        return spec;
    }

    private static WebhookSpec spec(String scheme) {
        var spec = new WebhookSpec();
        spec.setScheme(scheme);
        return spec;
    }
}
