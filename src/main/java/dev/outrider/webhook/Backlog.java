package dev.outrider.webhook;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What waits to become records, in deliveries and in bytes of their bodies. */
final class Backlog {
    /** So much beyond half of the room is on its way at any time: who comes and who leaves need not wait for each other. */
    private static final long AHEAD = 1024;

    private static final long AHEAD_BYTES = 8L << 20;
    private static final long WAIT_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Settings settings;

    Backlog(Settings settings) {
        this.settings = settings;
    }

    /** What is replayed is counted with the next {@link #correct}: until then there may be less than none. */
    long count() {
        return Math.max(0, count.get());
    }

    void begin(long deliveries, long bodyBytes) {
        count.set(deliveries);
        bytes.set(bodyBytes);
    }

    /** Sets right what replays and other processes changed. */
    void correct(long deliveries) {
        count.set(deliveries);
        if (deliveries == 0) {
            bytes.set(0);
        }
    }

    void add(long bodyBytes) {
        count.incrementAndGet();
        bytes.addAndGet(bodyBytes);
    }

    void remove(long bodyBytes) {
        count.decrementAndGet();
        bytes.addAndGet(-bodyBytes);
    }

    /** Whether there is no room for another one. */
    boolean full() {
        return count.get() >= settings.backlogMax() || bytes.get() >= settings.backlogMaxBytes();
    }

    /** Whether half of the room is taken. */
    boolean half() {
        return count.get() >= settings.backlogMax() / 2 || bytes.get() >= settings.backlogMaxBytes() / 2;
    }

    /**
     * Waits while clearly more than half of the room is taken, but no longer than a sender is glad to wait: those that wait for their answer
     * before they send more then come as fast as records are made, and none has to be refused.
     */
    void awaitBalance() {
        long end = System.nanoTime() + WAIT_MAX_NANOS;
        while ((count.get() >= settings.backlogMax() / 2 + AHEAD
                        || bytes.get() >= settings.backlogMaxBytes() / 2 + AHEAD_BYTES)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }
}
