package dev.outrider.record.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The JSON Schema of every kind of record, as published in the jar under {@code schemas/}. */
public final class Schemas {
    private static final Set<String> NAMES = Set.of(
            "asset",
            "port",
            "risk",
            "person",
            "organization",
            "repository",
            "webapplication",
            "webpage",
            "cloudresource",
            "technology",
            "attribute",
            "file",
            "generic");
    private static final Map<String, JsonNode> SCHEMAS = read();

    private Schemas() {}

    /** The kinds there are, sorted. */
    public static Set<String> kinds() {
        return SCHEMAS.keySet();
    }

    /** The schema of a record's {@code data}, or nothing for a kind that there is not. */
    public static Optional<JsonNode> of(String kind) {
        return Optional.ofNullable(SCHEMAS.get(kind)).map(JsonNode::deepCopy);
    }

    private static Map<String, JsonNode> read() {
        var mapper = new ObjectMapper();
        var schemas = new TreeMap<String, JsonNode>();
        for (var kind : NAMES) {
            var file = "/schemas/" + kind + ".json";
            try (var in = Schemas.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("the jar lacks " + file);
                }
                schemas.put(kind, mapper.readTree(in));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return Collections.unmodifiableMap(schemas);
    }
}
