package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemsTest {
    @Test
    void readsObjectsArraysAndLinesAndGoesOnBehindABadOne() {
        assertThat(read("application/json", "{\"a\":1}").good).hasSize(1);
        assertThat(read("application/json", "[{\"a\":1},7,{\"a\":2}]").good).hasSize(2);
        var lines = read("application/x-ndjson", "{\"a\":1}\nnot json\n\n{\"a\":2}\n");
        assertThat(lines.good).hasSize(2);
        assertThat(lines.faults.get(0).message()).startsWith("line 2 is not JSON");
        assertThat(read("application/json", "{\"a\":1").faults).hasSize(1);
    }

    @Test
    void readsCloudEventsInAllThreeModes() {
        var event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"data\":{\"a\":1}}";
        var binary = Items.read(
                new WebhookSpec(),
                Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-type", "t", "content-type", "application/json"),
                Signatures.utf8("{\"a\":1}"));

        assertThat(read("application/cloudevents+json", event)
                        .good
                        .get(0)
                        .at("/data/a")
                        .asInt())
                .isEqualTo(1);
        assertThat(read("application/cloudevents-batch+json", "[" + event + "," + event + "]").good)
                .hasSize(2);
        assertThat(binary.good.get(0).path("type").asText()).isEqualTo("t");
        assertThat(binary.good.get(0).at("/data/a").asInt()).isEqualTo(1);
    }

    @Test
    void readsThePayloadOfAForm() {
        var form = "payload=" + URLEncoder.encode("{\"zen\":\"a + b\"}", StandardCharsets.UTF_8);

        assertThat(read("application/x-www-form-urlencoded", form)
                        .good
                        .get(0)
                        .path("zen")
                        .asText())
                .isEqualTo("a + b");
    }

    @Test
    void choosesTheMostParticularMappingOfAnEvent() {
        var spec = new WebhookSpec();
        spec.setMappings("* => a/any\nalert => a/alert\nalert.created, alert.reopened => a/created\n"
                + "user.life* => stream:users, log\n");

        assertThat(spec.target("alert", "created")).isEqualTo("a/created");
        assertThat(spec.target("alert", "reopened")).isEqualTo("a/created");
        assertThat(spec.target("alert", "closed")).isEqualTo("a/alert");
        assertThat(spec.target("ping", "")).isEqualTo("a/any");
        assertThat(WebhookSpec.streams(spec.target("user.lifecycle.create", "")))
                .containsExactly("users", "log");
        assertThat(spec.streams()).containsExactly("users", "log");
        assertThat(new WebhookSpec().target("ping", "")).isNull();
    }

    private static Items read(String type, String body) {
        return Items.read(new WebhookSpec(), Map.of("content-type", type), Signatures.utf8(body));
    }
}
