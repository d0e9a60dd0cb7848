package dev.outrider.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How far each stream is, and what it has seen. Every write is durable when it returns. */
public interface StateStore {
    Optional<JsonNode> cursor(StreamKey key);

    /** Sets the cursor outside a page; null forgets it. */
    void cursor(StreamKey key, JsonNode cursor);

    /** Forgets all that is known of a stream: its cursor, what it has seen, what an unfinished unit has emitted. */
    void reset(StreamKey key);

    Optional<Seen> seen(StreamKey key, String identity);

    /** Those of the identities that were seen. */
    Set<String> seen(StreamKey key, List<String> identities);

    /** Marks identities as collected, outside a page. */
    void see(StreamKey key, List<Seen> seen);

    void forget(StreamKey key, String identity);

    /** Forgets that a unit was collected, so that it is again. */
    void forgetUnit(StreamKey key, String unit);

    /** Forgets several at once. */
    void forget(StreamKey key, List<String> identities);

    /** Forgets identities whose own time is before the given one; the number forgotten. */
    int pruneSeen(StreamKey key, Instant before);

    /** The seen identities, in no order, one at a time (the set may be large). */
    void eachSeen(StreamKey key, Consumer<Seen> visitor);

    /** What sweeps marked, except for one unit: 16-byte digests, a block a page. */
    List<byte[]> marks(StreamKey key, String exceptUnit);

    /** Forgets marks whose latest time is before the given one; the number of pages forgotten. */
    int pruneMarks(StreamKey key, Instant before);

    /** The ids that a unit emitted before a crash: 16 bytes each, a block a page. */
    List<byte[]> emitted(StreamKey key, String unit);

    /** The same for several units; nothing for one that emitted nothing. */
    Map<String, List<byte[]>> emitted(StreamKey key, List<String> units);

    /** Stores pages in one transaction, in their order; {@code more} joins it, for the sink's own position. */
    void commit(List<PageCommit> pages, Changes more);

    /** What a transaction changes. */
    @FunctionalInterface
    interface Changes {
        void accept(Transaction transaction) throws SQLException;
    }
}
