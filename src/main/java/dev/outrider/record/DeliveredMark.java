package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Optional;

/**
 * By what a stream knows again what a delivery brought: the stream, and values that name an object and its version. Kept among what the
 * integration's deliveries have seen.
 */
public final class DeliveredMark {
    private DeliveredMark() {}

    /**
     * @param pointers into the object, separated by commas
     * @return empty where the object lacks one of the values: then nothing tells it apart
     */
    public static Optional<String> of(String stream, JsonNode object, String pointers) {
        var values = new ArrayList<String>();
        for (var pointer : pointers.split(",")) {
            var value = object.at(pointer.strip()).asText("");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(stream + "|" + String.join("|", values));
    }
}
