package dev.outrider.webhook;

import static dev.outrider.webhook.Signatures.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** What makes two deliveries the same, from signed material only. */
final class Identity {
    /** Here the sender is known, not the message: whatever it sent is as trustworthy as the body. */
    private static final Set<String> UNSIGNED = Set.of("static", "bearer", "basic", "mtls");

    /** So much of the digest as no two deliveries share. */
    private static final int DIGEST_BYTES = 16;

    private Identity() {}

    /** The delivery's unit: a digest in hex. */
    static String of(WebhookSpec spec, Received received) {
        return "delivery:" + HexFormat.of().formatHex(Signatures.sha256(key(spec, received)), 0, DIGEST_BYTES);
    }

    /** What tells how the body is read and that no signature covers: a later delivery of the same bytes may say otherwise. */
    static String reading(WebhookSpec spec, Received received) {
        var event = spec.getEvent().startsWith("header:")
                ? received.header(spec.getEvent().substring("header:".length()))
                : "";
        var attributes = attributes(received);
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
        return Signatures.sha256(utf8(attributes(received).toString()), new byte[] {0}, received.body());
    }

    /** Those of a CloudEvent that came as headers, in order. */
    private static Map<String, String> attributes(Received received) {
        Map<String, String> attributes = Map.of();
        for (var header : received.headers().entrySet()) {
            if (header.getKey().startsWith("ce-")) {
                attributes = attributes.isEmpty() ? new TreeMap<>() : attributes;
                attributes.put(header.getKey(), header.getValue());
            }
        }
        return attributes;
    }
}
