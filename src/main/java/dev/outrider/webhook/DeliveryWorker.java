package dev.outrider.webhook;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.store.Deliveries;
import dev.outrider.store.Delivery;
import dev.outrider.store.DeliveryQueue;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Turns accepted deliveries into records, in the order of their arrival. One that fails holds up those of its integration, not the
 * others; after some tries it is kept as a dead letter.
 */
@ApplicationScoped
@Unremovable
public class DeliveryWorker {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final int CHUNK = 256;
    private static final long CHUNK_BYTES = 4L << 20;
    /** What one try came to: it waits for a job, or it is held up by a failure and tried again. */
    private enum Progress {
        DONE,
        /** The same, but those after it need not. */
        WAITS_ALONE,
        WAITS,
        HELD
    }

    private final Store store;
    private final WebhookTargets targets;
    private final Triggers triggers;
    private final DeliveryWriter writer;
    private final Settings settings;
    private final MeterRegistry meters;
    private final Semaphore bell = new Semaphore(0);
    private final Backlog backlog;
    private final Pace pace;
    private final Trouble trouble = new Trouble();
    private final Map<Long, CompletableFuture<Outcome>> expected = new ConcurrentHashMap<>();
    private final Failures failures = new Failures();
    /** Parts of deliveries that are on their way in this pass, with the unit that has them first. */
    private final Map<String, String> parts = new HashMap<>();

    /** Up to here deliveries were tried before, perhaps by a process that died: what is in the sink must be asked. */
    private long met;

    /** What this pass takes deliveries from. */
    private DeliveryQueue queue;
    /** Those of its last ones that are done. */
    private final Set<Long> ended = new HashSet<>();

    private Thread thread;

    @Inject
    public DeliveryWorker(
            Store store, WebhookTargets targets, DeliveryWriter writer, Settings settings, MeterRegistry meters) {
        this.store = store;
        this.targets = targets;
        this.writer = writer;
        this.settings = settings;
        this.meters = meters;
        this.triggers = new Triggers(targets, Duration.ofSeconds(settings.triggerPauseSecs()), settings.triggerTries());
        this.backlog = new Backlog(settings);
        this.pace = new Pace(writer, backlog);
        Gauge.builder("outrider.webhook.backlog", backlog, Backlog::count).register(meters);
    }

    /** Takes up what a crash left, then whatever comes. */
    public synchronized void start() {
        if (thread == null) {
            writer.start(backlog);
            met = writer.last();
            backlog.begin(store.deliveries().pending(), store.deliveries().pendingBytes());
            thread = new Thread(this::run, "webhook-worker");
            thread.setDaemon(true);
            thread.start();
        }
    }

    boolean full() {
        return backlog.full();
    }

    /** What keeps deliveries from being accepted or from becoming records, where that lasts. */
    public List<String> troubles() {
        return Stream.of(writer.trouble(), trouble)
                .flatMap(one -> one.lasting().stream())
                .toList();
    }

    CompletableFuture<Outcome> expect(long seq) {
        return expected.computeIfAbsent(seq, missing -> new CompletableFuture<>());
    }

    void forget(long seq) {
        expected.remove(seq);
    }

    void wake(Delivery delivery) {
        backlog.add(delivery.body().length);
        bell.release();
    }

    /** Ends after the delivery under way. */
    @PreDestroy
    public synchronized void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(10_000);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean failed = pass();
                if (failed) {
                    TimeUnit.SECONDS.sleep(1);
                } else {
                    bell.tryAcquire(1, TimeUnit.SECONDS);
                }
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes once over all that waits; whether something failed that must be tried again. */
    private boolean pass() {
        var held = new HashSet<String>();
        boolean failed = false;
        parts.clear();
        try {
            for (var next : store.deliveries().queues()) {
                queue = next;
                failed |= passQueue(held);
            }
            backlog.correct(store.deliveries().pending());
            if (!failed) {
                trouble.over();
            }
        } catch (RuntimeException e) {
            trouble.met("deliveries wait: " + e.getMessage());
            LOG.errorf("deliveries wait: %s", e.getMessage());
            return true;
        }
        return failed;
    }

