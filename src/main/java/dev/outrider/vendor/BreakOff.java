package dev.outrider.vendor;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Breaks off what is no longer wanted. A thread that waits for a vendor's bytes hears of nothing, so another one looks for it, several times
 * a second until closed.
 */
public final class BreakOff implements AutoCloseable {
    private static final long LOOK_MILLIS = 250;
    /** To close a connection may take its time; others must not wait for it. */
    private static final int LOOKERS = 4;

    private static final ScheduledThreadPoolExecutor LOOKS = looks();

    private final Future<?> look;

    /** @param breakOff may be called again, from any thread */
    public BreakOff(BooleanSupplier unwanted, Runnable breakOff) {
        look = LOOKS.scheduleWithFixedDelay(
                () -> {
                    if (unwanted.getAsBoolean()) {
                        breakOff.run();
                    }
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        look.cancel(false);
    }

    private static ScheduledThreadPoolExecutor looks() {
        var looks = new ScheduledThreadPoolExecutor(LOOKERS, task -> {
            var thread = new Thread(task, "vendor-requests");
            thread.setDaemon(true);
            return thread;
        });
        looks.setRemoveOnCancelPolicy(true);
        return looks;
    }
}
