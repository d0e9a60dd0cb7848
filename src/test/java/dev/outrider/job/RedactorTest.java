package dev.outrider.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "s3cr3t-of-acme?>~";

    private final Redactor redactor = redactor(Map.of("token", SECRET));

    private static Redactor redactor(Map<String, String> secrets) {
        return Redactor.of(
                new Integration(
                        "acme",
                        "okta",
                        "acme",
                        Integration.MANUAL,
                        JsonNodeFactory.instance.objectNode(),
                        secrets,
                        "test"),
                new Secrets(new DefaultCamelContext()));
    }

    @Test
    void takesASecretOut() {
        assertThat(redactor.apply("refused " + SECRET + " at 10:00")).isEqualTo("refused *** at 10:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "client:%s", "a:%s", "ab:%s", "%s:", "{\"secret\":\"%s\",\"x\":1}"})
    void takesOutWhatHoldsASecretInBase64(String around) {
        var bytes = around.formatted(SECRET).getBytes(StandardCharsets.UTF_8);

        for (var encoder : new Base64.Encoder[] {
            Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding()
        }) {
            assertThat(redactor.apply("bad Basic " + encoder.encodeToString(bytes) + ", go away"))
                    .isEqualTo("bad Basic ***, go away");
        }
    }

    @Test
    void takesEachOfSeveralWebhookSecretsOut() {
        var rotated = redactor(Map.of("webhookSecret", "the old one,\nthe new one"));

        assertThat(rotated.apply("the new one or the old one")).isEqualTo("*** or ***");
    }

    @Test
    void takesASecretOutOfJsonAndForms() {
        var quoted = redactor(Map.of("token", "a\"b\\c d&e"));

        assertThat(quoted.apply("{\"x\":\"a\\\"b\\\\c d&e\"}")).isEqualTo("{\"x\":\"***\"}");
        assertThat(quoted.apply("x=a%22b%5Cc+d%26e&y=1")).isEqualTo("x=***&y=1");
    }

    @Test
    void takesASecretOutOfEveryPlaceOfAnItemAndLeavesTheItemItself() throws IOException {
        var item = new ObjectMapper()
                .readTree("{\"a\":[\"x 12345678\",12345678,1],\"k12345678\":{\"b\":null,\"c\":true}}");
        var before = item.toString();

        assertThat(redactor(Map.of("pin", "12345678")).json(item).toString())
                .isEqualTo("{\"a\":[\"x ***\",\"***\",1],\"k***\":{\"b\":null,\"c\":true}}");
        assertThat(item).hasToString(before);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isQuickWithALongText() {
        var text = "x".repeat(3_000_000);

        assertThat(redactor.apply(text)).isEqualTo(text);
    }

    @Test
    void leavesOtherTextsAlone() {
        var other =
                Base64.getEncoder().encodeToString("client:another-secret-of-no-one".getBytes(StandardCharsets.UTF_8));

        assertThat(redactor.apply("bad Basic " + other)).isEqualTo("bad Basic " + other);
    }
}
