package dev.outrider.webhook;

import static dev.outrider.webhook.Signatures.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** What makes two deliveries the same, from signed material only. */
final class Identity {
    /** Here the sender is known, not the message: whatever it sent is as trustworthy as the body. */
    private static final Set<String> UNSIGNED = Set.of("static", "bearer", "basic", "mtls");

    private Identity() {}

    /** The delivery's unit: a digest in hex. */
    static String of(WebhookSpec spec, Received received) {
        return "delivery:"
                + Signatures.hex(Signatures.sha256(key(spec, received))).substring(0, 32);
    }

    /** What tells how the body is read and that no signature covers: a later delivery of the same bytes may say otherwise. */
    static String reading(WebhookSpec spec, Received received) {
        var event = spec.getEvent().startsWith("header:")
                ? received.header(spec.getEvent().substring("header:".length()))
                : "";
        var attributes = new TreeMap<String, String>();
        received.headers().forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                attributes.put(name, value);
            }
        });
        return received.header("content-type") + "\n" + event + (attributes.isEmpty() ? "" : "\n" + attributes);
    }

    /** What tells a part of a delivery that may come again in another one: a notification of an outbound message; null for others. */
    static String part(WebhookSpec spec, JsonNode item) {
        var id = "salesforce".equals(spec.getScheme())
                ? item.path("notification").asText()
                : "";
        return id.isEmpty() ? null : "notification:" + id;
    }

    private static byte[] key(WebhookSpec spec, Received received) {
        if (spec.getScheme().equals("standard")) {
            return utf8("id:" + received.header("webhook-id"));
        }
        try {
            if (spec.getScheme().equals("salesforce")) {
                var ids = new TreeSet<String>();
                OutboundMessage.items(received.body())
                        .forEach(item -> ids.add(item.path("notification").asText()));
                if (!ids.isEmpty() && !ids.contains("")) {
                    return utf8("notifications:" + ids);
                }
            } else if (!spec.getReplay().isEmpty()) {
                var found = Items.tree(received.body()).at(spec.getReplay());
                if (found.isTextual() && !found.asText().isBlank()) {
                    return utf8("key:" + found.asText());
                }
            }
        } catch (IOException | XMLStreamException e) {
            // A body that cannot be read is a delivery all the same: its bytes tell it from others.
            return digest(spec, received);
        }
        return digest(spec, received);
    }

    private static byte[] digest(WebhookSpec spec, Received received) {
        if (!UNSIGNED.contains(spec.getScheme())) {
            return received.body();
        }
        var events = new TreeMap<String, String>(received.headers());
        events.keySet().removeIf(name -> !name.startsWith("ce-"));
        return Signatures.sha256(utf8(events.toString()), new byte[] {0}, received.body());
    }
}
