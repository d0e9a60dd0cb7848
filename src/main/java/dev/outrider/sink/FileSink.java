package dev.outrider.sink;

import dev.outrider.record.Acknowledgements;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.store.PageCommit;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Appends records to {@code records.ndjson} in the data folder.
 *
 * <p>A thread of its own stores whatever pages have come while it stored those before: their lines are written and forced to disk, then the
 * file's new length is committed in one transaction with the pages' cursors. So the disk is waited for once for many pages, and the next
 * ones are made meanwhile. Pages keep their order.
 */
@ApplicationScoped
@Unremovable
public class FileSink {
    public static final String NAME = "file";

    private static final Logger LOG = Logger.getLogger(FileSink.class);

    /** What waits at most: enough for the disk to be busy, and little beside the heap. */
    private static final long MOST_WAITING_BYTES = 8L << 20;

    private static final int MOST_WAITING_PAGES = 256;

    /**
     * A page that is to be stored.
     *
     * @param lines whole lines, each with its line feed
     * @param run told once the page is durable, or why it is not
     * @param stored called once the page is durable, before {@code run} is told
     */
    public record Due(List<byte[]> lines, PageCommit page, Acknowledgements run, Runnable stored) {
        private long bytes() {
            long bytes = 0;
            for (var line : lines) {
                bytes += line.length;
            }
            return bytes;
        }
    }

    private final RecordFile file;
    private final Deque<Due> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private Thread writer;
    private boolean closed;

    @Inject
    public FileSink(
            Store store,
            @ConfigProperty(name = "outrider.sink.file.rotate-bytes", defaultValue = "1073741824") long rotateBytes) {
        this.file = new RecordFile(store, rotateBytes);
    }

    /** Where the records are. */
    public Path file() {
        return file.path();
    }

    /** Cuts the file back to what was committed. Called at the start. */
    public synchronized void open() throws IOException {
        file.open();
        if (writer == null) {
            writer = new Thread(this::write, "file-sink");
            writer.setDaemon(true);
            writer.start();
        }
    }

    /** Stores what was taken, then ends. */
    @PreDestroy
    public void close() throws IOException, InterruptedException {
        Thread ending;
        synchronized (this) {
            closed = true;
            notifyAll();
            ending = writer;
        }
        if (ending != null) {
            ending.join();
        }
        file.close();
    }

    /**
     * Takes pages, to store them together; waits only where too much waits already. A page is durable once its run says so.
     *
     * @throws RuntimeException why an earlier page of a run was not stored; those before that one are taken
     */
    public void store(List<Due> pages) {
        var taken = new ArrayList<Due>(pages.size());
        try {
            for (var page : pages) {
                page.run().taken();
                taken.add(page);
            }
        } finally {
            hand(taken);
        }
    }

    private void hand(List<Due> pages) {
        try {
            take(pages, pages.stream().mapToLong(Due::bytes).sum());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pages.forEach(page -> page.run().refused(failure("sink.failed", "the file sink is being closed", e)));
        }
    }

    private synchronized void take(List<Due> pages, long bytes) throws InterruptedException {
        while (!closed
                && !waiting.isEmpty()
                && (waitingBytes + bytes > MOST_WAITING_BYTES || waiting.size() + pages.size() > MOST_WAITING_PAGES)) {
            wait();
        }
        if (closed) {
            throw new InterruptedException("the sink is closed");
        }
        waiting.addAll(pages);
        waitingBytes += bytes;
        notifyAll();
    }

    private void write() {
        List<Due> group;
        while (!(group = next()).isEmpty()) {
            var due = new ArrayList<Due>(group.size());
            for (var page : group) {
                var failure = page.run().failure();
                if (failure == null) {
                    due.add(page);
                } else {
                    page.run().refused(failure);
                }
            }
            if (!stored(due)) {
                // One of them is at fault, and must not take the others with it.
                for (var page : due) {
                    alone(page);
                }
            }
        }
    }

    /** All that waits; empty once the sink is closed. */
    private synchronized List<Due> next() {
        boolean interrupted = false;
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        var group = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        notifyAll();
        return group;
    }

    /** False where there are several and one of them is at fault. */
    private boolean stored(List<Due> pages) {
        if (pages.isEmpty()) {
            return true;
        }
        try {
            var lines = new ArrayList<byte[]>();
            pages.forEach(page -> lines.addAll(page.lines()));
            file.store(lines, pages.stream().map(Due::page).toList());
        } catch (IOException e) {
            return refused(
                    pages,
                    "sink.failed",
                    "the file sink could not write " + file.path().toAbsolutePath() + " (" + e.getMessage()
                            + "): make room or repair it",
                    e);
        } catch (RecordFile.UnsureException e) {
            // Not one after the other either: whoever sends them again asks the store first what it has.
            pages.forEach(page -> page.run().refused(failure("sink.unsure", e.getMessage(), e)));
            return true;
        } catch (RuntimeException e) {
            return refused(pages, "store.failed", e.getMessage(), e);
        } catch (Error e) {
            // Whoever waits for the pages must learn of it, whatever it is.
            return refused(pages, "sink.failed", "the file sink failed with " + e, e);
        }
        pages.forEach(FileSink::acknowledge);
        return true;
    }

    private static boolean refused(List<Due> pages, String code, String why, Throwable cause) {
        if (pages.size() > 1) {
            return false;
        }
        pages.get(0).run().refused(failure(code, why, cause));
        return true;
    }

    private static void acknowledge(Due page) {
        try {
            page.stored().run();
        } catch (RuntimeException e) {
            // The page is stored all the same: to store it once more would double it.
            LOG.errorf(e, "%s: a stored page could not be counted", page.page().key());
        } finally {
            page.run().acknowledged();
        }
    }

    private void alone(Due page) {
        var failure = page.run().failure();
        if (failure == null) {
            stored(List.of(page));
        } else {
            page.run().refused(failure);
        }
    }

    private static RunException failure(String code, String why, Throwable cause) {
        return new RunException(RunError.of(code, why + "; the page is not acknowledged and comes again", true), cause);
    }
}
