package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.time.Instant;

/**
 * How far a stream is: what the store keeps as its cursor.
 *
 * @param watermark everything that changed up to here is collected; null where nothing is yet
 * @param position the vendor's link that the next sweep begins with; null for none
 * @param fullAt when the last sweep over everything began
 * @param completeAt when the last sweep that came to its end began; null where none did yet
 * @param etag the first page's entity tag, and whose it is; null for none
 * @param sweep the sweep that is under way; null between two
 */
public record Progress(
        Instant watermark, String position, Instant fullAt, Instant completeAt, String etag, Sweep sweep) {
    static final int VERSION = 1;
    public static final Progress NONE = new Progress(null, null, null, null, null, null);

    /**
     * A sweep: what is collected once. Its id is kept from before its first page, so that what is sent again after a crash is the same.
     *
     * @param part which of the stream's listings, from 0
     * @param next the page to ask for next; null for the first of the part
     * @param pages pages that are stored
     * @param partPages pages of the current part that are stored
     * @param high the latest watermark met
     * @param hidden whether the vendor said that it left rows out
     * @param tally what the current part held so far
     * @param told when the vendor told what is next; null for the first page of a part
     */
    public record Sweep(
            String id,
            Instant started,
            boolean full,
            int part,
            String next,
            int pages,
            int partPages,
            Instant high,
            boolean hidden,
            Tally tally,
            Instant told) {
        Sweep restarted() {
            return new Sweep(id, started, full, part, null, pages, 0, high, hidden, Tally.NONE, null);
        }

        /** Whether the vendor has forgotten by now what is next. */
        boolean outlived(int cursorSecs, Instant now) {
            return cursorSecs > 0
                    && told != null
                    && told.plusSeconds(cursorSecs).isBefore(now);
        }
    }

    Progress with(Sweep now) {
        return new Progress(watermark, position, fullAt, completeAt, etag, now);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        put(json, "watermark", watermark);
        put(json, "position", position);
        put(json, "fullAt", fullAt);
        put(json, "completeAt", completeAt);
        put(json, "etag", etag);
        if (sweep != null) {
            var open = json.putObject("sweep");
            open.put("id", sweep.id());
            put(open, "started", sweep.started());
            open.put("full", sweep.full());
            open.put("part", sweep.part());
            put(open, "next", sweep.next());
            open.put("pages", sweep.pages());
            open.put("partPages", sweep.partPages());
            put(open, "high", sweep.high());
            if (sweep.hidden()) {
                open.put("hidden", true);
            }
            sweep.tally().into(open);
            put(open, "told", sweep.told());
        }
        return json;
    }

    /**
     * Moves a cursor as far as a sweep that left something out may.
     *
     * @param before the cursor that the sweep began with
     * @param after the one that it would end with
     * @param since when the first of what was left out changed
     */
    public static void hold(ObjectNode before, JsonNode after, Instant since) {
        var reached = instant(after, "watermark");
        if (reached != null) {
            put(
                    before,
                    "watermark",
                    Watermarks.later(instant(before, "watermark"), Watermarks.earlier(reached, since)));
        }
    }

    /** @throws RunException {@code cursor.invalid} where the stored cursor is none of ours */
    static Progress of(JsonNode json, String stream) {
        if (json.path("version").asInt(0) != VERSION) {
            throw invalid(
                    stream,
                    "it has version " + json.path("version").asText("none") + ", this Outrider reads " + VERSION);
        }
        try {
            var open = json.path("sweep");
            return new Progress(
                    instant(json, "watermark"),
                    text(json, "position"),
                    instant(json, "fullAt"),
                    instant(json, "completeAt"),
                    text(json, "etag"),
                    open.isObject()
                            ? new Sweep(
                                    open.required("id").asText(),
                                    instant(open, "started"),
                                    open.path("full").asBoolean(),
                                    open.path("part").asInt(),
                                    text(open, "next"),
                                    open.path("pages").asInt(),
                                    open.path("partPages").asInt(),
                                    instant(open, "high"),
                                    open.path("hidden").asBoolean(),
                                    Tally.of(open),
                                    instant(open, "told"))
                            : null);
        } catch (RuntimeException e) {
            throw invalid(stream, e.getMessage());
        }
    }

    private static RunException invalid(String stream, String why) {
        return new RunException(RunError.of(
                "cursor.invalid", "the stored cursor of " + stream + " cannot be used: " + why + ": reset it", false));
    }

    private static void put(ObjectNode json, String name, Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private static String text(JsonNode json, String name) {
        var value = json.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static Instant instant(JsonNode json, String name) {
        var value = text(json, name);
        return value == null ? null : Instant.parse(value);
    }
}