    private boolean passQueue(Set<String> held) {
        boolean failed = false;
        queue.rewind();
        List<Delivery> chunk;
        while (!Thread.currentThread().isInterrupted() && !(chunk = queue.next(held, CHUNK, CHUNK_BYTES)).isEmpty()) {
            long began = System.nanoTime();
            ended.clear();
            failed |= passChunk(chunk, held);
            queue.leave(chunk.stream().filter(one -> !ended.contains(one.seq())).toList());
            if (expected.isEmpty()) {
                pace.giveWay(System.nanoTime() - began, chunk.get(0));
            }
        }
        return failed;
    }

    private boolean passChunk(List<Delivery> chunk, Set<String> held) {
        boolean failed = false;
        var before = storedBefore(chunk);
        var groups = new LinkedHashMap<String, List<Ready>>();
        for (var delivery : chunk) {
            if (!held.contains(delivery.integration())) {
                var progress = prepare(delivery, before, ready -> groups.computeIfAbsent(
                                delivery.integration(), name -> new ArrayList<>())
                        .add(ready));
                failed |= hold(delivery, progress, held);
            }
        }
        for (var group : groups.values()) {
            if (!Thread.currentThread().isInterrupted()) {
                failed |= deliver(group, held);
            }
        }
        return failed;
    }

    /** What was accepted here since, and not tried, was asked for when it was accepted. */
    private StoredBefore storedBefore(List<Delivery> chunk) {
        long until = met;
        met = Math.max(met, chunk.stream().mapToLong(Delivery::seq).max().orElse(met));
        return new StoredBefore(
                store.state(),
                chunk.stream()
                        .filter(delivery ->
                                delivery.seq() <= until || store.deliveries().adopted(delivery))
                        .toList());
    }

    private static boolean hold(Delivery delivery, Progress progress, Set<String> held) {
        if (progress == Progress.WAITS || progress == Progress.HELD) {
            held.add(delivery.integration());
        }
        return progress == Progress.HELD;
    }

    /** @param ready takes the delivery where there is something to send through its route */
    private Progress prepare(Delivery delivery, StoredBefore before, Consumer<Ready> ready) {
        if (before.all(delivery)) {
            // Its records are in the sink, only its end was lost with a crash: what failed then is known no more.
            queue.done(List.of(new Deliveries.Done(delivery, true, Deliveries.Mark.STAYS)));
            settled(delivery, new Outcome("processed", 0, 0, 0, 0, 0, List.of()));
            return Progress.DONE;
        }
        var target = targets.find(delivery.integration());
        if (target.isEmpty() || !target.get().integration().tenant().equals(delivery.tenant())) {
            return orphan(delivery);
        }
        if (triggers.waits(target.get(), delivery, Instant.now())) {
            return Progress.WAITS_ALONE;
        }
        var run = target.get().run(delivery.unit());
        try {
            var sorted = new Sorting(target.get(), delivery, run, part -> known(run.key(), delivery, part));
            var pages = sorted.pages(delivery, run, before.pages(delivery));
            if (pages.isEmpty() && !sorted.faults().isEmpty()) {
                bury(delivery, run.key(), sorted.faults().get(0));
                return Progress.DONE;
            }
            var trigger = triggers.answer(target.get(), delivery, sorted.streams, Instant.now());
            if (trigger.place() == Triggers.Place.GIVEN_UP) {
                bury(delivery, run.key(), RunError.of("webhook.not_collected", trigger.why(), true));
                return Progress.DONE;
            }
            if (trigger.place() == Triggers.Place.WAITS) {
                boolean alone = pages.isEmpty() && triggers.await(delivery, sorted.streams);
                return alone ? Progress.WAITS_ALONE : Progress.WAITS;
            }
            ready.accept(new Ready(delivery, target.get(), run, sorted, pages));
            return Progress.DONE;
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            // One delivery that is too much must not end the work on all others.
            return failed(delivery, run.key(), e);
        }
    }

    /** Whether another delivery has the part: it is in the sink, or before this one in the pass. */
    private boolean known(StreamKey key, Delivery delivery, String part) {
        var first = parts.putIfAbsent(key + " " + part, delivery.unit());
        return first != null && !first.equals(delivery.unit())
                || store.state()
                        .seen(key, part)
                        .filter(seen -> !seen.unit().equals(delivery.unit()))
                        .isPresent();
    }

