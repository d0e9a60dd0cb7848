package dev.outrider.simulator;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes where a JSON pointer says. */
final class Pointers {
    private Pointers() {}

    /** With the objects on the way. */
    static void put(ObjectNode body, String pointer, JsonNode value) {
        var at = JsonPointer.compile(pointer);
        body.withObject(at.head(), JsonNode.OverwriteMode.NULLS, true)
                .set(at.last().getMatchingProperty(), value);
    }
}
