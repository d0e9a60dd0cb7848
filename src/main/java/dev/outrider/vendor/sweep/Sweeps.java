package dev.outrider.vendor.sweep;

import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.sweep.Progress.Sweep;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Begins a sweep, or goes on with the one that was under way. */
final class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);
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
        var sweep = new Sweep(SweepUnits.newId(), now, full(progress, now), 0, null, 0, 0, null, false);
        var begun = progress.with(sweep);
        state.cursor(run.key(), begun.json());
        return begun;
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
