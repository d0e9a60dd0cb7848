package dev.outrider.vendor.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The pages of one export, a page a chunk, as the chunks become available. Every page's cursor knows the chunks that are stored. */
final class ExportReader implements Iterator<Page> {
    private static final long LOOK_MILLIS = 100;

    /** How a chunk is wrong in itself, however often it is asked for: the vendor is there, and the other chunks are as they should be. */
    private static final Set<String> BROKEN = Set.of(
            "vendor.not_json",
            "vendor.body_cut",
            "vendor.empty_body",
            "vendor.body_too_large",
            "vendor.unexpected_body");

    private final ExportJob job;
    private final ExportSpec spec;
    private final StreamRun run;
    private final ExportProgress progress;
    private final Unit unit;
    private final Instant until;
    private final Deque<String> due = new ArrayDeque<>();
    /** Chunks that were not ready, and how often each was asked for. */
    private final Map<String, Integer> late = new LinkedHashMap<>();

    private JsonNode terminal;
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
            } else if (due.addAll(late.keySet())) {
                pause();
            } else if (terminal != null) {
                ended = true;
                judge();
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
            progress.begun(job.begin(progress.since(Duration.parse(spec.getOverlap()))));
        }
        var reply = job.look(progress.id());
        if (reply.status() == 404) {
            progress.lost();
            return;
        }
        var state = reply.body().at(spec.getState()).asText("");
        due.addAll(progress.due(reply.body().at(spec.getChunks())));
        if (spec.isFailed(state) || spec.isDone(state)) {
            terminal = reply.body();
        } else if (due.isEmpty()) {
            pause();
        }
    }

    /** Whether all that there was to fetch is fetched, by what the vendor says at the export's end. */
    private void judge() {
        var state = terminal.at(spec.getState()).asText("");
        var failed = ExportSpec.words(spec.getFailedChunks()).stream()
                .flatMap(pointer -> StreamSupport.stream(terminal.at(pointer).spliterator(), false))
                .map(JsonNode::asText)
                .toList();
        var counts = ExportSpec.words(spec.getCounts()).stream()
                .map(terminal::at)
                .filter(JsonNode::isIntegralNumber)
                .mapToInt(JsonNode::intValue)
                .max();
        if (spec.isFailed(state)) {
            fault("export.failed", "the export " + progress.id() + " ended as " + state + ": what it had is collected");
        } else if (!failed.isEmpty()) {
            fault("export.chunks_failed", "the vendor could not make the chunks " + failed + " of its export");
        } else if (counts.isEmpty() && !terminal.at(spec.getChunks()).isArray()) {
            fault(
                    "export.chunks_unknown",
                    "the export " + progress.id() + " ended as " + state
                            + " and tells neither its chunks nor how many there are: "
                            + progress.done() + " were met");
        } else if (!progress.complete(
                counts.orElse(0), terminal.at(spec.getEmpty()).asInt())) {
            fault(
                    "export.chunks_missing",
                    "the export " + progress.id() + " has " + counts.getAsInt() + " chunks by the vendor's word, and "
                            + progress.done() + " came");
        }
    }

    /** Null where the chunk cannot be had: the others still can. */
    private List<JsonNode> chunk(String chunk) {
        try {
            var items = new ArrayList<JsonNode>();
            job.fetch(progress.id(), chunk).forEach(items::add);
            progress.done(chunk, items.isEmpty());
            late.remove(chunk);
            return items;
        } catch (VendorException e) {
            boolean unready =
                    Statuses.match(spec.getChunkAgainIf(), e.status(), e.error().message());
            boolean broken = BROKEN.contains(e.error().code());
            if (!unready && !broken && e.status() != 404 && e.status() != 410) {
                throw e;
            }
            if (unready && late.merge(chunk, 1, Integer::sum) < spec.getChunkTries()) {
                return null;
            }
            late.remove(chunk);
            progress.done(chunk, false);
            if (unready) {
                fault(
                        "export.chunk_not_ready",
                        "the chunk " + chunk + " was asked for " + spec.getChunkTries() + " times: "
                                + e.error().message());
                return null;
            }
            fault(
                    broken ? "export.chunk_broken" : "export.chunk_gone",
                    "the chunk " + chunk + (broken ? " cannot be read: " : " is gone: ")
                            + e.error().message());
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
