package dev.outrider.vendor.sweep;

import dev.outrider.record.IdSet;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.PageCommit;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.sweep.Progress.Sweep;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Begins a sweep, or goes on with the one that was under way. */
final class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);
    /** A sweep that stood still for longer is not gone on with: what it sent is old by now, and so are the vendor's cursors. */
    private static final Duration RESUMABLE = Duration.ofHours(24);

    private final StateStore state;
    private final StreamRun run;
    private final PageSpec spec;
    private final Duration fullEvery;

    /** @param fullEvery how often a sweep collects everything; null for never again */
    Sweeps(StateStore state, StreamRun run, PageSpec spec, Duration fullEvery) {
        this.state = state;
        this.run = run;
        this.spec = spec;
        this.fullEvery = fullEvery;
    }

    /** The stream's progress with a sweep under way; it is stored before anything is asked, so its id outlives a crash. */
    Progress begin(Instant now) {
        var progress = state.cursor(run.key())
                .map(json -> Progress.of(json, run.key().toString()))
                .orElse(Progress.NONE);
        var open = progress.sweep();
        if (open != null && !run.full() && open.started().plus(RESUMABLE).isAfter(now)) {
            LOG.debugf("%s: goes on with sweep %s after page %d", run.key(), open.id(), open.pages());
            return progress;
        }
        if (open != null) {
            // The ids that the abandoned sweep emitted are needed no more.
            state.commit(
                    new PageCommit(run.key(), open.id(), 0, null, List.of(), true, new byte[0], List.of()),
                    connection -> {});
        }
        var sweep = new Sweep(id(now), now, full(progress, now), 0, null, 0, 0, null);
        var begun = progress.with(sweep);
        state.cursor(run.key(), begun.json());
        return begun;
    }

    Unit unit(Sweep sweep) {
        var emitted = new IdSet();
        state.emitted(run.key(), sweep.id()).forEach(emitted::addAll);
        return new Unit(sweep.id(), run.stream(), emitted);
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

    /** The digest of integration, stream and a start token that no other sweep has. */
    private String id(Instant now) {
        try {
            var text = run.key() + "|" + now + "|" + UUID.randomUUID();
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
