package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others' libraries sign is accepted, and nothing else. Needs node and {@code npm ci} in {@code src/test/npm}. */
class SignersTest {
    private static final Path SCRIPTS = Path.of("src", "test", "npm");
    private static final String SECRET = "whsec_s3cret Schlüssel";
    private static final String KEY = "whsec_" + Signatures.base64(Signatures.utf8("twenty-four bytes or more"));
    private static final String BODY = "{\"zen\":\"Schöner — 漢字 😀\",\"at\":\"a\\nb\"}";

    @TempDir
    static Path folder;

    private static JsonNode signed;

    @BeforeAll
    static void sign() throws Exception {
        boolean installed = Files.isDirectory(SCRIPTS.resolve("node_modules"));
        var advice = "others' libraries are not installed: run `npm ci --prefix " + SCRIPTS + "`";
        if (Boolean.parseBoolean(System.getenv("OUTRIDER_REQUIRE_CLIENTS"))) {
            assertThat(installed).as(advice).isTrue();
        }
        assumeTrue(installed, advice);
        var out = folder.resolve("signed.json").toFile();
        var process = new ProcessBuilder("node", "sign.mjs", SECRET, KEY, BODY)
                .directory(SCRIPTS.toFile())
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        signed = new ObjectMapper().readTree(out);
    }

    @ParameterizedTest
    @CsvSource({"github", "stripe", "standard"})
    void acceptsWhatTheirLibraryHasSignedAndNoTamperedByteOfTheBody(String scheme) {
        var body = Signatures.utf8(BODY);
        assertThat(accepts(scheme, body)).isTrue();
        for (int at = 0; at < body.length; at++) {
            var tampered = body.clone();
            tampered[at] ^= 1;
            assertThat(accepts(scheme, tampered)).as("byte %d", at).isFalse();
        }
    }

    @Test
    void signsInThisTestAsTheLibrariesDo() {
        assertThat(HookSender.github(SECRET, "ping", BODY).headers().get("X-Hub-Signature-256"))
                .isEqualTo(signed.at("/github/x-hub-signature-256").asText());
        var theirs = signed.at("/stripe/stripe-signature").asText();
        var at = Instant.ofEpochSecond(Long.parseLong(theirs.replaceFirst("t=([0-9]+),.*", "$1")));
        assertThat(HookSender.stripe(SECRET, at, BODY).headers().get("Stripe-Signature"))
                .isEqualTo(theirs);
    }

    private static boolean accepts(String scheme, byte[] body) {
        var spec = new WebhookSpec();
        spec.setScheme(scheme.equals("github") ? "hmac" : scheme);
        spec.setSignatureHeader("X-Hub-Signature-256");
        spec.setPrefix("sha256=");
        var headers = new HashMap<String, String>();
        signed.path(scheme)
                .fields()
                .forEachRemaining(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        var secret = scheme.equals("standard") ? KEY : SECRET;
        return Verifier.verify(spec, List.of(secret), new Received(headers, body, null), Instant.now());
    }
}
