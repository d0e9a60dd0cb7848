package dev.outrider.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What became of a delivery.
 *
 * @param status {@code processed}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Outcome(
        String status, long received, long emitted, long dropped, long failed, long records, List<Item> items) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One item that is told of.
     *
     * @param index its place among the items of the delivery, from 0
     * @param outcome emitted, dropped or failed
     * @param reason of what is not emitted
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item(int index, String outcome, String reason) {}

    static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
