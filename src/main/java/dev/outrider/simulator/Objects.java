package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Made-up objects of a listing: the same ones every time. */
final class Objects {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** @param at when the object changed last */
    record Made(String id, Instant at, JsonNode json) {}

    private Objects() {}

    /** In the listing's order, the oldest first unless it says otherwise. */
    static List<Made> of(Listing listing, Instant start, String url) {
        var all = new ArrayList<Made>();
        for (int n = 1; n <= listing.count(); n++) {
            var at = start.minusSeconds(60L + 60L * listing.stepMinutes() * (listing.count() - n));
            var json = fill(listing.item(), n, TIME.format(at), url);
            var id = json.isTextual()
                    ? Integer.toString(n)
                    : json.path(listing.id()).asText();
            all.add(new Made(id, at, json));
        }
        if (listing.descending()) {
            Collections.reverse(all);
        }
        return all;
    }

    private static JsonNode fill(JsonNode node, int n, String time, String url) {
        if (node.isTextual()) {
            switch (node.asText()) {
                case "${n}":
                    return LongNode.valueOf(n);
                case "${millis}":
                    return LongNode.valueOf(Instant.parse(time).toEpochMilli());
                case "${secs}":
                    return LongNode.valueOf(Instant.parse(time).getEpochSecond());
                case "${true|false}":
                    return BooleanNode.valueOf(n % 2 == 0);
                default:
                    break;
            }
            return TextNode.valueOf(PLACE.matcher(node.asText()).replaceAll(found -> {
                var name = found.group(1);
                var value =
                        switch (name) {
                            case "n" -> Integer.toString(n);
                            case "nnnn" -> String.format("%04d", n);
                            case "time" -> time;
                            case "url" -> url;
                            default -> name.split("\\|", -1)[n % name.split("\\|", -1).length];
                        };
                return Matcher.quoteReplacement(value);
            }));
        }
        if (node instanceof ArrayNode array) {
            var filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> filled.add(fill(element, n, time, url)));
            return filled;
        }
        if (node instanceof ObjectNode object) {
            var filled = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(field -> filled.set(field.getKey(), fill(field.getValue(), n, time, url)));
            return filled;
        }
        return node;
    }
}
