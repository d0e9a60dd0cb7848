package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** CloudEvents 1.0 in their HTTP modes (structured, batched, binary), as JSON objects with their data in {@code data}. */
final class CloudEvents {
    static final String TYPE = "application/cloudevents";

    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final Pattern JSON = Pattern.compile("[^;]*[/+]json\\s*(;.*)?");

    private CloudEvents() {}

    /**
     * The event with {@code data_base64} decoded where its content is JSON; other bytes stay as they are.
     *
     * @throws IllegalArgumentException where an attribute is missing or the data are not what the event says
     */
    static JsonNode read(ObjectNode event) throws IOException {
        for (var name : REQUIRED) {
            if (event.path(name).asText("").isBlank()) {
                throw new IllegalArgumentException("it has no " + name);
            }
        }
        var encoded = event.path("data_base64");
        if (encoded.isTextual() && isJson(event.path("datacontenttype").asText(""))) {
            event.set("data", Items.tree(Base64.getDecoder().decode(encoded.textValue())));
            event.remove("data_base64");
        }
        return event;
    }

    /** The event of a binary mode message: attributes in {@code ce-} headers, data in the body. */
    static ObjectNode binary(Map<String, String> headers, String type, byte[] body) throws IOException {
        var event = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                event.put(name.substring(3), URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        });
        if (!type.isEmpty()) {
            event.put("datacontenttype", headers.get("content-type"));
        }
        if (isJson(type)) {
            if (body.length > 0) {
                event.set("data", Items.tree(body));
            }
        } else if (type.startsWith("text/")) {
            event.put("data", new String(body, StandardCharsets.UTF_8));
        } else {
            event.put("data_base64", Base64.getEncoder().encodeToString(body));
        }
        return event;
    }

    /** An event that does not say what its data are has JSON. */
    private static boolean isJson(String type) {
        return type.isBlank() || JSON.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }
}
