package dev.outrider.store;

import static dev.outrider.store.Deliveries.Accepted.FRESH;
import static dev.outrider.store.Deliveries.Accepted.READ_OTHERWISE;
import static dev.outrider.store.Deliveries.Accepted.REPLAYED;

import dev.outrider.store.Deliveries.Accepted;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Arrivals where other replicas accept deliveries too: the store they share tells what waits. */
final class SharedArrivals implements Arrivals {
    private static final Comparator<Delivery> BY_UNIT =
            Comparator.comparing(Delivery::integration).thenComparing(Delivery::unit);

    private final Sql sql;
    private final Replica replica;

    SharedArrivals(Sql sql, Replica replica) {
        this.sql = sql;
        this.replica = replica;
    }

    @Override
    public void open() {}

    @Override
    public Accepted[] accept(List<Delivery> group) {
        var accepted = new Accepted[group.size()];
        sql.transaction(transaction -> {
            var stored = new HashMap<StreamKey, Map<String, Integer>>();
            for (int at : order(group)) {
                var one = group.get(at);
                if (Deliveries.put(transaction, one, replica.number())) {
                    accepted[at] = FRESH;
                    stored.computeIfAbsent(Deliveries.key(one), missing -> new HashMap<>())
                            .put(one.unit(), at);
                } else {
                    accepted[at] = waitsAlike(transaction, one) ? REPLAYED : READ_OTHERWISE;
                }
            }
            // After they were put, not before: one that ends at the same time goes from the one table to the other.
            for (var of : stored.entrySet()) {
                for (var unit : Deliveries.seen(
                        transaction, of.getKey(), List.copyOf(of.getValue().keySet()))) {
                    int at = of.getValue().get(unit);
                    accepted[at] = REPLAYED;
                    Deliveries.delete(transaction, group.get(at).seq());
                }
            }
        });
        return accepted;
    }

    /** Whether one waits that is read in the same way. */
    private static boolean waitsAlike(Transaction transaction, Delivery one) throws SQLException {
        return !transaction
                .query(
                        "select 1 from delivery" + Deliveries.OF_UNIT + " and reading = ?",
                        row -> 1,
                        one.tenant(),
                        one.integration(),
                        one.unit(),
                        one.reading())
                .isEmpty();
    }

    /** Replicas that get the same deliveries put them in the same order: else each would wait for the other. */
    private static int[] order(List<Delivery> group) {
        return IntStream.range(0, group.size())
                .boxed()
                .sorted(Comparator.comparing(group::get, BY_UNIT))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public void alone(StateStore.Changes work) {
        sql.transaction(work);
    }

    @Override
    public boolean waits(Transaction transaction, StreamKey key, String unit) throws SQLException {
        return !transaction
                .query("select 1 from delivery" + Deliveries.OF_UNIT, row -> 1, key.tenant(), key.integration(), unit)
                .isEmpty();
    }

    @Override
    public void again(Transaction transaction, Delivery original) throws SQLException {
        Deliveries.put(transaction, original, replica.number());
    }

    @Override
    public void marked(StreamKey key, String unit) {}

    @Override
    public void ended(Deliveries.Done done) {}

    @Override
    public void forgotten(int count) {}

    @Override
    public long count() {
        return sql.query("select count(*) from delivery where owner = ?", row -> row.getLong(1), replica.number())
                .get(0);
    }

    @Override
    public long bytes() {
        return sql.query(
                        "select coalesce(sum(length(body)), 0) from delivery where owner = ?",
                        row -> row.getLong(1),
                        replica.number())
                .get(0);
    }

    @Override
    public long count(String tenant, String integration) {
        return sql.query(
                        "select count(*) from delivery where tenant = ? and integration = ?",
                        row -> row.getLong(1),
                        tenant,
                        integration)
                .get(0);
    }

    @Override
    public long last() {
        return sql.query("select max(seq) from delivery", row -> row.getLong(1)).get(0);
    }

    @Override
    public List<DeliveryQueue> queues() {
        return List.of(new TableQueue(sql, replica, new Endings(sql, this)));
    }

    @Override
    public void close() {}
}
