package dev.outrider.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ends deliveries whose records are in the sink, or that could have none. */
final class Endings {
    private static final String KEEP = "insert into delivery_kept (" + Deliveries.COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private final Sql sql;
    private final Arrivals arrivals;

    Endings(Sql sql, Arrivals arrivals) {
        this.sql = sql;
        this.arrivals = arrivals;
    }

    /** Takes a delivery from where it waits. */
    @FunctionalInterface
    interface Removal {
        void of(Transaction transaction, long seq) throws SQLException;
    }

    /** All in one commit. */
    void end(List<Deliveries.Done> group, Removal removal) {
        sql.transaction(transaction -> {
            for (var one : group) {
                var delivery = one.delivery();
                if (one.failed()) {
                    transaction.update(KEEP, Deliveries.values(delivery));
                }
                removal.of(transaction, delivery.seq());
                var key = Deliveries.key(delivery);
                switch (one.mark()) {
                    case IS_PUT ->
                        SqlStateStore.putSeen(
                                transaction,
                                key,
                                List.of(new Seen(delivery.unit(), delivery.received(), delivery.unit())));
                    case GOES -> Deliveries.forget(transaction, key, delivery.unit());
                    case STAYS -> {}
                }
            }
            heal(transaction, group);
        });
        // Now that their marks are there: in between they would be new again.
        group.forEach(arrivals::ended);
    }

    /** What failed as a whole may come again: its dead letters are made up for by what went well, but not those of what failed again. */
    private static void heal(Transaction transaction, List<Deliveries.Done> group) throws SQLException {
        var healed = new HashMap<StreamKey, Map<String, Instant>>();
        for (var one : group) {
            if (one.mark() != Deliveries.Mark.GOES) {
                var delivery = one.delivery();
                healed.computeIfAbsent(Deliveries.key(delivery), missing -> new HashMap<>())
                        .put(delivery.unit(), delivery.received());
            }
        }
        for (var of : healed.entrySet()) {
            var key = of.getKey();
            if (!hasLetters(transaction, key)) {
                continue;
            }
            var units = List.copyOf(of.getValue().keySet());
            var values = new ArrayList<Object>(List.of(key.tenant(), key.integration()));
            values.addAll(units);
            var known = transaction.query(
                    "select distinct unit from dead_letter where tenant = ? and integration = ? and unit in "
                            + Sql.in(units),
                    row -> row.getString(1),
                    values.toArray());
            for (var unit : known) {
                transaction.update(
                        "delete from dead_letter" + Deliveries.OF_UNIT + " and created < ?",
                        key.tenant(),
                        key.integration(),
                        unit,
                        of.getValue().get(unit));
            }
        }
    }

    /** Most integrations have none: to ask for each unit costs more. */
    private static boolean hasLetters(Transaction transaction, StreamKey key) throws SQLException {
        return !transaction
                .query(
                        "select 1 from dead_letter where tenant = ? and integration = ? limit 1",
                        row -> 1,
                        key.tenant(),
                        key.integration())
                .isEmpty();
    }
}
