package dev.outrider.vendor.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.quota.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The pages of one export, a page a chunk, as the chunks become available. Every page's cursor knows the chunks that are stored. */
final class ExportReader implements Iterator<Page> {
    private static final long LOOK_MILLIS = 100;

    private final ExportJob job;
    private final ExportSpec spec;
    private final StreamRun run;
    private final ExportProgress progress;
    private final Unit unit;
    private final Instant until;
    private final Deque<String> due = new ArrayDeque<>();
    private boolean terminal;
    private boolean ended;

    ExportReader(ExportJob job, ExportSpec spec, StreamRun run, ExportProgress progress, Instant now) {
        this.job = job;
        this.spec = spec;
        this.run = run;
        this.progress = progress;
        this.unit = progress.unit();
        this.until = now.plus(Duration.ofMinutes(spec.getTimeoutMinutes()));
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Page next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            return read();
        } catch (RunException e) {
            ended = true;
            throw new RunException(e.error().in(run.stream(), 0), e);
        }
    }

    private Page read() {
        while (true) {
            if (!due.isEmpty()) {
                var items = chunk(due.poll());
                if (items != null) {
                    return page(items, false);
                }
            } else if (terminal) {
                ended = true;
                progress.end();
                return page(List.of(), true);
            } else if (Instant.now().isAfter(until)) {
                ended = true;
                run.partial(RunError.of(
                        "export.timeout",
                        "the export " + progress.id() + " was not done after " + spec.getTimeoutMinutes()
                                + " minutes; the next run goes on with it",
                        true));
                return page(List.of(), false);
            } else {
                look();
            }
        }
    }

    private void look() {
        if (progress.id() == null) {
            progress.id(job.begin(progress.since(Duration.parse(spec.getOverlap()))));
        }
        var reply = job.look(progress.id());
        if (reply.status() == 404) {
            progress.lost();
            return;
        }
        var state = reply.body().at(spec.getState()).asText("");
        due.addAll(progress.due(reply.body().at(spec.getChunks())));
        if (spec.isFailed(state)) {
            terminal = true;
            fault("export.failed", "the export " + progress.id() + " ended as " + state + ": what it had is collected");
        } else if (spec.isDone(state)) {
            terminal = true;
            var failed = reply.body().at(spec.getFailedChunks());
            if (failed.isArray() && !failed.isEmpty()) {
                fault("export.chunks_failed", "the vendor could not make the chunks " + failed + " of its export");
            }
        } else if (due.isEmpty()) {
            pause();
        }
    }

    /** Null where the chunk cannot be had: the others still can. */
    private List<JsonNode> chunk(String chunk) {
        try {
            var items = new ArrayList<JsonNode>();
            job.fetch(progress.id(), chunk).forEach(items::add);
            progress.done(chunk);
            return items;
        } catch (VendorException e) {
            if (e.status() != 404 && e.status() != 410) {
                throw e;
            }
            progress.done(chunk);
            fault(
                    "export.chunk_gone",
                    "the chunk " + chunk + " is gone: " + e.error().message());
            return null;
        }
    }

    private void fault(String code, String message) {
        progress.faulty();
        run.partial(RunError.of(code, message, true));
    }

    private void pause() {
        var waiter = Waiter.of(run);
        var end = System.nanoTime() + Duration.ofSeconds(spec.getPollSecs()).toNanos();
        while (System.nanoTime() < end) {
            waiter.check();
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                waiter.check();
            }
        }
    }

    private Page page(List<JsonNode> items, boolean last) {
        return new Page(run, unit, progress.page(), items, List.of(), progress.cursor(), List.of(), last);
    }
}
