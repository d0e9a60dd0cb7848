package dev.outrider.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A replica by its row in PostgreSQL. There is one lease, its life: what it works at, it owns by its number. Times are the server's, so
 * that no clock but one counts.
 */
final class SharedReplica implements Replica {
    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    /** Not held up by {@link #check}, which needs a number. */
    private final Sql sql;

    private final Duration lease;
    private final AtomicLong number = new AtomicLong();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Heartbeat heartbeat;

    SharedReplica(Sql sql, Duration lease) {
        this.sql = sql;
        this.lease = lease;
        this.heartbeat = new Heartbeat(this, lease);
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public long number() {
        return number.get();
    }

    /** Takes a number, and what an earlier process left in the same folder: it is dead, or it would hold the folder. */
    void join(String folder) {
        sql.transaction(transaction -> {
            long own = transaction
                    .query(
                            "insert into replica (folder, until) values (?, " + NOW + " + ?) returning number",
                            row -> row.getLong(1),
                            folder,
                            lease.toMillis())
                    .get(0);
            for (long dead : transaction.query(
                    "select number from replica where folder = ? and number <> ? order by number for update",
                    row -> row.getLong(1),
                    folder,
                    own)) {
                adopt(transaction, dead, own);
            }
            number.set(own);
        });
        heartbeat.start();
    }

    /** Says so to the others, who need not wait then until the lease ends. */
    void leave() {
        heartbeat.stop();
        sql.update("update replica set until = 0 where number = ?", number());
    }

    /** Lives on; false where it was taken for dead. */
    boolean renew() {
        return sql.update("update replica set until = " + NOW + " + ? where number = ?", lease.toMillis(), number())
                == 1;
    }

    /** First in every transaction: what was taken for dead changes nothing. Others take it for dead only once the transaction has ended. */
    void check(Transaction transaction) throws SQLException {
        if (number() != 0
                && transaction
                        .query("select 1 from replica where number = ? for key share", row -> 1, number())
                        .isEmpty()) {
            throw new StoreException(
                    "another replica took over the work of this one, which gave no sign of life for "
                            + lease.toSeconds() + " s: it must be started again",
                    null);
        }
    }

    /** Takes over from those whose lease has ended; how many. */
    int adopt() {
        var dead = sql.query(
                "select number from replica where until <= " + NOW + " and number <> ? order by number",
                row -> row.getLong(1),
                number());
        var adopted = new int[1];
        for (long one : dead) {
            sql.transaction(transaction -> {
                check(transaction);
                // One that is just at work is left for the next time, for this thread must not wait.
                if (!transaction
                        .query(
                                "select 1 from replica where number = ? and until <= " + NOW
                                        + " for update skip locked",
                                row -> 1,
                                one)
                        .isEmpty()) {
                    adopt(transaction, one, number());
                    adopted[0]++;
                }
            });
        }
        return adopted[0];
    }

    private static void adopt(Transaction transaction, long dead, long own) throws SQLException {
        transaction.update("delete from replica where number = ?", dead);
        transaction.update("delete from lane where owner = ?", dead);
        transaction.update("update delivery set owner = ? where owner = ?", own, dead);
        transaction.update("update job set owner = ? where owner = ? and finished is null", own, dead);
    }

    @Override
    public void serve(Runnable beat, Runnable lost) {
        heartbeat.serve(beat, lost);
    }

    @Override
    public boolean begin(String integration, String job) {
        var begun = new boolean[1];
        sql.transaction(transaction -> {
            check(transaction);
            // Its own row is one whose end got lost.
            begun[0] = transaction.update(
                            """
                            insert into lane (integration, owner, job) values (?, ?, ?)
                            on conflict (integration) do update set job = excluded.job where lane.owner = excluded.owner""",
                            integration,
                            number(),
                            job)
                    == 1;
        });
        return begun[0];
    }

    @Override
    public void end(String job) {
        ended.add(job);
        free();
    }

    /** What cannot be freed now, because the server is away, is freed with a later heartbeat. */
    void free() {
        for (var job : List.copyOf(ended)) {
            sql.update("delete from lane where job = ?", job);
            ended.remove(job);
        }
    }

    @Override
    public boolean busyElsewhere(String integration) {
        return !sql.query("select 1 from lane where integration = ? and owner <> ?", row -> 1, integration, number())
                .isEmpty();
    }

    @Override
    public boolean due(String schedule, Instant at, Duration every) {
        long period = every == null ? 1 : every.toMillis();
        long now = at.toEpochMilli();
        return sql.update(
                        """
                        insert into due (schedule, at) values (?, ?) on conflict (schedule) do update
                        set at = greatest(due.at + ?, ?) where due.at <= ?""",
                        schedule,
                        now + period,
                        period,
                        now + 1,
                        now)
                == 1;
    }
}
