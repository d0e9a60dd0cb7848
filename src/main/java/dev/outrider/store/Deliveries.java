package dev.outrider.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Accepted deliveries that are not records yet, and the originals of those that failed. */
public final class Deliveries {
    /** From one of a replica's numbers to the next. */
    public static final int STEP = 1 << 14;

    static final String COLUMNS = "seq, tenant, integration, unit, reading, headers, body, received";
    static final String OF_UNIT = " where tenant = ? and integration = ? and unit = ?";
    private static final String PUT =
            "insert into delivery (" + COLUMNS + ", owner) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private final Sql sql;
    private final Replica replica;
    private final Arrivals arrivals;

    private Deliveries(Sql sql, Replica replica, Arrivals arrivals) {
        this.sql = sql;
        this.replica = replica;
        this.arrivals = arrivals;
    }

    /** Of a process that has the store to itself. */
    static Deliveries alone(Sql sql, Path folder) {
        return new Deliveries(sql, Replica.ALONE, new LocalArrivals(sql, folder));
    }

    /** Of a process that shares the store with others. */
    static Deliveries shared(Sql sql, Replica replica) {
        return new Deliveries(sql, replica, new SharedArrivals(sql, replica));
    }

    /** What became of a delivery that was to be stored. */
    public enum Accepted {
        FRESH,
        /** It waits already, or its records are in the sink. */
        REPLAYED,
        /** It waits already, but is read in another way: whether it is the same shows once that one has led to something. */
        READ_OTHERWISE
    }

    /** Stores a group, durably and as cheaply as one. */
    public Accepted[] accept(List<Delivery> group) {
        return arrivals.accept(group);
    }

    /** This process's pending ones, the first to be tried first. */
    public List<DeliveryQueue> queues() {
        return arrivals.queues();
    }

    /** How many of this process's. */
    public long pending() {
        return arrivals.count();
    }

    /** Of the bodies of those. */
    public long pendingBytes() {
        return arrivals.bytes();
    }

    /** How many of an integration's, whichever replica has them. */
    public long pending(String tenant, String integration) {
        return arrivals.count(tenant, integration);
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
        long kept = sql.query("select max(seq) from delivery_kept", row -> row.getLong(1))
                .get(0);
        return Math.max(arrivals.last(), kept);
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
        arrivals.marked(key, unit);
        arrivals.alone(transaction -> {
            if (arrivals.waits(transaction, key, unit)) {
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
        arrivals.alone(transaction -> {
            forget(transaction, key, unit);
            arrivals.again(transaction, original.get());
            transaction.update("delete from dead_letter where id = ?", letter);
            transaction.update("delete from delivery_kept" + OF_UNIT, key.tenant(), key.integration(), unit);
        });
        return true;
    }

    /** Forgets the marks from before that records of deliveries are in the sink: what comes again is new. */
    public void forget(Instant before) {
        arrivals.forgotten(sql.update("delete from seen where stream = ? and at < ?", StreamKey.DELIVERIES, before));
    }

    /** Before the process ends. */
    void close() {
        arrivals.close();
    }

    static StreamKey key(Delivery delivery) {
        return new StreamKey(delivery.tenant(), delivery.integration(), StreamKey.DELIVERIES);
    }

    /** False where the same waits there already. */
    static boolean put(Transaction transaction, Delivery one, long owner) throws SQLException {
        var values = new Object[9];
        System.arraycopy(values(one), 0, values, 0, 8);
        values[8] = owner;
        return transaction.update(PUT, values) == 1;
    }

    static void delete(Transaction transaction, long seq) throws SQLException {
        transaction.update("delete from delivery where seq = ?", seq);
    }

    /** Forgets that a unit was collected. */
    static void forget(Transaction transaction, StreamKey key, String unit) throws SQLException {
        transaction.update(
                "delete from seen where tenant = ? and integration = ? and stream = ? and identity = ?",
                SqlStateStore.of(key, unit));
    }

    static Set<String> seen(Transaction transaction, StreamKey key, List<String> units) throws SQLException {
        return new HashSet<>(transaction.query(
                "select identity from seen where tenant = ? and integration = ? and stream = ? and identity in "
                        + Sql.in(units),
                row -> row.getString(1),
                SqlStateStore.of(key, units.toArray())));
    }

    /** In the order of {@link #COLUMNS}. */
    static Object[] values(Delivery one) {
        return new Object[] {
            one.seq(),
            one.tenant(),
            one.integration(),
            one.unit(),
            one.reading(),
            one.headers(),
            one.body(),
            one.received()
        };
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
