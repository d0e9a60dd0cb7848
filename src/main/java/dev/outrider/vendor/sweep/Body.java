package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.paging.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A request's JSON as its listing describes it. A text that is one placeholder of a count of seconds or milliseconds becomes a number; a
 * field whose text needs a time to begin from is left out of a run that has none.
 */
final class Body {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SINCE = Pattern.compile("\\{since[A-Za-z]*}");
    private static final Set<String> NUMBERS = Set.of("{sinceSecs}", "{sinceMillis}");

    private final JsonNode template;

    /** @param template JSON; empty for an empty object */
    Body(String template) {
        try {
            this.template = JSON.readTree(template.isBlank() ? "{}" : template);
        } catch (JsonProcessingException e) {
            throw new RunException(
                    RunError.of("settings.invalid", "pages: body is no JSON: " + e.getOriginalMessage(), false));
        }
    }

    /**
     * The bytes to send.
     *
     * @param fill fills the placeholders of a text
     * @param timed whether there is a time to begin from
     * @param fields what the paging adds
     */
    byte[] bytes(UnaryOperator<String> fill, boolean timed, List<Place.Field> fields) {
        var body = filled(
                template,
                fill,
                timed ? text -> false : text -> SINCE.matcher(text).find());
        fields.forEach(field -> put(body, field.pointer(), parsed(field.value())));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Puts a value where a pointer says, with the objects on the way. */
    static void put(JsonNode body, String pointer, JsonNode value) {
        var at = JsonPointer.compile(pointer);
        if (body instanceof ObjectNode object) {
            object.withObject(at.head(), JsonNode.OverwriteMode.NULLS, true).set(last(at), value);
        }
    }

    private static String last(JsonPointer at) {
        return at.last().getMatchingProperty();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored place holds no JSON", e);
        }
    }

    private static JsonNode filled(JsonNode node, UnaryOperator<String> fill, Predicate<String> absent) {
        if (node instanceof ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                if (!field.getValue().isTextual()
                        || !absent.test(field.getValue().textValue())) {
                    copy.set(field.getKey(), filled(field.getValue(), fill, absent));
                }
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            for (var item : array) {
                if (!item.isTextual() || !absent.test(item.textValue())) {
                    copy.add(filled(item, fill, absent));
                }
            }
            return copy;
        }
        if (!node.isTextual()) {
            return node;
        }
        var text = fill.apply(node.textValue());
        return NUMBERS.contains(node.textValue())
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.textNode(text);
    }
}
