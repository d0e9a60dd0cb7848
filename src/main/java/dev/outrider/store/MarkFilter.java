package dev.outrider.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jboss.logging.Logger;

/**
 * Says of nearly every unit that is new that it has no mark, without asking the store, and of none that has one: a Bloom filter. An
 * integration's marks are read into it in the background, until then it says nothing; where there are more marks than it was made for, it says
 * less.
 */
final class MarkFilter {
    private static final Logger LOG = Logger.getLogger(MarkFilter.class);
    /** 8 MB: of two million marks one in two thousand is asked for in vain, of ten million one in twenty. */
    private static final int BITS = 1 << 26;

    private static final int BITS_A_MARK = 3;
    /** After so many were forgotten it is worth to read the others anew. */
    private static final int FORGOTTEN_MAX = 2_000_000;

    private final Sql sql;
    private final Set<StreamKey> asked = ConcurrentHashMap.newKeySet();
    private volatile Filled filled;
    private int forgotten;

    MarkFilter(Sql sql) {
        this.sql = sql;
    }

    /** @param of those whose marks are in it */
    private record Filled(AtomicLongArray bits, Set<StreamKey> of) {
        Filled() {
            this(new AtomicLongArray(BITS / Long.SIZE), ConcurrentHashMap.newKeySet());
        }
    }

    /** False only where the unit has no mark. */
    boolean mayHave(StreamKey key, String unit) {
        var now = filled();
        if (!now.of().contains(key)) {
            if (asked.add(key)) {
                var thread = new Thread(() -> fill(now, key), "webhook-marks");
                thread.setDaemon(true);
                thread.start();
            }
            return true;
        }
        long hash = hash(unit);
        for (int bit = 0; bit < BITS_A_MARK; bit++) {
            int at = at(hash, bit);
            if ((now.bits().get(at / Long.SIZE) & 1L << at) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Before the unit is marked, or while it waits. */
    void add(String unit) {
        add(filled(), unit);
    }

    /** Tells how many marks are no more. */
    synchronized void forgotten(int count) {
        forgotten += count;
        if (forgotten > FORGOTTEN_MAX) {
            forgotten = 0;
            filled = null;
            asked.clear();
        }
    }

    private Filled filled() {
        var now = filled;
        if (now != null) {
            return now;
        }
        synchronized (this) {
            if (filled == null) {
                filled = new Filled();
            }
            return filled;
        }
    }

    private void fill(Filled now, StreamKey key) {
        try {
            sql.each(
                    "select identity from seen where tenant = ? and integration = ? and stream = ?",
                    row -> {
                        add(now, row.getString(1));
                        return null;
                    },
                    SqlStateStore.of(key));
            now.of().add(key);
        } catch (StoreException e) {
            LOG.warnf("marks of %s are asked for one by one: %s", key, e.getMessage());
            asked.remove(key);
        }
    }

    private static void add(Filled now, String unit) {
        long hash = hash(unit);
        for (int bit = 0; bit < BITS_A_MARK; bit++) {
            int at = at(hash, bit);
            now.bits().accumulateAndGet(at / Long.SIZE, 1L << at, (one, other) -> one | other);
        }
    }

    private static int at(long hash, int bit) {
        return (int) (hash + bit * (hash >>> 32 | 1)) & BITS - 1;
    }

    /** Over all characters; the last steps spread what they differ in over all bits. */
    private static long hash(String unit) {
        long hash = 0xCBF29CE484222325L;
        for (int at = 0; at < unit.length(); at++) {
            hash = (hash ^ unit.charAt(at)) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        return hash ^ hash >>> 33;
    }
}
