package dev.outrider.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * What a delivery's body holds: JSON, a JSON array, NDJSON, CloudEvents (structured, batched, binary), a form with JSON in
 * {@code payload}, or an outbound message. What cannot be read is a fault, the rest of the delivery goes on.
 */
final class Items {
    /** Numbers stay as they were written: what does not fit a double is a number all the same. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final Pattern LINES = Pattern.compile("application/(x-)?(ndjson|jsonl|json-lines|ldjson)");
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** @param index its place in the delivery, from 0; unreadable ones are counted too */
    record Item(int index, JsonNode json) {}

    /** @param index as of an item */
    record Fault(int index, RunError error) {}

    /** Whether the sender calls its items CloudEvents. */
    private boolean events;

    final List<Item> good = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();

    private Items() {}

    private int next() {
        return good.size() + faults.size();
    }

    static Items read(WebhookSpec spec, Map<String, String> headers, byte[] body) {
        var items = new Items();
        var type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        try {
            if ("salesforce".equals(spec.getScheme())) {
                OutboundMessage.items(body).forEach(items::good);
            } else if (LINES.matcher(type).lookingAt()) {
                items.lines(body);
            } else if (type.startsWith("application/x-www-form-urlencoded")) {
                items.add(spec, tree(payload(body)));
            } else if (type.startsWith(CloudEvents.TYPE)) {
                items.events = true;
                items.add(spec, tree(body));
            } else if (headers.containsKey("ce-specversion")) {
                items.events = true;
                items.one(CloudEvents.binary(headers, type, body), "the event");
            } else {
                items.add(spec, tree(body));
            }
        } catch (JsonProcessingException e) {
            items.none("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException | XMLStreamException | IllegalArgumentException e) {
            items.none("the body cannot be read: " + e.getMessage());
        }
        return items;
    }

    static JsonNode tree(byte[] body) throws IOException {
        Bounds.check(body);
        return JSON.readTree(body);
    }

    private static JsonNode tree(String text) throws IOException {
        Bounds.check(text);
        return JSON.readTree(text);
    }

    static Map<String, String> headers(String stored) {
        try {
            return JSON.readValue(stored, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored headers of a delivery are not JSON", e);
        }
    }

    static String stored(Map<String, String> headers) {
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(WebhookSpec spec, JsonNode body) throws IOException {
        var found = spec.getItems().isEmpty() ? body : body.at(spec.getItems());
        if (found.isArray()) {
            int at = 0;
            for (var item : found) {
                one(item, "item " + at++);
            }
        } else {
            one(found, "the body");
        }
    }

    /** One line after the other: there may be more than can be held at once. */
    private void lines(byte[] body) throws IOException {
        int number = 0;
        int begin = 0;
        while (begin < body.length) {
            int end = begin;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            number++;
            var line = new String(body, begin, end - begin, StandardCharsets.UTF_8);
            begin = end + 1;
            if (!line.isBlank()) {
                try {
                    one(tree(line), "line " + number);
                } catch (JsonProcessingException e) {
                    Bounds.check(good, faults);
                    fault("line " + number + " is not JSON: " + e.getOriginalMessage());
                }
            }
        }
    }

    private void one(JsonNode item, String where) throws IOException {
        Bounds.check(good, faults);
        if (!(item instanceof ObjectNode object)) {
            fault(where + " is no JSON object");
        } else if (events) {
            try {
                good(CloudEvents.read(object));
            } catch (IOException | IllegalArgumentException e) {
                fault(where + " is no CloudEvent: " + e.getMessage());
            }
        } else {
            good(item);
        }
    }

    private void good(JsonNode item) {
        good.add(new Item(next(), item));
    }

    private void fault(String message) {
        faults.add(new Fault(next(), RunError.of("webhook.unreadable", message, false)));
    }

    /** The delivery as a whole is at fault. */
    private void none(String message) {
        good.clear();
        faults.clear();
        fault(message);
    }

    private static String payload(byte[] body) {
        for (var field : new String(body, StandardCharsets.UTF_8).split("&")) {
            if (field.startsWith("payload=")) {
                return URLDecoder.decode(field.substring(8), StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException("the form has no field payload");
    }
}
