package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.sweep.SweepUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far the operations of a stream are. Each operation is a sweep of its own; the cursor holds, for the one under way, the accounts that
 * are done and the regions that are done of the current one. It is written with the page that made it true.
 */
final class AwsProgress {
    private final ObjectNode all;
    private final String call;
    private final ObjectNode mine;
    private final ObjectNode sweep;
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> regions = new HashSet<>();
    private final Unit unit;

    private AwsProgress(
            StateStore state, StreamRun run, SweepUnits units, ObjectNode cursor, String call, Instant now) {
        this.call = call;
        this.all = cursor;
        this.mine = all.withObject("/calls").withObject(pointer(call));
        var open = mine.path("sweep");
        boolean resumes = open.isObject()
                && units.resumes(Instant.parse(open.path("started").asText()), now);
        if (open.isObject() && !resumes) {
            units.abandon(open.path("id").asText());
        }
        this.sweep = resumes ? (ObjectNode) open : mine.putObject("sweep");
        if (!resumes) {
            sweep.put("id", SweepUnits.newId()).put("started", now.toString()).put("pages", 0);
            state.cursor(run.key(), all.deepCopy());
        }
        sweep.path("accounts").forEach(each -> accounts.add(each.asText()));
        sweep.path("regions").forEach(each -> regions.add(each.asText()));
        this.unit = units.unit(id(), run.stream() + " " + call);
    }

    /** Goes on with the operation's sweep or begins one; that it began is stored before anything is asked. */
    static AwsProgress begin(
            StateStore state, StreamRun run, SweepUnits units, ObjectNode cursor, String call, Instant now) {
        return new AwsProgress(state, run, units, cursor, call, now);
    }

    /** The operation's sweep in a cursor; missing where none is under way. */
    static JsonNode open(ObjectNode cursor, String call) {
        return cursor.path("calls").at(pointer(call)).path("sweep");
    }

    private static String pointer(String call) {
        return "/" + call.replace("~", "~0").replace("/", "~1");
    }

    private String id() {
        return sweep.path("id").asText();
    }

    Unit unit() {
        return unit;
    }

    /** From when on changes are due; null for everything. */
    Instant since(Duration overlap) {
        var complete = mine.path("complete");
        return complete.isTextual() ? Instant.parse(complete.asText()).minus(overlap) : null;
    }

    boolean done(String account) {
        return accounts.contains(account);
    }

    boolean done(String account, String region) {
        return accounts.contains(account)
                || account.equals(sweep.path("account").asText()) && regions.contains(region);
    }

    int page() {
        int page = sweep.path("pages").asInt() + 1;
        sweep.put("pages", page);
        return page;
    }

    void regionDone(String account, String region) {
        if (!account.equals(sweep.path("account").asText())) {
            sweep.put("account", account).putArray("regions");
            regions.clear();
        }
        regions.add(region);
        sweep.withArray("/regions").add(region);
    }

    void accountDone(String account) {
        accounts.add(account);
        regions.clear();
        sweep.withArray("/accounts").add(account);
        sweep.remove(List.of("account", "regions"));
    }

    /** Something was not collected: the time from which changes are due stays where it is. */
    void faulty(RunError error) {
        sweep.put("faulty", true);
        AwsRound.fault(all, error);
    }

    /** The sweep ends with the page that carries this. */
    void end() {
        if (!sweep.path("faulty").asBoolean()) {
            mine.put("complete", sweep.path("started").asText());
        }
        mine.remove("sweep");
        AwsRound.done(all, call);
    }

    JsonNode cursor() {
        return all.deepCopy();
    }

    @Override
    public String toString() {
        return call + " " + sweep;
    }
}
