package dev.outrider.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Job reports, as JSON text, by id. */
public final class Jobs {
    private final Sql sql;
    private final Replica replica;

    Jobs(Sql sql, Replica replica) {
        this.sql = sql;
        this.replica = replica;
    }

    /**
     * A report to be kept.
     *
     * @param finished null while the job runs
     * @param idle whether it was complete and met nothing
     * @param report the whole report as JSON text
     */
    public record Stored(
            String id,
            String tenant,
            String integration,
            String status,
            Instant started,
            Instant finished,
            boolean idle,
            String report) {}

    /** Stores or replaces a job's report. */
    public void put(Stored job) {
        sql.update(
                """
                insert into job (id, tenant, integration, status, started, finished, idle, report, owner)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set status = excluded.status, finished = excluded.finished,
                idle = excluded.idle, report = excluded.report""",
                job.id(),
                job.tenant(),
                job.integration(),
                job.status(),
                job.started(),
                job.finished(),
                job.idle() ? 1 : 0,
                job.report(),
                replica.number());
    }

    public Optional<String> report(String id) {
        return sql.query("select report from job where id = ?", row -> row.getString(1), id).stream()
                .findFirst();
    }

    /** The newest first; {@code integration} null for all. */
    public List<String> reports(String integration, int limit) {
        return integration == null
                ? sql.query(
                        "select report from job order by started desc, id desc limit ?", row -> row.getString(1), limit)
                : sql.query(
                        "select report from job where integration = ? order by started desc, id desc limit ?",
                        row -> row.getString(1),
                        integration,
                        limit);
    }

    /** A job without an end, and whether it was asked to stop. */
    public record Unfinished(String id, boolean cancel) {}

    /** Jobs that this replica runs, or took over from a process that died. */
    public List<Unfinished> unfinished() {
        return sql.query(
                "select id, cancel from job where finished is null and owner = ?",
                row -> new Unfinished(row.getString(1), row.getInt(2) == 1),
                replica.number());
    }

    /** Asks the replica that runs a job to stop it; false where it has ended. */
    public boolean askToCancel(String id) {
        return sql.update("update job set cancel = 1 where id = ? and finished is null", id) == 1;
    }

    /** Forgets all but the newest jobs of an integration, the idle ones counted apart. */
    public void keepNewest(String integration, int keep, int keepIdle) {
        sql.transaction(transaction -> {
            for (int idle = 0; idle <= 1; idle++) {
                transaction.update(
                        """
                        delete from job where integration = ? and idle = ? and finished is not null and id not in
                        (select id from job where integration = ? and idle = ? order by started desc, id desc limit ?)""",
                        integration,
                        idle,
                        integration,
                        idle,
                        idle == 0 ? keep : keepIdle);
            }
        });
    }
}
