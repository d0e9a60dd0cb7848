package dev.outrider.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * All that becomes durable together once a page's records are in the sink.
 *
 * @param unit what the page is part of
 * @param page number in the unit, from 1; 0 for what is stored outside the unit's own pages (a replay)
 * @param cursor how far the stream is after this page; null leaves the stored cursor as it is
 * @param seen identities that are done with this page and must not be collected again
 * @param marks items that later sweeps may meet again; null where there are none
 * @param unitDone true with the unit's last page: its emitted ids need no longer be remembered
 * @param ids the 16-byte ids that this page emitted, one after the other
 * @param deadLetters the items of the page that failed
 */
public record PageCommit(
        StreamKey key,
        String unit,
        int page,
        JsonNode cursor,
        List<Seen> seen,
        Marks marks,
        boolean unitDone,
        byte[] ids,
        List<DeadLetter> deadLetters) {
    /** Closes a unit outside of its pages: its emitted ids need no longer be remembered. */
    public static PageCommit close(StreamKey key, String unit, JsonNode cursor) {
        return new PageCommit(key, unit, 0, cursor, List.of(), null, true, new byte[0], List.of());
    }
}
