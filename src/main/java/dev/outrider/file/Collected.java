package dev.outrider.file;

import dev.outrider.file.source.FileSource;
import dev.outrider.record.Page;
import dev.outrider.record.Prefetch;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jboss.logging.Logger;

/**
 * The pages of a source as the route takes them; null where there is none after all. A file is put out of the way only once the store has
 * its last page: a split asks whether there is a next page before it processes the one it took, so being asked proves nothing. What is not
 * proven by then is looked at again when the run closes.
 */
final class Collected implements Iterator<Page>, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Collected.class);

    private final StreamRun run;
    private final FileSource source;
    private final Sweep sweep;
    private final StateStore state;
    private final Prefetch<Delivery> pages;
    private final Deque<Delivery> delivered = new ArrayDeque<>();
    private boolean closed;

    Collected(StreamRun run, FileSource source, Sweep sweep, StateStore state) {
        this.run = run;
        this.source = source;
        this.sweep = sweep;
        this.state = state;
        this.pages = new Prefetch<>(run, sweep);
    }

    @Override
    public boolean hasNext() {
        settle();
        return pages.hasNext();
    }

    @Override
    public Page next() {
        settle();
        var delivery = pages.next();
        if (delivery == null) {
            return null;
        }
        var page = delivery.page();
        for (var fault : page.faults()) {
            if (delivery.loss() && !run.isPartial()) {
                run.partial(fault);
            } else {
                run.error(fault);
            }
        }
        if (page.last() && !page.seen().isEmpty()) {
            delivered.add(delivery);
        }
        return page;
    }

    private synchronized void settle() {
        while (!delivered.isEmpty() && durable(delivered.peek())) {
            var delivery = delivered.remove();
            try {
                delivery.file().settle(delivery.failed());
            } catch (IOException e) {
                run.error(RunError.of("file.not_moved", e.getMessage(), true));
            }
        }
    }

    private boolean durable(Delivery delivery) {
        var identity = delivery.page().seen().get(0).identity();
        return state.seen(run.key(), identity).isPresent();
    }

    /** When the run is over: all pages were stored by now, or never will be. */
    @Override
    public void close() throws InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        pages.close();
        settle();
        // A run that an event narrowed saw only a part, so what it saw is no reason to forget or to move on.
        if (pages.exhausted()
                && sweep.complete()
                && delivered.isEmpty()
                && run.event().isEmpty()) {
            finish();
        } else {
            LOG.debugf("%s: the sweep did not come to its end", run.key());
        }
    }

    private void finish() {
        var watermark = source.finished();
        if (watermark != null) {
            state.cursor(run.key(), Progress.none(watermark).json());
        }
    }
}
