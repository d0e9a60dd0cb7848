package dev.outrider.webhook;

import dev.outrider.record.StreamRun;
import dev.outrider.store.Deliveries;
import dev.outrider.store.Delivery;
import java.util.List;

/** A delivery whose pages are made. */
record Ready(Delivery delivery, WebhookTarget target, StreamRun run, Sorting sorted, List<MappedPage> pages) {
    /** Whether all of its pages are in the sink. */
    boolean stored() {
        return run.acknowledgements().failure() == null && run.counts().pages() == pages.size();
    }

    /** What is to be kept of it when it has ended. */
    Deliveries.Done done() {
        var counts = run.counts();
        var mark = counts.emitted() == 0 && sorted.streams.isEmpty()
                ? Deliveries.Mark.GOES
                : pages.isEmpty() ? Deliveries.Mark.IS_PUT : Deliveries.Mark.STAYS;
        return new Deliveries.Done(delivery, counts.failed() > 0, mark);
    }
}
