package dev.outrider.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Accepted deliveries that are not records yet, and the originals of those that failed. */
public final class Deliveries {
    /** From one of a replica's numbers to the next. */
    public static final int STEP = 1 << 14;

    static final String COLUMNS = "seq, tenant, integration, unit, reading, headers, body, received";
    static final String OF_UNIT = " where tenant = ? and integration = ? and unit = ?";
    private static final String PUT =
            "insert into delivery (" + COLUMNS + ", owner) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String KEEP =
            "insert into delivery_kept (" + COLUMNS + ") select " + COLUMNS + " from delivery where seq = ?";
    private static final String DELETE = "delete from delivery where seq = ?";

    private static final Comparator<Delivery> BY_UNIT =
            Comparator.comparing(Delivery::integration).thenComparing(Delivery::unit);

    private final Sql sql;
    private final Replica replica;
    /** Null where other replicas accept deliveries too: there the store tells. */
    private final Waiting waiting;

    Deliveries(Sql sql, Replica replica) {
        this.sql = sql;
        this.replica = replica;
        this.waiting = replica.shared() ? null : new Waiting(sql);
    }

    /** What became of a delivery that was to be stored. */
    public enum Accepted {
        FRESH,
        /** It waits already, or its records are in the sink. */
        REPLAYED,
        /** It waits already, but is read in another way: whether it is the same shows once that one has led to something. */
        READ_OTHERWISE
    }

    /** Stores a group in one durable commit. */
    public Accepted[] accept(List<Delivery> group) {
        var accepted = new Accepted[group.size()];
        try {
            accept(group, accepted);
        } catch (RuntimeException e) {
            for (int at = 0; at < accepted.length; at++) {
                if (waiting != null && accepted[at] == Accepted.FRESH) {
                    waiting.remove(group.get(at));
                }
            }
            throw e;
        }
        return accepted;
    }

    private void accept(List<Delivery> group, Accepted[] accepted) {
        if (waiting != null) {
            waiting.load();
        }
        sql.transaction(transaction -> {
            var stored = new HashMap<StreamKey, Map<String, Integer>>();
            for (int at : order(group)) {
                var one = group.get(at);
                if (put(transaction, one)) {
                    accepted[at] = Accepted.FRESH;
                    stored.computeIfAbsent(key(one), missing -> new HashMap<>()).put(one.unit(), at);
                } else {
                    accepted[at] = waits(transaction, one) ? Accepted.REPLAYED : Accepted.READ_OTHERWISE;
                }
            }
            // After they were put, not before: one that ends at the same time goes from the one table to the other.
            for (var of : stored.entrySet()) {
                for (var unit :
                        seen(transaction, of.getKey(), List.copyOf(of.getValue().keySet()))) {
                    int at = of.getValue().get(unit);
                    accepted[at] = Accepted.REPLAYED;
                    transaction.update(DELETE, group.get(at).seq());
                    if (waiting != null) {
                        waiting.remove(group.get(at));
                    }
                }
            }
        });
    }

    private boolean put(Transaction transaction, Delivery one) throws SQLException {
        if (waiting != null && waiting.has(one.tenant(), one.integration(), one.unit())) {
            return false;
        }
        boolean put = transaction.update(
                        PUT,
                        one.seq(),
                        one.tenant(),
                        one.integration(),
                        one.unit(),
                        one.reading(),
                        one.headers(),
                        one.body(),
                        one.received(),
                        replica.number())
                == 1;
        if (put && waiting != null) {
            waiting.add(one.tenant(), one.integration(), one.unit(), one.reading());
        }
        return put;
    }

    /** Whether one waits that is read in the same way. */
    private boolean waits(Transaction transaction, Delivery one) throws SQLException {
        return waiting != null
                ? waiting.reads(one)
                : !transaction
                        .query(
                                "select 1 from delivery" + OF_UNIT + " and reading = ?",
                                row -> 1,
                                one.tenant(),
                                one.integration(),
                                one.unit(),
                                one.reading())
                        .isEmpty();
    }

