package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.sweep.SweepUnits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A stream's way through all of its operations. One that a crash, a failure or a cancelled job interrupts the next run goes on with: what is
 * done is not done again, and what it lacked is told again, since the report that told it may never have been written.
 */
final class AwsRound implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int MOST_FAULTS = 20;

    private final StateStore state;
    private final StreamRun run;
    /** How often this run came to each operation: a route may list one twice. */
    private final Map<String, Integer> met = new HashMap<>();

    private String last = "";

    private AwsRound(StateStore state, StreamRun run) {
        this.state = state;
        this.run = run;
    }

    static AwsRound open(StateStore state, StreamRun run, Instant now) {
        var units = new SweepUnits(state, run);
        var cursor = units.cursor(VERSION);
        var open = cursor.path("round");
        if (open.isObject() && units.resumes(Instant.parse(open.path("started").asText()), now)) {
            open.path("faults")
                    .forEach(fault -> run.partial(RunError.of(
                            fault.path("code").asText(),
                            fault.path("message").asText(),
                            fault.path("retryable").asBoolean())));
        } else {
            cursor.putObject("round").put("started", now.toString());
            state.cursor(run.key(), cursor);
        }
        return new AwsRound(state, run);
    }

    /** Goes on with the operation's sweep or begins one; none where the round is done with the operation. */
    Optional<AwsProgress> begin(String call, Instant now) {
        var units = new SweepUnits(state, run);
        var cursor = units.cursor(VERSION);
        int done = 0;
        for (var one : cursor.at("/round/done")) {
            done += one.asText().equals(call) ? 1 : 0;
        }
        if (met.merge(call, 1, Integer::sum) <= done) {
            return Optional.empty();
        }
        last = call;
        return Optional.of(AwsProgress.begin(state, run, units, cursor, call, now));
    }

    static void done(ObjectNode cursor, String call) {
        cursor.withObject("/round").withArray("/done").add(call);
    }

    static void fault(ObjectNode cursor, RunError error) {
        var faults = cursor.withObject("/round").withArray("/faults");
        if (faults.size() < MOST_FAULTS) {
            faults.addObject()
                    .put("code", error.code())
                    .put("message", error.message())
                    .put("retryable", error.retryable());
        }
    }

    /** The round is over where the run came to its end: the last operation's sweep ended, and nobody cancelled what would have followed. */
    @Override
    public void close() {
        var cursor = state.cursor(run.key()).map(JsonNode::deepCopy).orElse(null);
        if (cursor instanceof ObjectNode object
                && !run.cancelled()
                && !AwsProgress.open(object, last).isObject()) {
            object.remove("round");
            state.cursor(run.key(), object);
        }
    }
}
