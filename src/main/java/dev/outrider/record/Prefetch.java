package dev.outrider.record;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The pages of a stream for a split. One page is read ahead, in a thread of its own, while the page before it is stored; order and errors
 * stay as they are. A page waits in the queue and one in the reader's hand, so at most three are in memory.
 *
 * <p>A split asks whether there is more before it processes the page in hand. So {@link #hasNext} never waits: a page that has arrived must
 * not depend on whether the next one does. Whether there was more is told by {@link #next}, which answers null where there was not; the
 * split passes over that.
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {
    private static final Object END = new Object();
    private static final long LOOK_MILLIS = 100;
    /** The reader's calls are broken off when the run is cancelled; what cannot be is left to end by itself. */
    private static final long CLOSE_MILLIS = 5000;

    private record Failure(RuntimeException error) {}

    private final StreamRun run;
    private final BlockingQueue<Object> ready = new ArrayBlockingQueue<>(1);
    private final Thread reader;
    private volatile boolean closed;
    private boolean over;
    private boolean exhausted;

    /** @param run ends the pages at the next boundary when it is cancelled */
    public Prefetch(StreamRun run, Iterator<T> source) {
        this.run = run;
        reader = new Thread(() -> read(source), "prefetch-" + run.key());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Iterator<T> source) {
        try {
            try {
                while (!closed && source.hasNext()) {
                    ready.put(source.next());
                }
                ready.put(END);
            } catch (RuntimeException e) {
                ready.put(new Failure(e));
            } catch (Error e) {
                ready.put(new Failure(new IllegalStateException("reading ahead failed: " + e, e)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False once {@link #next} has met the end; true does not promise another page. */
    @Override
    public boolean hasNext() {
        return !over && !cancelled();
    }

    /**
     * Waits for the next page.
     *
     * @return null where there is none: the source has ended, or the run was cancelled
     * @throws RuntimeException what the source failed with
     */
    @Override
    @SuppressWarnings("unchecked")
    public T next() {
        if (over) {
            throw new NoSuchElementException();
        }
        var taken = take();
        if (taken instanceof Failure failure) {
            over = true;
            throw failure.error();
        }
        if (taken == END) {
            over = true;
            exhausted = !cancelled();
            return null;
        }
        return (T) taken;
    }

    /** Whether every page of the source was handed out. */
    public boolean exhausted() {
        return exhausted;
    }

    private boolean cancelled() {
        return cancelled(run);
    }

    /** The stream that ends before its source does is partial. A source may end early itself because the run was cancelled. */
    public static boolean cancelled(StreamRun run) {
        if (!run.cancelled()) {
            return false;
        }
        run.partial(RunError.of("job.cancelled", "cancelled; the next run goes on from here", true));
        return true;
    }

    private Object take() {
        try {
            Object taken;
            while ((taken = ready.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS)) == null) {
                if (cancelled()) {
                    return END;
                }
                if (closed || !reader.isAlive() && ready.isEmpty()) {
                    throw new IllegalStateException("the reader ended before its source did");
                }
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page was read", e);
        }
    }

    /** Stops the reader and waits for it, so that nothing reads a source that is being closed. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        reader.interrupt();
        reader.join(CLOSE_MILLIS);
    }
}
