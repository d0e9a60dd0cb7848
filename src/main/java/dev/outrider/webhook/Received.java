package dev.outrider.webhook;

import java.util.Locale;
import java.util.Map;

/**
 * A delivery as it came.
 *
 * @param headers by lower-case name; one that came twice has its values joined by a line feed, which no signature matches
 * @param certificate SHA-256 of the client's certificate in lower-case hex; null without one
 */
public record Received(Map<String, String> headers, byte[] body, String certificate) {
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
