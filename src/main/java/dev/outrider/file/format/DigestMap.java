package dev.outrider.file.format;

import java.util.Arrays;

/**
 * Counts or indexes by a 128-bit digest in two flat arrays of longs and one of ints: 20 bytes a slot, so 27 to 53 bytes an entry,
 * where a map of objects takes some 150. At 128 bits two different keys do not meet in practice.
 */
final class DigestMap {
    static final int ABSENT = Integer.MIN_VALUE;

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private int[] values = new int[1024];
    private int size;

    DigestMap() {
        Arrays.fill(values, ABSENT);
    }

    int size() {
        return size;
    }

    int get(Digest key) {
        return values[slot(key.high(), key.low())];
    }

    void put(Digest key, int value) {
        int slot = slot(key.high(), key.low());
        if (values[slot] == ABSENT) {
            if (++size > high.length / 4 * 3) {
                grow();
                slot = slot(key.high(), key.low());
            }
            high[slot] = key.high();
            low[slot] = key.low();
        }
        values[slot] = value;
    }

    /** Adds one and gives the new count. */
    int increment(Digest key) {
        int now = get(key);
        put(key, now == ABSENT ? 1 : now + 1);
        return now == ABSENT ? 1 : now + 1;
    }

    private int slot(long h, long l) {
        int mask = high.length - 1;
        int slot = (int) l & mask;
        while (values[slot] != ABSENT && (high[slot] != h || low[slot] != l)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldValues = values;
        high = new long[oldHigh.length * 2];
        low = new long[oldHigh.length * 2];
        values = new int[oldHigh.length * 2];
        Arrays.fill(values, ABSENT);
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = slot(oldHigh[i], oldLow[i]);
                high[slot] = oldHigh[i];
                low[slot] = oldLow[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
