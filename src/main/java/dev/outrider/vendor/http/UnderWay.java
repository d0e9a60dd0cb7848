package dev.outrider.vendor.http;

import dev.outrider.vendor.BreakOff;
import dev.outrider.vendor.quota.Waiter;
import org.apache.hc.core5.concurrent.Cancellable;

/** A request from before it is sent until its answer is read: broken off once that is no longer wanted. */
final class UnderWay implements AutoCloseable {
    private final BreakOff breakOff;
    private volatile Cancellable request;

    /** Made by the thread that sends and reads. */
    UnderWay(Waiter waiter) {
        var thread = Thread.currentThread();
        this.breakOff = new BreakOff(() -> request != null && waiter.gone(thread), () -> request.cancel());
    }

    /** The request became one that can be broken off. */
    void is(Cancellable one) {
        request = one;
    }

    @Override
    public void close() {
        breakOff.close();
    }
}
