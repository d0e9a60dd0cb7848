package dev.outrider.webhook;

import java.util.concurrent.atomic.AtomicLong;

/** What waits to become records, in deliveries and in bytes of their bodies. */
final class Backlog {
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
}
