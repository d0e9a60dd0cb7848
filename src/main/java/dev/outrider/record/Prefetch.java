package dev.outrider.record;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads one page ahead in a thread of its own while the page before it is stored; order and errors stay as they are. A page waits in the
 * queue and one in the reader's hand, so at most three are in memory.
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {
    private static final Object END = new Object();

    private record Failure(RuntimeException error) {}

    private final BlockingQueue<Object> ready = new ArrayBlockingQueue<>(1);
    private final Thread reader;
    private volatile boolean closed;
    private Object next;

    public Prefetch(String name, Iterator<T> source) {
        reader = new Thread(() -> read(source), "prefetch-" + name);
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

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = take();
        }
        if (next instanceof Failure failure) {
            throw failure.error();
        }
        return next != END;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var page = (T) next;
        next = null;
        return page;
    }

    private Object take() {
        try {
            Object taken;
            while ((taken = ready.poll(1, TimeUnit.SECONDS)) == null) {
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
        reader.join(TimeUnit.SECONDS.toMillis(10));
    }
}
