package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptHeadersTest {
    @Test
    void keepsNamesInOrderAndMasksWhatMayBeASecret() {
        var spec = new WebhookSpec();
        spec.setSignatureHeader("X-Proof");
        spec.setEvent("header:X-Auth-Event");

        assertThat(KeptHeaders.of(
                        spec,
                        Map.of(
                                "x-proof", "00",
                                "authorization", "Bearer s3cret",
                                "x-auth-event", "login",
                                "x-trace", "0123456789abcdef0123456789",
                                "content-type", "application/json")))
                .isEqualTo(
                        "{\"authorization\":\"***\",\"content-type\":\"application/json\",\"x-auth-event\":\"login\","
                                + "\"x-proof\":\"***\",\"x-trace\":\"***\"}");
    }

    @Test
    void writesJsonWhateverAHeaderHolds() {
        var hostile = Map.of("user-agent", "\"},\\\u0001\n\u2028é\ud83d", "x\"y", "", "accept", "a".repeat(2000));

        var kept = Items.headers(KeptHeaders.of(new WebhookSpec(), hostile));

        assertThat(kept).hasSize(3).containsEntry("x\"y", "").containsEntry("accept", "a".repeat(1024));
        assertThat(kept).containsEntry("user-agent", hostile.get("user-agent"));
    }

    @Test
    void keepsNoHeadersAsAnEmptyObject() {
        assertThat(KeptHeaders.of(new WebhookSpec(), Map.of())).isEqualTo("{}");
    }
}
