package dev.outrider.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accepted deliveries that are not records yet, and the originals of those that failed. */
public final class Deliveries {
    private static final int PENDING = 0;
    private static final int KEPT = 1;
    private static final String COLUMNS = "seq, tenant, integration, unit, headers, body, received";
    private static final String OF_UNIT = " where tenant = ? and integration = ? and unit = ?";

    private static final String SEE = "insert into delivery_seen (tenant, integration, unit, at) values (?, ?, ?, ?)"
            + " on conflict (tenant, integration, unit) do nothing";
    private static final String PUT =
            "insert into delivery (" + COLUMNS + ", size_bytes, state) values (?, ?, ?, ?, ?, ?, ?, ?, 0)";

    private final Sql sql;

    Deliveries(Sql sql) {
        this.sql = sql;
    }

    /** Stores a group in one durable commit; for each whether it is new, false for one seen before, which is not stored. */
    public boolean[] accept(List<Delivery> group) {
        var fresh = new boolean[group.size()];
        sql.transaction(transaction -> {
            for (int at = 0; at < fresh.length; at++) {
                var one = group.get(at);
                long received = one.received().toEpochMilli();
                fresh[at] = transaction.update(SEE, one.tenant(), one.integration(), one.unit(), received) == 1;
                if (fresh[at]) {
                    transaction.update(
                            PUT,
                            one.seq(),
                            one.tenant(),
                            one.integration(),
                            one.unit(),
                            one.headers(),
                            one.body(),
                            received,
                            one.body().length);
                }
            }
        });
        return fresh;
    }

    /** The pending ones after a place, the first to arrive first; so many that they stay below both limits, but at least one. */
    public List<Delivery> pending(long after, int limit, long limitBytes) {
        return sql.query(
                "select " + COLUMNS + " from delivery where seq in (select seq from (select seq,"
                        + " sum(size_bytes) over (order by seq) - size_bytes as before from (select seq, size_bytes"
                        + " from delivery where state = ? and seq > ? order by seq limit ?) as next) as summed"
                        + " where before < ?) order by seq",
                Deliveries::read,
                PENDING,
                after,
                limit,
                limitBytes);
    }

    public long pending() {
        return sql.query("select count(*) from delivery where state = 0", row -> row.getLong(1))
                .get(0);
    }

    public long pending(String tenant, String integration) {
        return sql.query(
                        "select count(*) from delivery where state = 0 and tenant = ? and integration = ?",
                        row -> row.getLong(1),
                        tenant,
                        integration)
                .get(0);
    }

    /** Bytes of the originals that are kept for a replay. */
    public long keptBytes() {
        return sql.query("select coalesce(sum(size_bytes), 0) from delivery where state = 1", row -> row.getLong(1))
                .get(0);
    }

    public long last() {
        return sql.query("select coalesce(max(seq), 0) from delivery", row -> row.getLong(1))
                .get(0);
    }

    /**
     * A delivery whose records are in the sink, or that could have none.
     *
     * @param failed whether its original is kept, since something in it failed
     * @param led whether it led to anything. What led to nothing is not held against the same body when it comes again: parts of a request
     *     that no signature covers, such as the name of an event, may have been wrong
     */
    public record Done(Delivery delivery, boolean failed, boolean led) {}

    /** Ends deliveries, all in one commit. */
    public void done(List<Done> group) {
        sql.transaction(transaction -> {
            for (var one : group) {
                var delivery = one.delivery();
                if (one.failed()) {
                    transaction.update("update delivery set state = ? where seq = ?", KEPT, delivery.seq());
                } else {
                    transaction.update("delete from delivery where seq = ?", delivery.seq());
                }
                if (!one.led()) {
                    var key = new StreamKey(delivery.tenant(), delivery.integration(), StreamKey.DELIVERIES);
                    transaction.update(
                            "delete from delivery_seen" + OF_UNIT, key.tenant(), key.integration(), delivery.unit());
                    forget(transaction, key, delivery.unit());
                }
            }
        });
    }

    /** The kept original of a unit, the newest where it failed more than once. */
    public Optional<Delivery> kept(StreamKey key, String unit) {
        return sql
                .query(
                        "select " + COLUMNS + " from delivery" + OF_UNIT + " and state = ? order by seq desc limit 1",
                        Deliveries::read,
                        key.tenant(),
                        key.integration(),
                        unit,
                        KEPT)
                .stream()
                .findFirst();
    }

    /** Forgets that a unit was collected. */
    private static void forget(Transaction transaction, StreamKey key, String unit) throws SQLException {
        transaction.update(
                "delete from seen where tenant = ? and integration = ? and stream = ? and identity = ?",
                key.tenant(),
                key.integration(),
                key.stream(),
                unit);
    }

    /** Keeps the original of one that failed. */
    public void keep(long seq) {
        sql.update("update delivery set state = ? where seq = ?", KEPT, seq);
    }

    /** Makes a kept original pending again, and forgets that it was collected; false where it was purged. */
    public boolean again(StreamKey key, String unit) {
        var changed = new int[1];
        sql.transaction(transaction -> {
            forget(transaction, key, unit);
            changed[0] = transaction.update(
                    "update delivery set state = 0" + OF_UNIT + " and state = 1",
                    key.tenant(),
                    key.integration(),
                    unit);
        });
        return changed[0] > 0;
    }

    /** Forgets what was accepted before, and the marks that its records are in the sink. */
    public void forget(String stream, Instant before) {
        sql.update("delete from delivery_seen where at < ?", before);
        sql.update("delete from seen where stream = ? and at < ?", stream, before);
    }

    /** Gives up the originals kept from before, then the oldest ones above a size; how many. */
    public int purge(Instant before, long keptBytesMax) {
        return sql.update("delete from delivery where state = ? and received < ?", KEPT, before)
                + sql.update(
                        "delete from delivery where seq in (select seq from (select seq, sum(size_bytes)"
                                + " over (order by seq desc) as newer from delivery where state = ?) as sized where newer > ?)",
                        KEPT,
                        keptBytesMax);
    }

    private static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBytes(6),
                Instant.ofEpochMilli(row.getLong(7)));
    }
}
