package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.store.Seen;
import dev.outrider.store.StateStore;
import dev.outrider.store.StreamKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The items near the watermark that earlier sweeps emitted: what an overlap meets again is not sent again. Bounded by time: it holds twice
 * the overlap and is cut at the start of each sweep.
 */
final class KnownItems {
    private final StateStore state;
    private final StreamKey key;
    private final List<String> identity;
    private final Duration overlap;
    private final String unit;
    private Set<String> known;

    KnownItems(StateStore state, StreamKey key, String identity, Duration overlap, String unit) {
        this.state = state;
        this.key = key;
        this.identity = Arrays.stream(identity.split(","))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
        this.overlap = overlap;
        this.unit = unit;
    }

    /** Forgets what no later sweep can meet. */
    void prune(Instant watermark) {
        if (!overlap.isZero() && watermark != null) {
            state.pruneSeen(key, watermark.minus(overlap.multipliedBy(2)));
        }
    }

    /** Whether an earlier sweep emitted the item. This sweep's own ones are told apart by their records' ids. */
    boolean has(JsonNode item) {
        if (overlap.isZero()) {
            return false;
        }
        if (known == null) {
            known = new HashSet<>();
            state.eachSeen(key, seen -> {
                if (!seen.unit().equals(unit)) {
                    known.add(seen.identity());
                }
            });
        }
        return !known.isEmpty() && known.contains(name(item));
    }

    /** The marks of those items that a later sweep may meet again, given the latest watermark so far. */
    List<Seen> marks(List<JsonNode> items, String pointer, Instant high) {
        var marks = new ArrayList<Seen>();
        if (overlap.isZero() || high == null) {
            return marks;
        }
        var since = high.minus(overlap.multipliedBy(2));
        for (var item : items) {
            var at = Watermarks.of(item, pointer);
            if (at != null && !at.isBefore(since)) {
                marks.add(new Seen(name(item), at, unit));
            }
        }
        return marks;
    }

    private String name(JsonNode item) {
        // Items without any of it would all be the same one, and new ones taken for known.
        if (identity.stream().allMatch(pointer -> item.at(pointer).asText("").isEmpty())) {
            return digest(item.toString());
        }
        var name = identity.stream().map(pointer -> item.at(pointer).asText()).collect(Collectors.joining("|"));
        return name.length() <= 200 ? name : digest(name);
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
