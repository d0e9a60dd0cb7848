package dev.outrider.vendor.aws;

import dev.outrider.record.Page;
import dev.outrider.record.Prefetch;
import dev.outrider.record.StreamRun;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * The pages of a stream's listings, one listing after the other: the next one is begun when the pages before it are with the sink. As
 * {@link Prefetch} does, it never waits in {@link #hasNext} and tells the end by a null page.
 */
final class AwsPages implements Iterator<Page> {
    private final Deque<Supplier<Iterator<Page>>> listings = new ArrayDeque<>();
    private final StreamRun run;
    private Iterator<Page> current = Collections.emptyIterator();

    /** @param run between two listings it ends where it is cancelled */
    AwsPages(StreamRun run) {
        this.run = run;
    }

    void add(Supplier<Iterator<Page>> listing) {
        listings.add(listing);
    }

    @Override
    public boolean hasNext() {
        return !Prefetch.cancelled(run) && (current.hasNext() || !listings.isEmpty());
    }

    @Override
    public Page next() {
        while (hasNext()) {
            if (!current.hasNext()) {
                current = listings.poll().get();
            }
            var page = current.hasNext() ? current.next() : null;
            if (page != null) {
                return page;
            }
        }
        return null;
    }
}
