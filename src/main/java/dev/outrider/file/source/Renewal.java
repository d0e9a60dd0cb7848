package dev.outrider.file.source;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Does something again and again before a time is over, from a thread of its own, until closed. */
final class Renewal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Renewal.class);

    private final Duration lifetime;
    private final Runnable renew;
    private ScheduledExecutorService timer;

    Renewal(Duration lifetime, Runnable renew) {
        this.lifetime = lifetime;
        this.renew = renew;
    }

    /** Again does nothing. */
    void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "queue-renewal");
                thread.setDaemon(true);
                return thread;
            });
            long third = lifetime.toMillis() / 3;
            timer.scheduleWithFixedDelay(this::renewOnce, third, third, TimeUnit.MILLISECONDS);
        }
    }

    private void renewOnce() {
        try {
            renew.run();
        } catch (SdkException e) {
            LOG.warnf("messages of the queue were not renewed and may be read twice: %s", Causes.of(e));
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
