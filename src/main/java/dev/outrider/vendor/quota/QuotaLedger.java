package dev.outrider.vendor.quota;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.http.Headers;
import dev.outrider.vendor.spec.HttpSpec;
import dev.outrider.vendor.spec.QuotaSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one credential may still ask of its vendor. Learned from the vendor's headers; who asks for more waits here until the window is
 * over, and gives up within a quarter of a second when cancelled.
 */
public final class QuotaLedger {
    public static final String RATE_LIMITED = "vendor.rate_limited";
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String SHARED = "all";

    private final String origin;
    private final String credential;
    private final QuotaSpec spec;
    private final int concurrency;
    private final Allowance allowance;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final Map<String, String> bucketOf = new HashMap<>();
    private final Map<Thread, QuotaView.Wait> waiting = new HashMap<>();
    private int underWay;

    /** @param credential a digest of the credential, shown to operators */
    public QuotaLedger(String origin, String credential, HttpSpec http, Clock clock) {
        this.origin = origin;
        this.credential = credential;
        this.spec = http.getQuota();
        this.concurrency = Math.max(1, http.getConcurrency());
        this.allowance = spec.getAllowance().isBlank() ? null : Allowance.parse(spec.getAllowance());
        this.clock = clock;
    }

    public String credential() {
        return credential;
    }

    /** The right to send one request; close it when the answer is read. */
    public final class Permit implements AutoCloseable {
        private final String endpoint;
        private final Bucket bucket;
        private boolean open = true;

        private Permit(String endpoint, Bucket bucket) {
            this.endpoint = endpoint;
            this.bucket = bucket;
        }

        /** Takes what the reply's headers tell. */
        public void learn(Headers headers) {
            QuotaLedger.this.learn(endpoint, headers);
        }

        /** Keeps everybody who draws from the same allowance away for a while. */
        public void block(Duration wait) {
            locked(() -> bucket(endpoint).block(clock.instant().plus(wait)));
        }

        @Override
        public void close() {
            locked(() -> {
                if (open) {
                    open = false;
                    bucket.give();
                    underWay--;
                }
            });
        }
    }

    /**
     * Waits for the right to send a request.
     *
     * @param endpoint the path with placeholders
     * @throws RunException {@code job.cancelled} where the waiter gave up; {@code vendor.rate_limited} where only the reserve is left, and
     *     the vendor does not tell for how long
     */
    public Permit acquire(String endpoint, Waiter waiter) {
        lock.lock();
        try {
            while (true) {
                waiter.check();
                var bucket = bucket(endpoint);
                var now = clock.instant();
                if (bucket.spent(now)) {
                    throw spent(bucket);
                }
                var until = bucket.free(now);
                boolean crowded = underWay >= concurrency;
                if (until == null && !crowded) {
                    underWay++;
                    bucket.take(now);
                    return new Permit(endpoint, bucket);
                }
                await(waiter, name(endpoint), until == null ? "concurrency" : "quota", until);
            }
        } finally {
            waiting.remove(Thread.currentThread());
            lock.unlock();
        }
    }

    private RunException spent(Bucket bucket) {
        return new RunException(RunError.of(
                RATE_LIMITED,
                "the vendor allows " + bucket.limit() + " requests and says that " + bucket.remaining()
                        + " are left; " + spec.getReservePercent()
                        + " percent of the limit are kept for others; when they come back it does not say: it is asked again from "
                        + bucket.stands().truncatedTo(ChronoUnit.SECONDS) + " on",
                true));
    }

    /** Waits for its own sake: a back-off between two attempts. */
    public void pause(Duration wait, String endpoint, Waiter waiter) {
        lock.lock();
        try {
            var until = clock.instant().plus(wait);
            while (clock.instant().isBefore(until)) {
                waiter.check();
                await(waiter, name(endpoint), "backoff", until);
            }
        } finally {
            waiting.remove(Thread.currentThread());
            lock.unlock();
        }
    }

    private void await(Waiter waiter, String window, String reason, Instant until) {
        waiting.put(
                Thread.currentThread(), new QuotaView.Wait(waiter.integration(), waiter.name(), window, reason, until));
        var look = until == null ? LOOK : Duration.between(clock.instant(), until);
        try {
            boolean woken =
                    changed.await(Math.max(1, Math.min(look.toMillis() + 1, LOOK.toMillis())), TimeUnit.MILLISECONDS);
            if (woken) {
                waiter.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiter.check();
        }
    }

    private void learn(String endpoint, Headers headers) {
        locked(() -> {
            headers.first(spec.getBucketHeader()).ifPresent(name -> bucketOf.put(endpoint, name));
            var told = QuotaHeaders.read(spec, headers, clock.instant());
            if (told != null) {
                told.teach(bucket(endpoint));
            }
        });
    }

    private Bucket bucket(String endpoint) {
        return buckets.computeIfAbsent(name(endpoint), name -> new Bucket(allowance, spec.getReservePercent()));
    }

    private String name(String endpoint) {
        return spec.isShared() ? SHARED : bucketOf.getOrDefault(endpoint, endpoint);
    }

    /** What is known and who waits, for operators. */
    public QuotaView view() {
        lock.lock();
        try {
            var now = clock.instant();
            List<QuotaView.Window> windows = new ArrayList<>();
            buckets.forEach((name, bucket) -> windows.add(new QuotaView.Window(
                    name,
                    bucket.limit() < 0 ? null : bucket.limit(),
                    bucket.remaining() < 0 ? null : bucket.remaining(),
                    bucket.resets(),
                    bucket.blocked(now))));
            return new QuotaView(origin, credential, concurrency, underWay, windows, List.copyOf(waiting.values()));
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
