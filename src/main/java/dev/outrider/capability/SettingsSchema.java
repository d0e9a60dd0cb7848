package dev.outrider.capability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.outrider.integration.Integration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A class's {@code settings.schema.json}: one object schema over settings and secrets together, where {@code format: password} marks what
 * is a secret, and {@code format: mapping} what names a mapping.
 */
final class SettingsSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode json;
    private final JsonSchema schema;
    private final Path routes;

    private SettingsSchema(ObjectNode json, Path routes) {
        this.json = json;
        this.routes = routes;
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json);
    }

    /**
     * @param routes where mappings are
     * @throws IllegalArgumentException where the text is no JSON object with {@code properties}
     */
    static SettingsSchema parse(String text, Path routes) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object
                    && object.path("properties").isObject()) {
                return new SettingsSchema(object, routes);
            }
            throw new IllegalArgumentException("settings.schema.json must be a JSON object with \"properties\"");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    "settings.schema.json:" + (at == null ? 1 : at.getLineNr()) + ": " + e.getOriginalMessage(), e);
        }
    }

    ObjectNode json() {
        return json.deepCopy();
    }

    List<String> check(Integration integration) {
        var wrong = new ArrayList<String>();
        var whole = integration.settings().deepCopy();
        integration.settings().fieldNames().forEachRemaining(field -> {
            if (secret(field)) {
                wrong.add("settings." + field + " is a secret: move it to secrets, as a reference");
                whole.remove(field);
            }
        });
        integration.secrets().forEach((field, reference) -> {
            if (secret(field)) {
                // The reference stands for the secret: that it resolves is seen when it is used.
                whole.put(field, "secret");
            } else {
                wrong.add("secrets." + field + " is not a secret of this class (it has " + secrets() + ")");
            }
        });
        for (var message : schema.validate(whole)) {
            wrong.add(sentence(message));
        }
        return wrong;
    }

    /** The settings that name a mapping which has no file, one sentence each. */
    List<String> unmapped(Integration integration) {
        var wrong = new ArrayList<String>();
        integration.settings().fields().forEachRemaining(field -> {
            if (format(field.getKey()).equals("mapping")) {
                NamedMapping.missing(routes, field.getValue().asText())
                        .ifPresent(what -> wrong.add("settings." + field.getKey() + ": " + what));
            }
        });
        return wrong;
    }

    private boolean secret(String field) {
        return format(field).equals("password");
    }

    private String format(String field) {
        return json.path("properties").path(field).path("format").asText();
    }

    private List<String> secrets() {
        var names = new ArrayList<String>();
        json.path("properties").fieldNames().forEachRemaining(field -> {
            if (secret(field)) {
                names.add(field);
            }
        });
        return names;
    }

    private String sentence(ValidationMessage message) {
        var path = message.getInstanceLocation().toString();
        var field = path.replaceFirst("^\\$\\.?", "");
        var text = message.getMessage().replaceFirst("^\\$[^:]*: ", "");
        return (field.isEmpty() ? "settings" : (secret(field) ? "secrets." : "settings.") + field) + ": " + text;
    }
}
