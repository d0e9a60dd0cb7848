package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.store.Marks;
import dev.outrider.store.Seen;
import java.util.List;

/**
 * What one vendor reply or one file chunk yields, on its way to the sink: the body of one exchange.
 *
 * @param run the stream run it belongs to
 * @param unit what is collected once (a sweep, a file's identity), with the ids it emitted so far
 * @param number page in the unit, from 1; 0 for a replay, outside of the unit's own pages
 * @param items the vendor's items, untouched
 * @param faults what the reader could not read: each counts as one received and failed item and becomes a dead letter
 * @param cursor how far the stream is once this page is durable; null where the page does not move it
 * @param seen identities that are done with this page
 * @param delivered by item, what is seen once the page is durable and the item did not fail, null for nothing; empty where no item has such
 * @param marks items that later sweeps may meet again; null where there are none
 * @param last true on the unit's last page
 * @param mapping what makes records of its items; empty where the route says it
 */
public record Page(
        StreamRun run,
        Unit unit,
        int number,
        List<JsonNode> items,
        List<RunError> faults,
        JsonNode cursor,
        List<Seen> seen,
        List<Seen> delivered,
        Marks marks,
        boolean last,
        String mapping) {
    public Page(
            StreamRun run,
            Unit unit,
            int number,
            List<JsonNode> items,
            List<RunError> faults,
            JsonNode cursor,
            List<Seen> seen,
            boolean last) {
        this(run, unit, number, items, faults, cursor, seen, List.of(), null, last);
    }

    public Page(
            StreamRun run,
            Unit unit,
            int number,
            List<JsonNode> items,
            List<RunError> faults,
            JsonNode cursor,
            List<Seen> seen,
            List<Seen> delivered,
            Marks marks,
            boolean last) {
        this(run, unit, number, items, faults, cursor, seen, delivered, marks, last, "");
    }

    /** The same page, with a mapping of its own. */
    public Page mappedBy(String own) {
        return new Page(run, unit, number, items, faults, cursor, seen, delivered, marks, last, own);
    }
}
