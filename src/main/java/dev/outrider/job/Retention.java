package dev.outrider.job;

import dev.outrider.store.DeadLetters.Filter;
import dev.outrider.store.Store;
import dev.outrider.webhook.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives up what was kept for long enough: dead letters, the originals of failed deliveries, what a replay is recognised by. Says so before,
 * in {@link #alarms()} and in metrics: somebody may still want to replay it.
 */
@ApplicationScoped
@Unremovable
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final Store store;
    private final Scheduler scheduler;
    private final MeterRegistry meters;
    private final Settings webhooks;
    private final AtomicLong letterBytes = new AtomicLong();
    private final AtomicLong originalBytes = new AtomicLong();

    @Inject
    @ConfigProperty(name = "outrider.retention.every-secs", defaultValue = "600")
    int everySecs;

    @Inject
    @ConfigProperty(name = "outrider.dead-letters.kept-days", defaultValue = "90")
    int lettersDays;

    @Inject
    @ConfigProperty(name = "outrider.dead-letters.kept-max-bytes", defaultValue = "268435456")
    long lettersMaxBytes;

    @Inject
    public Retention(Store store, Scheduler scheduler, MeterRegistry meters, Settings webhooks) {
        this.webhooks = webhooks;
        this.store = store;
        this.scheduler = scheduler;
        this.meters = meters;
    }

    /** Purges now and again and again. */
    void start() {
        // Asked for at every scrape: both are in an index. The bytes are not, so they are as old as the last purge.
        gauge("outrider.dead.letters", () -> store.deadLetters().count(Filter.ALL));
        gauge("outrider.dead.letters.oldest.timestamp.seconds", this::oldestSecs);
        gauge("outrider.dead.letters.kept.bytes", letterBytes::get);
        gauge("outrider.webhook.kept.bytes", originalBytes::get);
        scheduler
                .newJob("retention")
                .setInterval(everySecs + "s")
                .setTask(run -> purge(Instant.now()))
                .schedule();
    }

    void purge(Instant now) {
        store.deliveries().forget(now.minus(Duration.ofDays(webhooks.seenDays())));
        int purged = store.deadLetters().purge(now.minus(Duration.ofDays(lettersDays)), lettersMaxBytes);
        store.originals().free();
        int originals =
                store.originals().purge(now.minus(Duration.ofDays(webhooks.keptDays())), webhooks.keptMaxBytes());
        if (originals + purged > 0) {
            LOG.warnf(
                    "%d dead letters and %d originals of deliveries were kept for long enough and are gone",
                    purged, originals);
        }
        meters.counter("outrider.dead.letters.purged").increment(purged);
        meters.counter("outrider.webhook.originals.purged").increment(originals);
        measure();
    }

    private void measure() {
        letterBytes.set(store.deadLetters().keptBytes());
        originalBytes.set(store.originals().bytes());
    }

    private boolean originalsAreMany() {
        return originalBytes.get() > webhooks.keptMaxBytes() / 5 * 4;
    }

    private boolean lettersAreMany() {
        return letterBytes.get() > lettersMaxBytes / 5 * 4;
    }

    /** What is given up soon unless somebody replays or purges it: a sentence each. */
    public List<String> alarms() {
        var alarms = new ArrayList<String>();
        if (originalsAreMany() || lettersAreMany()) {
            // Whoever replayed or deleted some since the last purge wants to see that it was enough.
            measure();
        }
        if (originalsAreMany()) {
            alarms.add("the originals of failed deliveries take more than four fifths of"
                    + " OUTRIDER_WEBHOOKS_KEPT_MAX_BYTES: replay or delete dead letters, the oldest go soon");
        }
        if (lettersAreMany()) {
            alarms.add("dead letters take more than four fifths of OUTRIDER_DEAD_LETTERS_KEPT_MAX_BYTES:"
                    + " replay or delete some, the oldest go soon");
        }
        long oldest = oldestSecs();
        var goes = Instant.ofEpochSecond(oldest).plus(Duration.ofDays(lettersDays));
        if (oldest > 0
                && goes.isBefore(Instant.now().plus(Duration.ofDays(lettersDays).dividedBy(10)))) {
            alarms.add("the oldest dead letter goes at " + goes + ": replay it, or delete it to end this alarm");
        }
        return alarms;
    }

    private long oldestSecs() {
        return store.deadLetters().oldest().map(Instant::getEpochSecond).orElse(0L);
    }

    private void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).register(meters);
    }
}
