package dev.outrider.record.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.value.RecordFault;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses what a mapping makes of a value that is not there. JSLT writes such a one into a text as the word null, so that an alert without a
 * number would be the same record as every other alert without one. Only texts that identify are looked at, and a vendor's own word null is
 * let through.
 */
final class Missing {
    private static final String WORD = "null";
    private static final Pattern ALONE = Pattern.compile("(?<![A-Za-z0-9])null(?![A-Za-z0-9])");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    private static final List<String> IDENTIFYING = List.of(
            "name",
            "dns",
            "identifier",
            "group",
            "externalId",
            "url",
            "primaryUrl",
            "email",
            "domain",
            "account",
            "resourceId",
            "org",
            "path",
            "uniqueness");

    private static final List<String> NESTED = List.of("target", "parent", "proof");

    private Missing() {}

    /** @throws RecordFault naming the field, where a value of the item is missing in it */
    static void check(ObjectNode record, JsonNode item, String kind) {
        for (var field : IDENTIFYING) {
            var value = record.get(field);
            if (value != null && value.isTextual() && invented(value.textValue(), item)) {
                throw new RecordFault(
                        kind + "." + field, "is made of a value that the item lacks: " + value.textValue());
            }
        }
        for (var field : NESTED) {
            if (record.get(field) instanceof ObjectNode inner) {
                check(inner, item, kind + "." + field);
            }
        }
    }

    private static boolean invented(String text, JsonNode item) {
        return text.contains(WORD) && ALONE.matcher(text).find() && !said(letters(text), item);
    }

    /** Whether the word is in a text of the item that became a part of this one. */
    private static boolean said(String text, JsonNode item) {
        if (item.isTextual()) {
            var own = item.textValue();
            return own.contains(WORD) && text.contains(letters(own));
        }
        for (var inner : item) {
            if (said(text, inner)) {
                return true;
            }
        }
        return false;
    }

    private static String letters(String text) {
        return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
