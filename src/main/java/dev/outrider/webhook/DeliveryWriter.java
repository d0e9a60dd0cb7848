package dev.outrider.webhook;

import dev.outrider.store.Deliveries;
import dev.outrider.store.Deliveries.Accepted;
import dev.outrider.store.Delivery;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Group commit: one thread stores whatever came while the commit before was on its way to the disk. */
@ApplicationScoped
@Unremovable
public class DeliveryWriter {
    private static final int GROUP = 256;
    private static final long GROUP_BYTES = 8L << 20;
    /** So many that came during one commit say that senders wait for each other. */
    private static final int PRESSED_GROUP = 16;
    /** How long one large group tells that. */
    private static final long PRESSED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private record Waiting(Delivery delivery, CompletableFuture<Accepted> done) {}

    private final Store store;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(8192);
    private final AtomicLong sequence = new AtomicLong();
    /** When senders no longer count as pressing, by {@link System#nanoTime}. */
    private volatile long pressedUntil = System.nanoTime();

    private final Trouble trouble = new Trouble();
    private Thread thread;

    @Inject
    public DeliveryWriter(Store store) {
        this.store = store;
    }

    /** @param backlog what waits to become records: its room decides how fast more comes */
    synchronized void start(Backlog backlog) {
        if (thread == null) {
            sequence.set(store.deliveries().first());
            thread = new Thread(() -> run(backlog), "webhook-writer");
            thread.setDaemon(true);
            thread.start();
        }
    }

    long next() {
        return sequence.addAndGet(Deliveries.STEP);
    }

    /** The number given last. */
    long last() {
        return sequence.get();
    }

    Trouble trouble() {
        return trouble;
    }

    boolean full() {
        return queue.remainingCapacity() == 0;
    }

    /** Waits while senders press, and no longer than given. */
    void awaitCalm(long nanos) {
        long end = System.nanoTime() + nanos;
        long now;
        while ((now = System.nanoTime()) < end
                && now < pressedUntil
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Fresh once it is durable; fails where it could not be stored. */
    CompletableFuture<Accepted> write(Delivery delivery) {
        var waiting = new Waiting(delivery, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            waiting.done().completeExceptionally(new IllegalStateException("too many deliveries wait for the disk"));
        }
        return waiting.done();
    }

    @PreDestroy
    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run(Backlog backlog) {
        var group = new ArrayList<Waiting>(GROUP);
        try {
            while (!Thread.interrupted()) {
                take(group);
                commit(group);
                pressedUntil = System.nanoTime() + (group.size() < PRESSED_GROUP ? 0 : PRESSED_NANOS);
                backlog.awaitBalance();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ArrayList<Waiting> group) throws InterruptedException {
        group.clear();
        long bytes = 0;
        for (var next = queue.take(); next != null; next = queue.poll()) {
            group.add(next);
            bytes += next.delivery().body().length;
            if (group.size() == GROUP || bytes >= GROUP_BYTES) {
                return;
            }
        }
    }

    private void commit(ArrayList<Waiting> group) {
        Accepted[] accepted;
        try {
            accepted = store.deliveries()
                    .accept(group.stream().map(Waiting::delivery).toList());
            trouble.over();
        } catch (RuntimeException e) {
            trouble.met("no deliveries are accepted: " + e.getMessage());
            group.forEach(one -> one.done().completeExceptionally(e));
            return;
        }
        for (int at = 0; at < accepted.length; at++) {
            group.get(at).done().complete(accepted[at]);
        }
    }
}
