package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.record.value.ContentWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsObjectsArraysAndLinesAndGoesOnBehindABadOne() {
        assertThat(read("application/json", "{\"a\":1}").good).hasSize(1);
        assertThat(read("application/json", "[{\"a\":1},7,{\"a\":2}]").good).hasSize(2);
        for (var type : List.of("application/x-ndjson", "application/ndjson; charset=utf-8", "application/jsonl")) {
            var lines = read(type, "{\"a\":1}\nnot json\n\n{\"a\":2}\n");
            assertThat(lines.good).extracting(Items.Item::index).containsExactly(0, 2);
            assertThat(lines.faults.get(0).error().message()).startsWith("line 2 is not JSON");
            assertThat(lines.faults.get(0).index()).isEqualTo(1);
        }
        assertThat(read("application/json", "{\"a\":1").faults).hasSize(1);
    }

    @Test
    void readsCloudEventsInAllThreeModes() {
        var event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1}}";
        var bytes =
                "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/s\",\"type\":\"t\",\"data_base64\":\"eyJhIjoxfQ==\"}";

        var structured = read("application/cloudevents+json", event);
        var batch = read("application/cloudevents-batch+json", "[" + event + "," + bytes + "]");
        var binary = binary(Map.of("ce-source", "/s", "content-type", "application/json"), "{\"a\":1}");
        var plain = binary(Map.of("ce-source", "/s", "content-type", "text/plain"), "so it is");

        assertThat(structured.good.get(0).json().at("/data/a").asInt()).isEqualTo(1);
        assertThat(batch.good).hasSize(2);
        assertThat(batch.good.get(1).json().at("/data/a").asInt()).isEqualTo(1);
        assertThat(binary.good.get(0).json().path("type").asText()).isEqualTo("t");
        assertThat(binary.good.get(0).json().at("/data/a").asInt()).isEqualTo(1);
        assertThat(plain.good.get(0).json().path("data").asText()).isEqualTo("so it is");
    }

    @Test
    void refusesAsAWholeWhatWouldFillTheMemory() {
        var many = "[" + "{},".repeat(Bounds.NESTED_MAX) + "{}]";
        var lines = "{}\n".repeat(Bounds.ITEMS_MAX + 1);
        var array = "[" + "1,".repeat(Bounds.ITEMS_MAX) + "1]";

        for (var items : List.of(
                read("application/json", many),
                read("application/x-ndjson", lines),
                read("application/json", array),
                read("application/x-ndjson", "{\"a\":" + many + "}"),
                read("application/x-www-form-urlencoded", "payload=" + many))) {
            assertThat(items.good).isEmpty();
            assertThat(items.faults).singleElement().satisfies(fault -> assertThat(
                            fault.error().message())
                    .contains("it holds more than", "send it in parts"));
        }
    }

    @Test
    void takesNoCloudEventThatLacksWhatEveryOneHas() {
        var batch = read(
                "application/cloudevents-batch+json",
                "[{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\"},{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/s\",\"type\":\"t\"}]");

        assertThat(batch.faults.get(0).error().message()).contains("item 0", "has no source");
        assertThat(batch.good).extracting(Items.Item::index).containsExactly(1);
        assertThat(binary(Map.of("content-type", "application/json"), "{}").faults)
                .hasSize(1);
    }

    @Test
    void keepsNumbersThatNoDoubleHolds() {
        var item = read("application/json", "{\"far\":1e400,\"fine\":0.12345678901234567890123}")
                .good
                .get(0);

        assertThat(new String(new ContentWriter().write(item.json()), StandardCharsets.UTF_8))
                .isEqualTo("{\"far\":1E+400,\"fine\":0.12345678901234567890123}");
    }

    @Test
    void readsThePayloadOfAForm() {
        var form = "payload=" + URLEncoder.encode("{\"zen\":\"a + b\"}", StandardCharsets.UTF_8);

        assertThat(read("application/x-www-form-urlencoded", form)
                        .good
                        .get(0)
                        .json()
                        .path("zen")
                        .asText())
                .isEqualTo("a + b");
    }

    @Test
    void choosesTheMostParticularMappingOfAnEvent() {
        var spec = new WebhookSpec();
        spec.setMappings("* => a/any\nalert => a/alert\nalert.created, alert.reopened => a/created\n"
                + "user.life* => stream:users, log\n");

        assertThat(mapping(spec, "alert", "created")).isEqualTo("a/created");
        assertThat(mapping(spec, "alert", "reopened")).isEqualTo("a/created");
        assertThat(mapping(spec, "alert", "closed")).isEqualTo("a/alert");
        assertThat(mapping(spec, "ping", "")).isEqualTo("a/any");
        assertThat(spec.line("user.lifecycle.create", "").orElseThrow().collects())
                .containsExactly("users", "log");
        assertThat(spec.collected()).containsExactlyInAnyOrder("users", "log");
        assertThat(new WebhookSpec().line("ping", "")).isEmpty();
    }

    @Test
    void expectsOfAStreamsObjectsThoseThatItsLinesBring() throws Exception {
        var spec = new WebhookSpec();
        spec.setEvent("/type");
        spec.setMappings("paid.* => a/paid brings events\nalert => a/alert brings alerts /object\n* => a/any\n");

        var events = spec.brought("events").orElseThrow();
        assertThat(events.test(JSON.readTree("{\"type\":\"paid.late\"}"))).isTrue();
        assertThat(events.test(JSON.readTree("{\"type\":\"refunded\"}"))).isFalse();
        assertThat(spec.brought("alerts").orElseThrow().test(JSON.readTree("{\"number\":1}")))
                .isTrue();
        assertThat(spec.brought("users")).isEmpty();
    }

    @Test
    void namesALineThatIsNoMapping() {
        assertThatThrownBy(() -> new WebhookSpec().setMappings("alert => a/alert bring alerts"))
                .hasMessageContaining("'alert => a/alert bring alerts' is none of");
    }

    private static String mapping(WebhookSpec spec, String event, String action) {
        return spec.line(event, action).orElseThrow().mapping();
    }

    private static Items binary(Map<String, String> headers, String body) {
        var all = new HashMap<>(Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-type", "t"));
        all.putAll(headers);
        return Items.read(new WebhookSpec(), all, Signatures.utf8(body));
    }

    private static Items read(String type, String body) {
        return Items.read(new WebhookSpec(), Map.of("content-type", type), Signatures.utf8(body));
    }
}
