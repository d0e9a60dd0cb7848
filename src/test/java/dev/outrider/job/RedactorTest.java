package dev.outrider.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "s3cr3t-of-acme?>~";

    private final Redactor redactor = Redactor.of(
            new Integration(
                    "acme",
                    "okta",
                    "acme",
                    Integration.MANUAL,
                    JsonNodeFactory.instance.objectNode(),
                    Map.of("token", SECRET),
                    "test"),
            new Secrets(new DefaultCamelContext()));

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
    void leavesOtherTextsAlone() {
        var other =
                Base64.getEncoder().encodeToString("client:another-secret-of-no-one".getBytes(StandardCharsets.UTF_8));

        assertThat(redactor.apply("bad Basic " + other)).isEqualTo("bad Basic " + other);
    }
}
