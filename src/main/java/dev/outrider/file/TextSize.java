package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;

/** About how much text an item holds; equal for equal items, so that pages are cut at the same places every time. */
final class TextSize {
    private static final int OF_ANYTHING = 8;

    private TextSize() {}

    /** In characters, a few added for each field. */
    static long of(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().length() + OF_ANYTHING;
        }
        long size = OF_ANYTHING;
        if (node.isObject()) {
            for (var field : node.properties()) {
                size += field.getKey().length() + of(field.getValue());
            }
        } else {
            for (var element : node) {
                size += of(element);
            }
        }
        return size;
    }
}
