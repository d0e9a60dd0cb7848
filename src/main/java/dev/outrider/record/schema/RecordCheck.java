package dev.outrider.record.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks the data of records against the schema of their kind. Compiled once; safe for many threads. */
public final class RecordCheck {
    private static final int MAX_MESSAGE = 400;

    private record Compiled(Shape shape, JsonSchema schema) {}

    private final Map<String, Compiled> kinds = new HashMap<>();

    public RecordCheck() {
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        for (var kind : Schemas.kinds()) {
            var text = Schemas.of(kind).orElseThrow();
            var schema = factory.getSchema(text);
            schema.initializeValidators();
            kinds.put(kind, new Compiled(Shape.of(text), schema));
        }
    }

    /** What is wrong with a record's data, naming the fields, or null where nothing is. */
    public String refusal(String kind, JsonNode data) {
        var compiled = kinds.get(kind);
        if (compiled == null) {
            return "kind: there is no kind " + kind;
        }
        return compiled.shape().passes(data) ? null : explain(kind, data);
    }

    /** The full validator's word: slow, and the one that counts. */
    String explain(String kind, JsonNode data) {
        var messages = kinds.get(kind).schema().validate(data);
        if (messages.isEmpty()) {
            return null;
        }
        // A key that does not fit follows from a field that does not: name the field.
        boolean others = messages.stream().anyMatch(message -> !field(message).equals(".key"));
        var text = messages.stream()
                .filter(message -> !others || !field(message).equals(".key"))
                .map(message -> kind + field(message) + ": " + what(message))
                .collect(Collectors.toCollection(TreeSet::new));
        var all = String.join("; ", text);
        return all.length() <= MAX_MESSAGE ? all : all.substring(0, MAX_MESSAGE) + "…";
    }

    private static String field(ValidationMessage message) {
        var path = message.getInstanceLocation().toString();
        return path.startsWith("$") ? path.substring(1) : path;
    }

    private static String what(ValidationMessage message) {
        var text = message.getMessage();
        var place = message.getInstanceLocation() + ": ";
        return text.startsWith(place) ? text.substring(place.length()) : text;
    }
}
