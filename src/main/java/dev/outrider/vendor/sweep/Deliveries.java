package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.DeliveredMark;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import java.time.Duration;
import java.time.Instant;

/** Which changes the vendor has pushed already, and which it should have. Only of integrations that take deliveries. */
final class Deliveries {
    /** A delivery of something that changed just now may be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    private final StateStore state;
    private final StreamRun run;
    private final Listing listing;
    private final boolean expected;

    Deliveries(StateStore state, StreamRun run, Listing listing, Progress progress) {
        this.state = state;
        this.run = run;
        this.listing = listing;
        this.expected = compares(run, progress)
                && listing.brought().isPresent()
                && run.integration().secrets().containsKey("webhookSecret");
        if (expected) {
            run.counts().webhookGaps(0);
        }
    }

    /**
     * Whether an earlier run tells what is new in this one. Where that saw nothing there is no watermark and so everything is asked for, but
     * everything is new as well.
     */
    private static boolean compares(StreamRun run, Progress progress) {
        return progress.watermark() == null
                ? progress.completeAt() != null && !run.full()
                : !progress.sweep().full();
    }

    /** Whether a delivery brought the item as it is; one that none brought is counted as a gap. */
    boolean brought(JsonNode item, Instant changed, Instant now) {
        if (!expected || !listing.brought().get().test(item)) {
            return false;
        }
        var mark = DeliveredMark.of(run.stream(), item, listing.spec().itemIdentity());
        boolean brought = mark.isPresent()
                && state.seen(run.key().deliveries(), mark.get()).isPresent();
        if (!brought && changed != null && changed.plus(ON_ITS_WAY).isBefore(now)) {
            run.counts().webhookGaps(1);
        }
        return brought;
    }
}
