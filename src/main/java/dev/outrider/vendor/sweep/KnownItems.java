package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.IdSet;
import dev.outrider.record.value.Digest;
import dev.outrider.store.Marks;
import dev.outrider.store.StateStore;
import dev.outrider.store.StreamKey;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The items near the watermark that earlier sweeps emitted: what an overlap meets again is not sent again. Bounded by time: it holds twice
 * the overlap and is cut at the start of each sweep.
 */
final class KnownItems {
    private static final int SIZE = 16;

    private final StateStore state;
    private final StreamKey key;
    private final List<JsonPointer> identity;
    private final Duration overlap;
    private final String unit;
    private IdSet known;

    KnownItems(StateStore state, StreamKey key, String identity, Duration overlap, String unit) {
        this.state = state;
        this.key = key;
        this.identity = Arrays.stream(identity.split(","))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .map(JsonPointer::compile)
                .toList();
        this.overlap = overlap;
        this.unit = unit;
    }

    /** Forgets what no later sweep can meet. */
    void prune(Instant watermark) {
        if (!overlap.isZero() && watermark != null) {
            state.pruneMarks(key, watermark.minus(overlap.multipliedBy(2)));
        }
    }

    /** Whether an earlier sweep emitted the item. This sweep's own ones are told apart by their records' ids. */
    boolean has(JsonNode item) {
        if (overlap.isZero()) {
            return false;
        }
        if (known == null) {
            known = new IdSet();
            state.marks(key, unit).forEach(known::addAll);
        }
        return known.size() > 0 && known.contains(digest(item));
    }

    /**
     * The marks of those items that a later sweep may meet again; null where there are none.
     *
     * @param times of the items, in their order; null where one tells none
     * @param high the latest so far, which tells what is too old to be met; null for nothing is
     */
    Marks marks(List<JsonNode> items, List<Instant> times, Instant high) {
        if (overlap.isZero()) {
            return null;
        }
        var since = high == null ? Instant.MIN : high.minus(overlap.multipliedBy(2));
        var digests = new ByteArrayOutputStream();
        Instant latest = null;
        for (int i = 0; i < items.size(); i++) {
            var at = times.get(i);
            if (at != null && !at.isBefore(since)) {
                latest = Watermarks.later(latest, at);
                digests.write(digest(items.get(i)), 0, SIZE);
            }
        }
        return latest == null ? null : new Marks(latest, digests.toByteArray());
    }

    /** Of what the class says tells an item's version from all others. */
    private byte[] digest(JsonNode item) {
        boolean any = false;
        var parts = new ArrayList<String>(identity.size());
        for (var pointer : identity) {
            var part = item.at(pointer).asText("");
            any |= !part.isEmpty();
            parts.add(part);
        }
        // Items without any of it would all be the same one, and new ones taken for known.
        var digest = Digest.get();
        (any ? parts : List.of(item.toString())).forEach(digest::text);
        return digest.finish();
    }
}
