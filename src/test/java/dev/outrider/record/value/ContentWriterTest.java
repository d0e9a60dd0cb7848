package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentWriterTest {
    private final ObjectMapper json = new ObjectMapper();
    private final ContentWriter writer = new ContentWriter();

    private String write(JsonNode node) {
        return new String(writer.write(node), StandardCharsets.UTF_8);
    }

    @Test
    void sortsFieldsAtEveryDepth() throws Exception {
        var node = json.readTree("{\"b\":{\"z\":1,\"a\":[{\"y\":true,\"x\":null}]},\"a\":1.5}");
        assertThat(write(node)).isEqualTo("{\"a\":1.5,\"b\":{\"a\":[{\"x\":null,\"y\":true}],\"z\":1}}");
    }

    @Test
    void readsBackAsItWasForTextsOfAllKinds() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                int choice = random.nextInt(6);
                text.appendCodePoint(
                        choice == 0
                                ? random.nextInt(0x20)
                                : choice == 1
                                        ? "\"\\/\u007f".charAt(random.nextInt(4))
                                        : choice == 2
                                                ? 0x10000 + random.nextInt(0x1000)
                                                : choice == 3
                                                        ? 0xa0 + random.nextInt(0x700)
                                                        : 'a' + random.nextInt(26));
            }
            var node = JsonNodeFactory.instance.objectNode().put(text.toString(), text.toString());
            var line = write(node);
            assertThat(line).doesNotContain("\n", "\r");
            assertThat(json.readTree(line)).isEqualTo(node);
        }
    }

    @Test
    void survivesHalfASurrogatePair() throws Exception {
        var line = write(JsonNodeFactory.instance.objectNode().put("a", "x\ud800y"));
        assertThat(json.readTree(line).get("a").textValue()).isEqualTo("x?y");
    }

    @Test
    void writesNoNumberThatJsonHasNot() {
        assertThat(write(JsonNodeFactory.instance.objectNode().put("a", Double.NaN)))
                .isEqualTo("{\"a\":null}");
    }

    @Test
    void writesTextsLargerThanItsBuffer() throws Exception {
        var node = JsonNodeFactory.instance.objectNode().put("a", "ü\n".repeat(1_000_000));
        assertThat(json.readTree(write(node))).isEqualTo(node);
        assertThat(write(JsonNodeFactory.instance.textNode("b"))).isEqualTo("\"b\"");
    }
}
