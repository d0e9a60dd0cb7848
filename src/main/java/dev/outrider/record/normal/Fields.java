package dev.outrider.record.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.value.Host;
import dev.outrider.record.value.RecordFault;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Reads what a mapping gave for one record or reference. Its node may be shared with the item, so nothing in it is ever changed. */
record Fields(ObjectNode node, String kind, Memo memo) {
    Fields(ObjectNode node, Memo memo) {
        this(node, node.path("kind").asText(""), memo);
    }

    String name(String field) {
        return kind + "." + field;
    }

    RecordFault fault(String field, String message) {
        return new RecordFault(name(field), message);
    }

    JsonNode get(String field) {
        var value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** A text, or a number or flag as text; null where it is absent or blank. */
    String text(String field) {
        var value = get(field);
        if (value == null) {
            return null;
        }
        if (value.isContainerNode()) {
            throw fault(field, "a text is due, not " + (value.isArray() ? "a list" : "an object"));
        }
        var text = value.asText().strip();
        return text.isEmpty() ? null : text;
    }

    String required(String field) {
        var text = text(field);
        if (text == null) {
            throw fault(field, "is missing");
        }
        return text;
    }

    Host host(String field) {
        var text = text(field);
        return text == null ? null : memo.host(text, name(field));
    }

    /** A time as RFC 3339 UTC seconds, or null. */
    String time(String field) {
        var value = get(field);
        if (value == null || value.isTextual() && value.textValue().isBlank()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw fault(field, "not a time: give RFC 3339 or epoch seconds or milliseconds");
        }
        return memo.time(value, name(field));
    }

    int integer(String field) {
        var text = required(field);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw fault(field, "not a whole number");
        }
    }

    ObjectNode object(String field) {
        var value = get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw fault(field, "an object is due");
        }
        return object;
    }

    ObjectNode requiredObject(String field) {
        var value = object(field);
        if (value == null) {
            throw fault(field, "is missing");
        }
        return value;
    }

    /** The texts of a list, or of one text, sorted and each once; null where there is none. */
    ArrayNode set(String field, UnaryOperator<String> normalise) {
        var value = get(field);
        if (value == null) {
            return null;
        }
        if (value.isObject()) {
            throw fault(field, "a list is due, not an object");
        }
        if (!value.isArray() || value.size() == 1) {
            var one = value.isArray() ? value.get(0) : value;
            var single =
                    one.isContainerNode() ? null : normalise.apply(one.asText().strip());
            if (single != null && !single.isEmpty() && !one.isNull()) {
                return JsonNodeFactory.instance.arrayNode(1).add(single);
            }
        }
        var sorted = new TreeSet<String>();
        for (var element : value) {
            if (element.isContainerNode()) {
                throw fault(field, "a list of texts is due");
            }
            var text = element.isNull() ? "" : normalise.apply(element.asText().strip());
            if (text != null && !text.isEmpty()) {
                sorted.add(text);
            }
        }
        if (sorted.isEmpty()) {
            return null;
        }
        var set = JsonNodeFactory.instance.arrayNode(sorted.size());
        sorted.forEach(set::add);
        return set;
    }

    /** Refuses what the kind does not know: a misspelt field would otherwise vanish. */
    void only(Set<String> known) {
        for (var names = node.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!known.contains(name)) {
                throw fault(name, "is no field of this kind that a mapping gives; free ones go into attributes");
            }
        }
    }
}