    /** Replicas that get the same deliveries put them in the same order: else each would wait for the other. */
    private int[] order(List<Delivery> group) {
        var all = IntStream.range(0, group.size());
        return replica.shared()
                ? all.boxed()
                        .sorted(Comparator.comparing(group::get, BY_UNIT))
                        .mapToInt(Integer::intValue)
                        .toArray()
                : all.toArray();
    }

    private static Set<String> seen(Transaction transaction, StreamKey key, List<String> units) throws SQLException {
        return new HashSet<>(transaction.query(
                "select identity from seen where tenant = ? and integration = ? and stream = ? and identity in "
                        + Sql.in(units),
                row -> row.getString(1),
                SqlStateStore.of(key, units.toArray())));
    }

    /** This replica's pending ones after a place, the first to arrive first; so many that they stay below both limits, but at least one. */
    public List<Delivery> pending(long after, int limit, long limitBytes) {
        record Sized(long seq, long bytes) {}
        var next = sql.query(
                "select seq, length(body) from delivery where owner = ? and seq > ? order by seq limit ?",
                row -> new Sized(row.getLong(1), row.getLong(2)),
                replica.number(),
                after,
                limit);
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
        return sql.query(
                "select " + COLUMNS + " from delivery where owner = ? and seq > ? and seq <= ? order by seq",
                Deliveries::read,
                replica.number(),
                after,
                last);
    }

    /** How many of this replica's. */
    public long pending() {
        return waiting != null
                ? waiting.load().count()
                : sql.query("select count(*) from delivery where owner = ?", row -> row.getLong(1), replica.number())
                        .get(0);
    }

    /** Of the bodies of those. */
    public long pendingBytes() {
        return sql.query(
                        "select coalesce(sum(length(body)), 0) from delivery where owner = ?",
                        row -> row.getLong(1),
                        replica.number())
                .get(0);
    }

    /** How many of an integration's, whichever replica has them. */
    public long pending(String tenant, String integration) {
        return waiting != null
                ? waiting.load().count(tenant, integration)
                : sql.query(
                                "select count(*) from delivery where tenant = ? and integration = ?",
                                row -> row.getLong(1),
                                tenant,
                                integration)
                        .get(0);
    }

    /**
     * Where to count from, by {@link #STEP}: above all numbers in use, and beside those that other replicas count. They are the clock's, so
     * that what one replica takes over from another comes about where it belongs.
     */
    public long first() {
        long above = Math.max(last(), System.currentTimeMillis() << 20);
        return (above / STEP + 1) * STEP + replica.number() % STEP;
    }

    /** Whether another replica accepted it, by its number: this one cannot know how far that one came. */
    public boolean adopted(Delivery delivery) {
        return replica.shared() && delivery.seq() % STEP != replica.number() % STEP;
    }

    /** The highest number in use. */
    long last() {
        return sql.query(
                        "select max(seq) from (select max(seq) as seq from delivery"
                                + " union all select max(seq) from delivery_kept) as used",
                        row -> row.getLong(1))
                .get(0);
    }

    /** What becomes of the mark that the records of a delivery are in the sink, by which it is known when it comes again. */
    public enum Mark {
        /** The last of its pages has left it. */
        STAYS,
        /** It had no pages, but led to something else. */
        IS_PUT,
        /**
         * What led to nothing is not held against the same body when it comes again: parts of a request that no signature covers, such as the
         * name of an event, may have been wrong.
         */
        GOES
    }

    /**
     * A delivery whose records are in the sink, or that could have none.
     *
     * @param failed whether its original is kept, since something in it failed
     */
    public record Done(Delivery delivery, boolean failed, Mark mark) {}

    /** Ends deliveries, all in one commit. */
    public void done(List<Done> group) {
        sql.transaction(transaction -> {
            for (var one : group) {
                var delivery = one.delivery();
                if (one.failed()) {
                    transaction.update(KEEP, delivery.seq());
                }
                transaction.update(DELETE, delivery.seq());
                switch (one.mark()) {
                    case IS_PUT ->
                        SqlStateStore.putSeen(
                                transaction,
                                key(delivery),
                                List.of(new Seen(delivery.unit(), delivery.received(), delivery.unit())));
                    case GOES -> forget(transaction, key(delivery), delivery.unit());
                    case STAYS -> {}
                }
            }
            heal(transaction, group);
        });
        if (waiting != null) {
            // Now that their marks are there: in between they would be new again.
            group.forEach(one -> waiting.remove(one.delivery()));
        }
    }

