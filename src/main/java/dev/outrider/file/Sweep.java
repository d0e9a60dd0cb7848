package dev.outrider.file;

import dev.outrider.file.source.Cancelled;
import dev.outrider.file.source.FileGone;
import dev.outrider.file.source.FileSource;
import dev.outrider.file.source.SourceFile;
import dev.outrider.record.IdSet;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.store.PageCommit;
import dev.outrider.store.StateStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Reads what is due at a source, page by page and file by file: first the file that an earlier run began. Runs ahead of the storing of
 * pages, so it never assumes that a page it made is durable.
 */
final class Sweep implements Iterator<Delivery>, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private final StreamRun run;
    private final FileSource source;
    private final StateStore state;
    private final ScanOpener opener;
    private final int pageItems;
    private final String watermark;
    private Progress begun;
    private Iterator<SourceFile> due;
    private EventFiles named;
    private FilePages file;
    private boolean ended;
    private volatile boolean complete;

    Sweep(StreamRun run, FileSource source, StateStore state, ScanOpener opener, int pageItems) {
        this.run = run;
        this.source = source;
        this.state = state;
        this.opener = opener;
        this.pageItems = pageItems;
        this.watermark = source.watermark();
        this.begun = Progress.of(state.cursor(run.key()).orElse(null));
    }

    /** Whether the source was searched to its end. */
    boolean complete() {
        return complete;
    }

    @Override
    public boolean hasNext() {
        try {
            while (!ended && !run.cancelled()) {
                if (file != null && file.hasNext()) {
                    return true;
                }
                closeFile();
                nextFile();
            }
        } catch (Cancelled e) {
            ended = true;
        } catch (RuntimeException e) {
            // What was broken off because the run was cancelled fails somehow.
            if (!run.cancelled()) {
                throw e;
            }
            ended = true;
        }
        return false;
    }

    @Override
    public Delivery next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return file.next();
    }

    private void nextFile() {
        if (begun != null) {
            var from = begun;
            begun = null;
            if (from.begun()) {
                resume(from);
                return;
            }
        }
        if (due == null) {
            due = asked(source.due());
        }
        if (due.hasNext()) {
            var one = due.next();
            open(one, Progress.start(one, watermark), new IdSet());
        } else {
            complete = true;
            ended = true;
            if (named != null && !named.missing().isEmpty()) {
                run.error(RunError.of(
                        "event.not_due",
                        "the event names what is not due here: " + named.missing()
                                + ": it does not exist, lies elsewhere, or was collected before",
                        false));
            }
        }
    }

    /** What an event names, if one asked for the run; else everything. */
    private Iterator<SourceFile> asked(Iterator<SourceFile> all) {
        if (run.event().isEmpty()) {
            return all;
        }
        named = new EventFiles(run.event().get());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
                .filter(named)
                .iterator();
    }

    private void resume(Progress from) {
        Optional<SourceFile> same = source.begun(from.where(), from.unit());
        if (same.isEmpty()) {
            abandon(from);
            return;
        }
        var emitted = new IdSet();
        state.emitted(run.key(), from.unit()).forEach(emitted::addAll);
        LOG.infof("%s: going on after item %d", from.name(), from.items());
        if (!open(same.get(), from, emitted)) {
            abandon(from);
        }
    }

    /** The rest of a file that is gone can never be read: the stream says so, and its unit is closed. */
    private void abandon(Progress from) {
        var none = Progress.none(watermark).json();
        state.commit(List.of(PageCommit.close(run.key(), from.unit(), none)), connection -> {});
        run.partial(RunError.of(
                "file.changed",
                from.name() + " was changed or taken away after " + from.items()
                        + " of its items were collected: the rest is lost, unless it is put in again",
                false));
    }

    private boolean open(SourceFile one, Progress from, IdSet emitted) {
        try {
            file = new FilePages(run, one, opener, pageItems, from, emitted);
            return true;
        } catch (FileGone e) {
            LOG.info(e.getMessage());
            one.close();
            return false;
        }
    }

    private void closeFile() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.warnf("a file that was read did not close: %s", e.getMessage());
        }
        file = null;
    }

    @Override
    public void close() {
        closeFile();
    }
}
