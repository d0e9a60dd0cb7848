package dev.outrider.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Job reports, as JSON text, by id. */
public final class Jobs {
    private final Sql sql;

    Jobs(Sql sql) {
        this.sql = sql;
    }

    /** Stores or replaces a job's report; {@code finished} null while it runs. */
    public void put(
            String id,
            String tenant,
            String integration,
            String status,
            Instant started,
            Instant finished,
            String report) {
        sql.update(
                """
                insert into job (id, tenant, integration, status, started, finished, report) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set status = excluded.status, finished = excluded.finished, report = excluded.report""",
                id,
                tenant,
                integration,
                status,
                started,
                finished,
                report);
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

    /** Jobs that a process left running when it died: ids. */
    public List<String> unfinished() {
        return sql.query("select id from job where finished is null", row -> row.getString(1));
    }

    /** Forgets all but the newest jobs of each integration. */
    public int keepNewest(String integration, int keep) {
        return sql.update(
                """
                delete from job where integration = ? and finished is not null and id not in
                (select id from job where integration = ? order by started desc, id desc limit ?)""",
                integration,
                integration,
                keep);
    }
}
