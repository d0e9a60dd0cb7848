package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;

/**
 * The risk definitions that a unit emitted, by the whole text they were made of: a scan repeats the same few thousand texts a hundred
 * thousand times, and comparing is far cheaper than rendering and digesting again. Bounded; what falls out is only made again, and then
 * met as a duplicate by its id. Used by one thread at a time, as pages of a unit are.
 */
public final class DefinitionMemo {
    private static final long MAX_CHARS = 4_000_000;

    private final LinkedHashMap<String, JsonNode> emitted = new LinkedHashMap<>(64, 0.75f, true);
    private long chars;

    /** Whether this unit emitted exactly this definition under this path. */
    public boolean knows(String path, JsonNode definition) {
        return definition.equals(emitted.get(path));
    }

    /** Remembers a definition that was emitted; the last one of a path counts. */
    public void add(String path, JsonNode definition) {
        var before = emitted.put(path, definition);
        chars += weight(definition) - (before == null ? 0 : weight(before));
        var eldest = emitted.entrySet().iterator();
        while (chars > MAX_CHARS && eldest.hasNext()) {
            chars -= weight(eldest.next().getValue());
            eldest.remove();
        }
    }

    private static long weight(JsonNode node) {
        long sum = 64;
        for (var child : node) {
            sum += child.isTextual() ? child.textValue().length() : weight(child);
        }
        return sum;
    }
}
