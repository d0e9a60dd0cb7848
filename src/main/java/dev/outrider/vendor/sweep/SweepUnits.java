package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.IdSet;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.PageCommit;
import dev.outrider.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The units of what is swept, whatever a sweep is made of: pages, chunks of an export, regions. */
public final class SweepUnits {
    /** A sweep that stood still for longer is not gone on with: what it sent is old by now, and so are the vendor's cursors. */
    private static final Duration RESUMABLE = Duration.ofHours(24);

    private final StateStore state;
    private final StreamRun run;

    public SweepUnits(StateStore state, StreamRun run) {
        this.state = state;
        this.run = run;
        // What an earlier step of the route collected is part of what is read here.
        run.acknowledgements().settle();
    }

    /** An id that no other sweep has. */
    public static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Whether a run at that time goes on with what was begun. */
    public boolean resumes(Instant started, Instant now) {
        return !run.full() && started.plus(RESUMABLE).isAfter(now);
    }

    /** The ids that an abandoned unit emitted are needed no more. */
    public void abandon(String id) {
        state.commit(List.of(PageCommit.close(run.key(), id, null)), connection -> {});
    }

    /** The unit with the ids that it emitted before a crash. */
    public Unit unit(String id, String name) {
        var emitted = new IdSet();
        state.emitted(run.key(), id).forEach(emitted::addAll);
        return new Unit(id, name, emitted);
    }

    /**
     * The stream's cursor, to be changed; an empty one of this version where it has none.
     *
     * @throws RunException {@code cursor.invalid} where it is of another version
     */
    public ObjectNode cursor(int version) {
        var stored = state.cursor(run.key());
        if (stored.isEmpty()) {
            return JsonNodeFactory.instance.objectNode().put("version", version);
        }
        JsonNode json = stored.get();
        if (json.path("version").asInt() != version || !(json instanceof ObjectNode object)) {
            throw new RunException(RunError.of(
                    "cursor.invalid",
                    "the stored cursor of " + run.key() + " cannot be used: it has version "
                            + json.path("version").asText("none") + ", this Outrider reads " + version + ": reset it",
                    false));
        }
        return object.deepCopy();
    }
}