    /** What failed as a whole may come again: its dead letters are made up for by what went well, but not those of what failed again. */
    private static void heal(Transaction transaction, List<Done> group) throws SQLException {
        var healed = new HashMap<StreamKey, Map<String, Instant>>();
        for (var one : group) {
            if (one.mark() != Mark.GOES) {
                var delivery = one.delivery();
                healed.computeIfAbsent(key(delivery), missing -> new HashMap<>())
                        .put(delivery.unit(), delivery.received());
            }
        }
        for (var of : healed.entrySet()) {
            var key = of.getKey();
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
                        "delete from dead_letter" + OF_UNIT + " and created < ?",
                        key.tenant(),
                        key.integration(),
                        unit,
                        of.getValue().get(unit));
            }
        }
    }

    /** Who makes records of an item of a delivery outside of the queue. */
    public enum Claim {
        /** Nobody: the sender has sent the delivery again, and it waits. */
        WAITS,
        /** Whoever asks: what the sender sends from now on is a replay. */
        MADE,
        /** Whoever asks, for other items of the delivery are in the sink. */
        KNOWN
    }

    /** Claims a unit before one of its dead letters is sent again. */
    public Claim claim(StreamKey key, String unit) {
        var claim = new Claim[1];
        if (waiting != null) {
            waiting.load();
        }
        sql.transaction(transaction -> {
            if (waits(transaction, key, unit)) {
                claim[0] = Claim.WAITS;
            } else if (seen(transaction, key, List.of(unit)).isEmpty()) {
                SqlStateStore.putSeen(transaction, key, List.of(new Seen(unit, Instant.now(), unit)));
                claim[0] = Claim.MADE;
            } else {
                claim[0] = Claim.KNOWN;
            }
        });
        return claim[0];
    }

    private boolean waits(Transaction transaction, StreamKey key, String unit) throws SQLException {
        return waiting != null
                ? waiting.has(key.tenant(), key.integration(), unit)
                : !transaction
                        .query("select 1 from delivery" + OF_UNIT, row -> 1, key.tenant(), key.integration(), unit)
                        .isEmpty();
    }

    /** Forgets that a unit was collected. */
    private static void forget(Transaction transaction, StreamKey key, String unit) throws SQLException {
        transaction.update(
                "delete from seen where tenant = ? and integration = ? and stream = ? and identity = ?",
                SqlStateStore.of(key, unit));
    }

    /**
     * Makes a kept original pending again, and forgets that it was collected; false where it was purged.
     *
     * @param letter the dead letter that goes with it: what fails anew gets another one of the same id
     */
    public boolean again(StreamKey key, String unit, String letter) {
        var original = new Originals(sql).of(key, unit).map(one -> one.at(Instant.now()));
        if (original.isEmpty()) {
            return false;
        }
        if (waiting != null) {
            waiting.load();
        }
        sql.transaction(transaction -> {
            forget(transaction, key, unit);
            put(transaction, original.get());
            transaction.update("delete from dead_letter where id = ?", letter);
            transaction.update("delete from delivery_kept" + OF_UNIT, key.tenant(), key.integration(), unit);
        });
        return true;
    }

    /** Forgets the marks from before that records of deliveries are in the sink: what comes again is new. */
    public void forget(Instant before) {
        sql.update("delete from seen where stream = ? and at < ?", StreamKey.DELIVERIES, before);
    }

    private static StreamKey key(Delivery delivery) {
        return new StreamKey(delivery.tenant(), delivery.integration(), StreamKey.DELIVERIES);
    }

    static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getBytes(7),
                Instant.ofEpochMilli(row.getLong(8)));
    }
}
