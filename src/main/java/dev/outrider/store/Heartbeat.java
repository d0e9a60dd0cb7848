package dev.outrider.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Renews the lease of a replica, in a thread of its own, and looks after the others. */
final class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    /** Beats of a lease: some may fail. */
    private static final int BEATS = 6;

    private final SharedReplica replica;
    private final long leaseNanos;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "replica");
        made.setDaemon(true);
        return made;
    });
    private Runnable work;
    private Runnable lost;
    /** When the last beat was, and since when none was late. */
    private long beat;

    private long regular;

    Heartbeat(SharedReplica replica, Duration lease) {
        this.replica = replica;
        this.leaseNanos = lease.toNanos();
    }

    void start() {
        beat = System.nanoTime();
        regular = beat;
        thread.scheduleWithFixedDelay(this::beat, leaseNanos / BEATS, leaseNanos / BEATS, TimeUnit.NANOSECONDS);
    }

    synchronized void serve(Runnable work, Runnable lost) {
        this.work = work;
        this.lost = lost;
    }

    void stop() {
        thread.shutdownNow();
    }

    private synchronized void beat() {
        try {
            if (!replica.renew()) {
                LOG.error("another replica took over the work of this one, which gave no sign of life for too long");
                thread.shutdown();
                if (lost != null) {
                    lost.run();
                }
                return;
            }
            replica.free();
            // When the server was away everybody is late, and nobody dead: they get the time to say so.
            long now = System.nanoTime();
            if (now - beat > leaseNanos) {
                regular = now;
            }
            beat = now;
            if (work == null) {
                return;
            }
            int dead = now - regular < leaseNanos ? 0 : replica.adopt();
            if (dead > 0) {
                LOG.warnf("%d replicas gave no sign of life: their work is taken over", dead);
            }
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf("no sign of life could be given: %s", e.getMessage());
        }
    }
}
