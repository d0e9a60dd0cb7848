package dev.outrider.record;

/**
 * The pages of one stream run that the sink has taken and not yet made durable. A sink may store several pages at once while the next ones
 * are made; they are acknowledged in their order. Once one fails, none behind it may be stored: the cursor would pass it over.
 */
public final class Acknowledgements {
    private int waiting;
    private RuntimeException failure;

    /**
     * A page is handed to the sink.
     *
     * @throws RuntimeException why an earlier page was not stored
     */
    public synchronized void taken() {
        check();
        waiting++;
    }

    /** The oldest page is durable. */
    public synchronized void acknowledged() {
        waiting--;
        notifyAll();
    }

    /** The oldest page is not stored, and no later one will be. */
    public synchronized void refused(RuntimeException why) {
        failure = failure == null ? why : failure;
        waiting--;
        notifyAll();
    }

    /** Why no page is stored any more, or null. */
    public synchronized RuntimeException failure() {
        return failure;
    }

    /**
     * Waits until every page that was taken is durable. An interrupt does not end the wait, which is one of milliseconds: what becomes of
     * the pages must be known before the stream's end is.
     *
     * @throws RuntimeException why a page was not stored
     */
    public synchronized void settle() {
        boolean interrupted = false;
        while (waiting > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        check();
    }

    private void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