    /**
     * Sends the deliveries of one integration through its route together, so that the disk is waited for once; whether something failed that
     * must be tried again. Where one of them is at fault, those that are not in the sink go once more, each alone.
     */
    private boolean deliver(List<Ready> group, Set<String> held) {
        var left = group;
        try {
            send(group);
            return false;
        } catch (Exception | OutOfMemoryError | StackOverflowError e) {
            if (group.size() == 1) {
                var one = group.get(0);
                return hold(one.delivery(), failed(one.delivery(), one.run().key(), e), held);
            }
            left = group.stream().filter(one -> !settles(one)).toList();
            finish(group.stream().filter(Ready::stored).toList());
        }
        boolean failed = false;
        for (var one : left) {
            if (!held.contains(one.delivery().integration())) {
                var again = new ArrayList<Ready>(1);
                var before = new StoredBefore(store.state(), List.of(one.delivery()));
                failed |= hold(one.delivery(), prepare(one.delivery(), before, again::add), held);
                failed |= !again.isEmpty() && deliver(again, held);
            }
        }
        return failed;
    }

    private void send(List<Ready> group) throws Exception {
        var pages = group.stream().flatMap(one -> one.pages().stream()).toList();
        targets.deliver(group.get(0).target(), pages);
        group.forEach(one -> one.run().acknowledgements().settle());
        finish(group);
    }

    /** Waits for what the sink took of a delivery; whether all of it is stored. */
    private static boolean settles(Ready one) {
        try {
            one.run().acknowledgements().settle();
        } catch (RunException e) {
            LOG.debug(e.getMessage());
        }
        return one.stored();
    }

    private Progress failed(Delivery delivery, StreamKey key, Throwable e) {
        var error = Failures.error(e);
        if (!failures.enough(delivery, error)) {
            trouble.met("deliveries of " + delivery.integration() + " wait: " + error.message());
            return Progress.HELD;
        }
        bury(delivery, key, error);
        return Progress.DONE;
    }

    /** An integration may be away for a moment, while its file is edited for instance; one that stays away takes nothing any more. */
    private Progress orphan(Delivery delivery) {
        var patience = Duration.ofSeconds(settings.orphanSecs());
        if (targets.configured(delivery.integration(), delivery.tenant())
                || delivery.received().plus(patience).isAfter(Instant.now())) {
            LOG.debugf("integration %s takes no deliveries now: they wait", delivery.integration());
            return Progress.WAITS;
        }
        var key = new StreamKey(delivery.tenant(), delivery.integration(), StreamKey.DELIVERIES);
        bury(delivery, key, Failures.orphaned(delivery));
        return Progress.DONE;
    }

    private void finish(List<Ready> stored) {
        if (stored.isEmpty()) {
            return;
        }
        queue.done(stored.stream().map(Ready::done).toList());
        for (var one : stored) {
            var counts = one.run().counts();
            var integration = one.delivery().integration();
            count(integration, "emitted", "", counts.emitted());
            count(integration, "failed", "", counts.failed());
            counts.reasons().forEach((reason, items) -> count(integration, "dropped", reason, items));
            one.sorted().outcomes.sort(Comparator.comparingInt(Outcome.Item::index));
            settled(
                    one.delivery(),
                    new Outcome(
                            "processed",
                            counts.received(),
                            counts.emitted(),
                            counts.dropped(),
                            counts.failed(),
                            counts.records(),
                            one.sorted().outcomes));
        }
    }

    /** As a job report does for what it fetched: most senders do not wait to be told. */
    private void count(String integration, String outcome, String reason, long items) {
        meters.counter("outrider.webhook.items", "integration", integration, "outcome", outcome, "reason", reason)
                .increment(items);
    }

    private void bury(Delivery delivery, StreamKey key, RunError error) {
        store.deadLetters().put(Failures.letter(delivery, key, error));
        queue.done(List.of(new Deliveries.Done(delivery, true, Deliveries.Mark.GOES)));
        count(delivery.integration(), "failed", "", 1);
        settled(
                delivery,
                new Outcome("processed", 1, 0, 0, 1, 0, List.of(new Outcome.Item(0, "failed", error.code()))));
    }

    private void settled(Delivery delivery, Outcome outcome) {
        backlog.remove(delivery.body().length);
        ended.add(delivery.seq());
        failures.forget(delivery);
        triggers.forget(delivery);
        var waiting = expected.remove(delivery.seq());
        if (waiting != null) {
            waiting.complete(outcome);
        }
    }
}
