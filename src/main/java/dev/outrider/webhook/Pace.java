package dev.outrider.webhook;

import dev.outrider.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A sender waits for its answer and has a deadline: records may come later, but not ever later. */
final class Pace {
    /** What senders have of the time while they press, as a multiple of what making records has. */
    private static final int SENDERS_SHARE = 7;

    private static final long PAUSE_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Records are not made to wait longer than that. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final DeliveryWriter writer;
    private final Backlog backlog;

    Pace(DeliveryWriter writer, Backlog backlog) {
        this.writer = writer;
        this.backlog = backlog;
    }

    /** Rests while senders press, unless too much waits, or too long. */
    void giveWay(long tookNanos, Delivery oldest) {
        if (!backlog.half() && oldest.received().plus(LATE).isAfter(Instant.now())) {
            writer.awaitCalm(Math.min(tookNanos * SENDERS_SHARE, PAUSE_MAX_NANOS));
        }
    }
}
