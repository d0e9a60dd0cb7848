package dev.outrider.record.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A schema boiled down to a quick yes: every record passes through here, and nearly every record is fine. What it does not pass is put
 * to the full validator, which then words the refusal. It knows just the keywords that our schemas use and refuses to be built of others,
 * so it cannot wave through what it does not understand.
 */
final class Shape {
    private static final Set<String> WORDS = Set.of("$schema", "$id", "title", "description");

    private final List<Check> checks = new ArrayList<>();

    @FunctionalInterface
    private interface Check {
        boolean passes(JsonNode node);
    }

    private Shape() {}

    /** @throws IllegalArgumentException where the schema uses a keyword that this class does not know */
    static Shape of(JsonNode schema) {
        var shape = new Shape();
        schema.fields().forEachRemaining(keyword -> {
            if (!WORDS.contains(keyword.getKey())) {
                shape.checks.add(check(keyword.getKey(), keyword.getValue(), schema));
            }
        });
        return shape;
    }

    boolean passes(JsonNode node) {
        for (int i = 0; i < checks.size(); i++) {
            if (!checks.get(i).passes(node)) {
                return false;
            }
        }
        return true;
    }

    private static Check check(String keyword, JsonNode value, JsonNode schema) {
        return switch (keyword) {
            case "type" -> type(value);
            case "const" -> value::equals;
            case "enum" -> oneOf(value);
            case "pattern" -> pattern(value.textValue());
            case "minLength" -> {
                int least = value.intValue();
                yield node -> !node.isTextual() || hasPoints(node.textValue(), least);
            }
            case "maxLength" -> {
                int most = value.intValue();
                yield node -> !node.isTextual() || !hasPoints(node.textValue(), most + 1);
            }
            case "minimum" -> node -> !node.isNumber() || node.doubleValue() >= value.doubleValue();
            case "maximum" -> node -> !node.isNumber() || node.doubleValue() <= value.doubleValue();
            case "minItems" -> node -> !node.isArray() || node.size() >= value.intValue();
            case "uniqueItems" -> Shape::unique;
            case "items" -> items(of(value));
            case "required" -> required(value);
            case "properties" -> properties(value, schema.path("additionalProperties"));
            case "additionalProperties" -> {
                if (!value.isBoolean() || !schema.has("properties")) {
                    throw new IllegalArgumentException("additionalProperties is a flag beside properties");
                }
                yield node -> true;
            }
            default -> throw new IllegalArgumentException("unknown keyword " + keyword);
        };
    }

    private static Check type(JsonNode value) {
        if (value.isArray()) {
            var types = new ArrayList<Check>();
            value.forEach(type -> types.add(type(type)));
            return node -> {
                for (int i = 0; i < types.size(); i++) {
                    if (types.get(i).passes(node)) {
                        return true;
                    }
                }
                return false;
            };
        }
        return switch (value.textValue()) {
            case "object" -> JsonNode::isObject;
            case "array" -> JsonNode::isArray;
            case "string" -> JsonNode::isTextual;
            case "boolean" -> JsonNode::isBoolean;
            case "number" -> JsonNode::isNumber;
            case "integer" -> JsonNode::isIntegralNumber;
            default -> throw new IllegalArgumentException("unknown type " + value);
        };
    }

    private static Check oneOf(JsonNode value) {
        var values = new HashSet<JsonNode>();
        value.forEach(values::add);
        return values::contains;
    }

    private static Check pattern(String regex) {
        // A matcher is dearer to make than to use, and no two threads may share one.
        var matchers = ThreadLocal.withInitial(() -> Pattern.compile(regex).matcher(""));
        return node -> {
            if (!node.isTextual()) {
                return true;
            }
            var matcher = matchers.get();
            boolean passes = matcher.reset(node.textValue()).find();
            matcher.reset("");
            return passes;
        };
    }

    /** Whether a text has so many code points; they are counted only where its length leaves that open, a proof may be megabytes. */
    private static boolean hasPoints(String text, int least) {
        int length = text.length();
        return length >= least && (length >= 2 * least || text.codePointCount(0, length) >= least);
    }

    private static boolean unique(JsonNode node) {
        if (!node.isArray() || node.size() < 2) {
            return true;
        }
        var seen = new HashSet<JsonNode>();
        for (var element : node) {
            if (!seen.add(element)) {
                return false;
            }
        }
        return true;
    }

    private static Check items(Shape shape) {
        return node -> {
            if (node.isArray()) {
                for (var element : node) {
                    if (!shape.passes(element)) {
                        return false;
                    }
                }
            }
            return true;
        };
    }

    private static Check required(JsonNode value) {
        var names = new ArrayList<String>();
        value.forEach(name -> names.add(name.textValue()));
        return node -> !node.isObject() || hasAll(node, names);
    }

    private static boolean hasAll(JsonNode node, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (node.get(names.get(i)) == null) {
                return false;
            }
        }
        return true;
    }

    private static Check properties(JsonNode value, JsonNode additional) {
        Map<String, Shape> shapes = new HashMap<>();
        value.fields().forEachRemaining(property -> shapes.put(property.getKey(), of(property.getValue())));
        boolean open = additional.asBoolean(true);
        return node -> {
            if (!node.isObject()) {
                return true;
            }
            for (var fields = node.fields(); fields.hasNext(); ) {
                var field = fields.next();
                var shape = shapes.get(field.getKey());
                if (shape == null ? !open : !shape.passes(field.getValue())) {
                    return false;
                }
            }
            return true;
        };
    }
}
