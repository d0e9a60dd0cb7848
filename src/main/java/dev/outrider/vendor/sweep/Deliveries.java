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

    /** @param watermark null in a run that has no earlier one to compare with */
    Deliveries(StateStore state, StreamRun run, Listing listing, Instant watermark) {
        this.state = state;
        this.run = run;
        this.listing = listing;
        this.expected = watermark != null
                && listing.brought().isPresent()
                && run.integration().secrets().containsKey("webhookSecret");
        if (expected) {
            run.counts().webhookGaps(0);
        }
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
