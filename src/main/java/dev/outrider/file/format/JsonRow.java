package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** One item of a JSON file; its fields are named by their key, or by a pointer where they lie deeper. */
record JsonRow(JsonNode item, long number, TableMap map) implements Row {
    @Override
    public String where() {
        return "item " + number;
    }

    @Override
    public boolean blank() {
        return item.isObject() && item.isEmpty();
    }

    @Override
    public String fault() {
        return item.isObject()
                ? null
                : "is no object, but of type " + item.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String get(NessusColumn column) {
        var source = map.sources().get(column);
        if (source == null) {
            return "";
        }
        for (var name : source.names()) {
            var value = text(find(item, name));
            if (!value.isBlank()) {
                return value;
            }
        }
        return "";
    }

    /** What a name stands for in an item; missing where it is not there at all. */
    static JsonNode find(JsonNode item, String name) {
        return name.startsWith("/") ? find(item, TableMap.segments(name)) : item.path(name);
    }

    private static JsonNode find(JsonNode from, List<String> path) {
        if (path.isEmpty()) {
            return from;
        }
        var first = path.get(0);
        var rest = path.subList(1, path.size());
        if (first.equals("*") && from.isArray()) {
            ArrayNode all = Json.NODES.arrayNode();
            from.forEach(element -> {
                var found = find(element, rest);
                if (!found.isMissingNode()) {
                    all.add(found);
                }
            });
            return all;
        }
        if (from.isArray()) {
            return first.matches("\\d{1,9}")
                    ? find(from.path(Integer.parseInt(first)), rest)
                    : MissingNode.getInstance();
        }
        return find(from.path(first), rest);
    }

    /** A list a line an element; an object as JSON. */
    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            var lines = new ArrayList<String>();
            value.forEach(element -> lines.add(text(element)));
            return String.join("\n", lines);
        }
        return value.isObject() ? value.toString() : value.asText();
    }
}
