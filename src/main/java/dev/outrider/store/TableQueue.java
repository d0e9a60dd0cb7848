package dev.outrider.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The deliveries in the store: all where replicas share it, else those that were tried in vain. */
final class TableQueue implements DeliveryQueue {
    private final Sql sql;
    private final long owner;
    private final Endings endings;
    private long after = Long.MIN_VALUE;

    TableQueue(Sql sql, Replica replica, Endings endings) {
        this.sql = sql;
        this.owner = replica.number();
        this.endings = endings;
    }

    @Override
    public void rewind() {
        after = Long.MIN_VALUE;
    }

    @Override
    public List<Delivery> next(Set<String> held, int limit, long limitBytes) {
        record Sized(long seq, long bytes) {}
        var others = held.isEmpty() ? "" : " and integration not in " + Sql.in(List.copyOf(held));
        var values = new ArrayList<Object>(List.of(owner, after));
        values.addAll(held);
        values.add(limit);
        var next = sql.query(
                "select seq, length(body) from delivery where owner = ? and seq > ?" + others + " order by seq limit ?",
                row -> new Sized(row.getLong(1), row.getLong(2)),
                values.toArray());
        if (next.isEmpty()) {
            return List.of();
        }
        long last = next.get(0).seq();
        long bytes = 0;
        for (var one : next) {
            if (bytes >= limitBytes) {
                break;
            }
            bytes += one.bytes();
            last = one.seq();
        }
        values.set(1, after);
        values.set(values.size() - 1, last);
        after = last;
        return sql.query(
                "select " + Deliveries.COLUMNS + " from delivery where owner = ? and seq > ?" + others
                        + " and seq <= ? order by seq",
                Deliveries::read,
                values.toArray());
    }

    @Override
    public void done(List<Deliveries.Done> group) {
        endings.end(group, Deliveries::delete);
    }

    /** They are where they wait. */
    @Override
    public void leave(List<Delivery> rest) {}
}
