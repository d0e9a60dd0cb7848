package dev.outrider.vendor.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.sweep.SweepUnits;
import dev.outrider.vendor.sweep.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far a stream of exports is: the time up to which changes are collected, and the export under way with the chunks that are stored. */
final class ExportProgress {
    private static final int VERSION = 1;

    private final StateStore state;
    private final StreamRun run;
    private final SweepUnits units;
    private final ObjectNode json;
    private final ObjectNode open;
    private final Set<String> done = new HashSet<>();

    private ExportProgress(StateStore state, StreamRun run, Instant now, Duration fullEvery) {
        this.state = state;
        this.run = run;
        this.units = new SweepUnits(state, run);
        this.json = units.cursor(VERSION);
        var before = json.path("export");
        boolean resumes = before.isObject()
                && units.resumes(Instant.parse(before.path("started").asText()), now);
        if (before.isObject() && !resumes) {
            units.abandon(before.path("unit").asText());
        }
        this.open = resumes ? (ObjectNode) before : json.putObject("export");
        if (!resumes) {
            open.put("unit", SweepUnits.newId())
                    .put("started", now.toString())
                    .put("full", full(now, fullEvery))
                    .put("pages", 0);
            save();
        }
        open.path("done").forEach(chunk -> done.add(chunk.asText()));
    }

    /** Goes on with the export under way, or begins one; that it began is stored before anything is asked. */
    static ExportProgress begin(StateStore state, StreamRun run, Instant now, Duration fullEvery) {
        return new ExportProgress(state, run, now, fullEvery);
    }

    private boolean full(Instant now, Duration fullEvery) {
        if (run.full() || !json.hasNonNull("watermark")) {
            return true;
        }
        return fullEvery != null
                && (!json.hasNonNull("fullAt")
                        || !Instant.parse(json.get("fullAt").asText())
                                .plus(fullEvery)
                                .isAfter(now));
    }

    Unit unit() {
        return units.unit(open.path("unit").asText(), run.stream());
    }

    /** The vendor's id of the export under way; null before there is one. */
    String id() {
        return open.path("id").asText(null);
    }

    /** Stored at once: after a crash the same export is gone on with. */
    void begun(ExportJob.Begun begun) {
        open.put("id", begun.id());
        if (begun.adopted()) {
            open.put("adopted", true);
        }
        if (begun.asked() != null) {
            open.put("asked", begun.asked().toString());
        }
        save();
    }

    /** The vendor no longer has the export: another one is due, of which nothing is stored yet. */
    void lost() {
        open.remove(List.of("id", "done", "empty", "adopted", "asked"));
        done.clear();
        save();
    }

    /** From when on changes are due; null for everything. */
    Instant since(Duration overlap) {
        return open.path("full").asBoolean()
                ? null
                : Instant.parse(json.path("watermark").asText()).minus(overlap);
    }

    List<String> due(JsonNode chunks) {
        var due = new ArrayList<String>();
        chunks.forEach(chunk -> {
            if (!done.contains(chunk.asText())) {
                due.add(chunk.asText());
            }
        });
        return due;
    }

    void done(String chunk, boolean empty) {
        done.add(chunk);
        open.withArray("/done").add(chunk);
        if (empty) {
            open.put("empty", open.path("empty").asInt() + 1);
        }
    }

    /**
     * Whether as many chunks came as the vendor says that there are.
     *
     * @param empty how many of them are empty and perhaps not listed
     */
    boolean complete(int total, int empty) {
        int met = open.path("empty").asInt();
        return done.size() - met + Math.max(met, empty) >= total;
    }

    int done() {
        return done.size();
    }

    int page() {
        int page = open.path("pages").asInt() + 1;
        open.put("pages", page);
        return page;
    }

    void faulty() {
        open.put("faulty", true);
    }

    /**
     * The export ends with the page that carries this. The watermark is the time at which the export was asked for; what was not fetched,
     * or an adopted export that does not tell its time, leaves it where it is.
     */
    void end() {
        var reached = reached();
        if (reached != null && !open.path("faulty").asBoolean()) {
            var before = json.hasNonNull("watermark")
                    ? Instant.parse(json.get("watermark").asText())
                    : null;
            json.put("watermark", Watermarks.later(before, reached).toString());
            if (open.path("full").asBoolean()) {
                json.put("fullAt", reached.toString());
            }
        }
        json.remove("export");
    }

    private Instant reached() {
        var started = Instant.parse(open.path("started").asText());
        if (!open.path("adopted").asBoolean()) {
            return started;
        }
        var asked = open.path("asked").asText(null);
        return asked == null ? null : Watermarks.earlier(started, Instant.parse(asked));
    }

    JsonNode cursor() {
        return json.deepCopy();
    }

    private void save() {
        state.cursor(run.key(), json.deepCopy());
    }
}
