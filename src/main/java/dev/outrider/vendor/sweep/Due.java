package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Marks;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.sweep.Progress.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells which of a page's items are due, and how far the stream is when all are stored. */
final class Due {
    private final StreamRun run;
    private final PageSpec spec;
    private final JsonPointer pointer;
    private final Duration overlap;
    private final KnownItems known;
    private final Deliveries deliveries;
    private final List<JsonNode> brought = new ArrayList<>();
    private final List<Instant> broughtTimes = new ArrayList<>();
    private final Instant watermark;
    private final boolean full;
    private Instant high;
    private boolean ended;
    private Instant restarted;
    private Instant ascending;
    private List<Instant> times = List.of();

    Due(StateStore state, StreamRun run, Listing listing, Progress progress) {
        this.run = run;
        this.spec = listing.spec();
        this.pointer = JsonPointer.compile(spec.getWatermark());
        this.overlap = Duration.parse(spec.getOverlap());
        this.watermark = progress.watermark();
        this.full = progress.sweep().full();
        this.high = progress.sweep().high();
        this.known = new KnownItems(
                state, run.key(), spec.itemIdentity(), overlap, progress.sweep().id());
        known.prune(watermark);
        this.deliveries = new Deliveries(state, run, listing, progress);
    }

    /** From when on a listing is asked for; null for all of it. */
    Instant since(Sweep sweep) {
        if (sweep.pages() > 0
                && sweep.partPages() == 0
                && sweep.high() != null
                && spec.getEach().isEmpty()
                && spec.getOrder().equals("ascending")) {
            // Begun anew: what comes before its latest item is stored, and what is as old as that is known by its
            // records' ids.
            return sweep.high();
        }
        if (!sweep.full() && watermark != null) {
            return watermark.minus(overlap);
        }
        return spec.getBackfill().isEmpty() ? null : sweep.started().minus(Duration.parse(spec.getBackfill()));
    }

    /** The items that are due; the others are counted, with the reason. */
    List<JsonNode> of(List<JsonNode> received, Instant now) {
        brought.clear();
        broughtTimes.clear();
        if (spec.getWatermark().isEmpty()) {
            return received;
        }
        var boundary = full || watermark == null ? null : watermark.minus(overlap);
        var all = new ArrayList<Instant>(received.size());
        received.forEach(item -> all.add(Watermarks.of(item, pointer)));
        boolean descending = spec.getOrder().equals("descending") && falls(all);
        var items = new ArrayList<JsonNode>(received.size());
        times = new ArrayList<>(received.size());
        long unchanged = 0;
        ascending = Instant.MIN;
        for (int i = 0; i < received.size(); i++) {
            var item = received.get(i);
            var at = all.get(i);
            ascending = at == null || ascending == null || at.isBefore(ascending) ? null : at;
            high = Watermarks.later(high, at);
            if (descending && boundary != null && at != null && at.isBefore(boundary)) {
                ended = true;
                unchanged++;
            } else if (!full && watermark != null && known.has(item)) {
                unchanged++;
            } else if (deliveries.brought(item, at, now)) {
                brought.add(item);
                broughtTimes.add(at);
            } else {
                items.add(item);
                times.add(at);
            }
        }
        if (unchanged > 0) {
            run.counts().dropped("unchanged", unchanged);
        }
        if (!brought.isEmpty()) {
            run.counts().dropped("delivered", brought.size());
        }
        return items;
    }

    /** A vendor that ignores the order asked for may have new items behind old ones. */
    private static boolean falls(List<Instant> received) {
        Instant before = null;
        for (var at : received) {
            if (before != null && at != null && at.isAfter(before)) {
                return false;
            }
            before = at == null ? before : at;
        }
        return true;
    }

    /** When an item changed; null where it does not tell. */
    Instant time(JsonNode item) {
        return spec.getWatermark().isEmpty() ? null : Watermarks.of(item, pointer);
    }

    /** Whether the listing came to what is known: from there on nothing is due. */
    boolean ended() {
        return ended;
    }

    /** A new listing of the same sweep begins. */
    void part() {
        ended = false;
    }

    /** The listing begins anew. */
    void restart() {
        restarted = high;
    }

    /** Whether a listing in ascending order came further than where it began anew. */
    boolean further() {
        return restarted != null && high.isAfter(restarted) && spec.getOrder().equals("ascending");
    }

    /** The time of the last page's last item; null where that page was not in ascending order. */
    Instant ascending() {
        return Instant.MIN.equals(ascending) ? null : ascending;
    }

    Instant high() {
        return high;
    }

    /**
     * The marks of a page, those of what deliveries brought among them: later sweeps know both. Null where nothing of it can be met again.
     *
     * @param items what {@link #of} gave last, or none
     */
    Marks marks(List<JsonNode> items) {
        if (items.isEmpty() && brought.isEmpty() || spec.getWatermark().isEmpty()) {
            return null;
        }
        var met = new ArrayList<>(items);
        met.addAll(brought);
        var metTimes = new ArrayList<>(items.isEmpty() ? List.<Instant>of() : times);
        metTimes.addAll(broughtTimes);
        // A file that cannot be had holds the watermark while others go by: none of these may be met as new again.
        return known.marks(met, metTimes, spec.getContent().wanted() ? null : high);
    }

    /**
     * The watermark after the sweep. Unless the vendor lists in ascending order, what changed while we read may have been missed behind
     * us, so it is not later than the start; and never later than now, whatever an item claims.
     */
    Instant watermark(Progress progress, Instant now) {
        if (high == null) {
            return progress.watermark();
        }
        var most = spec.getOrder().equals("ascending") ? now : progress.sweep().started();
        return Watermarks.later(progress.watermark(), Watermarks.earlier(high, most));
    }
}
