package dev.outrider.record.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.Draft;
import dev.outrider.record.Unit;
import dev.outrider.record.value.Host;
import dev.outrider.record.value.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was worked out already for a page: its items repeat the same hosts, references, assets and definitions over and over. */
final class Memo {
    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<JsonNode, String> times = new HashMap<>();
    private final Map<ObjectNode, Reference> references = new HashMap<>();
    private final Map<ObjectNode, Draft> drafts = new HashMap<>();
    private final Map<String, List<Definition>> definitions = new HashMap<>();
    private final Unit unit;
    private final String surface;
    private final String capability;

    Memo(Unit unit, String surface, String capability) {
        this.unit = unit;
        this.surface = surface;
        this.capability = capability;
    }

    Unit unit() {
        return unit;
    }

    String surface() {
        return surface;
    }

    String capability() {
        return capability;
    }

    Host host(String text, String field) {
        var host = hosts.get(text);
        if (host == null) {
            host = Host.of(text, field);
            hosts.put(text, host);
        }
        return host;
    }

    String time(JsonNode value, String field) {
        var time = times.get(value);
        if (time == null) {
            time = value.isTextual() ? Times.ofText(value.textValue(), field) : Times.ofEpoch(value.longValue(), field);
            times.put(value, time);
        }
        return time;
    }

    Reference reference(ObjectNode node, String field) {
        var reference = references.get(node);
        if (reference == null) {
            reference = Reference.of(new Fields(node, this), field);
            references.put(node, reference);
        }
        return reference;
    }

    /** The draft made of an equal record of this page, or null. */
    Draft draft(ObjectNode raw) {
        return drafts.get(raw);
    }

    void draft(ObjectNode raw, Draft draft) {
        drafts.put(raw, draft);
    }

    Draft definition(String path, JsonNode text) {
        for (var known : definitions.getOrDefault(path, List.of())) {
            if (known.text().equals(text)) {
                return known.draft();
            }
        }
        return null;
    }

    void definition(String path, JsonNode text, Draft draft) {
        definitions.computeIfAbsent(path, p -> new ArrayList<>(1)).add(new Definition(text, draft));
    }

    private record Definition(JsonNode text, Draft draft) {}
}
