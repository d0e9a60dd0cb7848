package dev.outrider.vendor.http;

import dev.outrider.vendor.quota.Waiter;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * A request from before it is sent until its answer is read. A thread that waits for a vendor's bytes hears of nothing, so another one looks
 * whether the answer is still wanted, and breaks the connection where it is not.
 */
final class UnderWay implements AutoCloseable {
    private static final long LOOK_MILLIS = 250;
    private static final ScheduledThreadPoolExecutor LOOKS = looks();

    private final Waiter waiter;
    private final Thread thread = Thread.currentThread();
    private final Future<?> look;
    private volatile Cancellable request;

    /** Made by the thread that sends and reads. */
    UnderWay(Waiter waiter) {
        this.waiter = waiter;
        this.look = LOOKS.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The request became one that can be broken off. */
    void is(Cancellable one) {
        request = one;
    }

    private void look() {
        var one = request;
        if (one != null && waiter.gone(thread)) {
            one.cancel();
        }
    }

    @Override
    public void close() {
        look.cancel(false);
    }

    private static ScheduledThreadPoolExecutor looks() {
        var looks = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "vendor-requests");
            thread.setDaemon(true);
            return thread;
        });
        looks.setRemoveOnCancelPolicy(true);
        return looks;
    }
}
