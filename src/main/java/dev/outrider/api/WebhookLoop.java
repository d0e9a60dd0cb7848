package dev.outrider.api;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one event loop has to do for deliveries, shared by all that it has: one timer looks for bodies that take too long, and whoever has
 * answers for it wakes it once.
 */
final class WebhookLoop {
    private static final long SWEEP_MILLIS = 1000;

    private final Context context;
    private final long bodyNanos;
    /** In the order of their arrival. */
    private final Set<WebhookBody> open = new LinkedHashSet<>();

    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    private WebhookLoop(Context context, long bodyNanos) {
        this.context = context;
        this.bodyNanos = bodyNanos;
    }

    /** That of the thread at hand. */
    static WebhookLoop begin(Vertx vertx, int bodySecs) {
        var loop = new WebhookLoop(
                VertxContext.getRootContext(vertx.getOrCreateContext()), TimeUnit.SECONDS.toNanos(bodySecs));
        loop.context.runOnContext(now -> vertx.setPeriodic(SWEEP_MILLIS, tick -> loop.sweep()));
        return loop;
    }

    void opened(WebhookBody body) {
        open.add(body);
    }

    void closed(WebhookBody body) {
        open.remove(body);
    }

    /** Runs it on the loop, soon; from any thread. */
    void answer(Runnable answer) {
        answers.add(answer);
        wake();
    }

    private void wake() {
        if (!woken.get() && woken.compareAndSet(false, true)) {
            context.runOnContext(now -> drain());
        }
    }

    private void drain() {
        // First: what is added from here on wakes the loop again.
        woken.set(false);
        try {
            for (var answer = answers.poll(); answer != null; answer = answers.poll()) {
                answer.run();
            }
        } finally {
            // One that cannot be sent must not keep the others back.
            if (!answers.isEmpty()) {
                wake();
            }
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        var late = new ArrayList<WebhookBody>();
        for (var body : open) {
            if (now - body.began() < bodyNanos) {
                break;
            }
            late.add(body);
        }
        late.forEach(body -> body.refuse(408));
    }
}
