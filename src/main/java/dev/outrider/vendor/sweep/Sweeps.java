package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.sweep.Progress.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Begins a sweep, or goes on with the one that was under way. */
final class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);
    private static final String FAILURES = "failures";
    /** Runs in which a stored place may fail before it is given up: it may be only the vendor that is out of order for a while. */
    private static final int MOST_FAILURES = 3;

    private static final String GAP = "vendor.retention_exceeded";

    private final StateStore state;
    private final StreamRun run;
    private final PageSpec spec;
    private final Duration fullEvery;
    private final SweepUnits units;

    /** @param fullEvery how often a sweep collects everything; null for never again */
    Sweeps(StateStore state, StreamRun run, PageSpec spec, Duration fullEvery) {
        this.state = state;
        this.run = run;
        this.spec = spec;
        this.fullEvery = fullEvery;
        this.units = new SweepUnits(state, run);
    }

    /** The stream's progress with a sweep under way; it is stored before anything is asked, so its id outlives a crash. */
    Progress begin(Instant now) {
        var progress = state.cursor(run.key())
                .map(json -> Progress.of(json, run.key().toString()))
                .orElse(Progress.NONE);
        var open = progress.sweep();
        if (open != null && units.resumes(open.started(), now)) {
            LOG.debugf("%s: goes on with sweep %s after page %d", run.key(), open.id(), open.pages());
            return progress;
        }
        if (open != null) {
            units.abandon(open.id());
        }
        var sweep =
                new Sweep(SweepUnits.newId(), now, full(progress, now), 0, null, 0, 0, null, false, Tally.NONE, null);
        var begun = progress.with(sweep);
        state.cursor(run.key(), begun.json());
        return begun;
    }

    /**
     * What the vendor has thrown away since the last sweep that came to its end: it is told as long as no sweep does. Where the cursor was
     * set by hand there is no such sweep, and what is collected is taken to end at its watermark.
     */
    Optional<RunError> gap(Progress progress) {
        var known = progress.completeAt() == null ? progress.watermark() : progress.completeAt();
        if (spec.getRetention().isEmpty() || known == null) {
            return Optional.empty();
        }
        var kept = progress.sweep().started().minus(Duration.parse(spec.getRetention()));
        return known.isBefore(kept)
                ? Optional.of(RunError.of(
                        GAP,
                        "the vendor keeps what " + run.stream() + " lists for " + spec.getRetention()
                                + ", and the last complete run began at " + known + ": what came between then and "
                                + kept
                                + " is lost; this run collects what is left, and later ones go on from it",
                        false))
                : Optional.empty();
    }

    /**
     * Counts that the stored place of the sweep under way could not be read on from; a page that is stored ends the count.
     *
     * @return whether it was so in so many runs that the place is given up
     */
    boolean spent() {
        var cursor = state.cursor(run.key())
                .filter(json -> json.path("sweep").isObject())
                .map(json -> (ObjectNode) json.deepCopy())
                .orElse(null);
        if (cursor == null) {
            return false;
        }
        var open = (ObjectNode) cursor.get("sweep");
        int failures = open.path(FAILURES).asInt() + 1;
        open.put(FAILURES, failures);
        state.cursor(run.key(), cursor);
        return failures >= MOST_FAILURES;
    }

    Unit unit(Sweep sweep) {
        return units.unit(sweep.id(), run.stream());
    }

    private boolean full(Progress progress, Instant now) {
        if (run.full()) {
            return true;
        }
        if (spec.isResume() && progress.position() != null) {
            return false;
        }
        if (spec.getWatermark().isEmpty() || progress.watermark() == null) {
            return true;
        }
        return fullEvery != null
                && (progress.fullAt() == null
                        || !progress.fullAt().plus(fullEvery).isAfter(now));
    }
}
