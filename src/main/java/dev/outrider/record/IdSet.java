package dev.outrider.record;

import java.nio.ByteBuffer;

/**
 * The 128-bit ids that a unit emitted: open addressing over one long array, 16 bytes an id at most three quarters full, so a million
 * records cost some 32 MB. Not thread-safe: pages of a unit are identified in order by one thread.
 */
public final class IdSet {
    private long[] slots = new long[2 * 16];
    private int size;

    /** Adds an id; false where it was there already. */
    public boolean add(long high, long low) {
        // 0/0 marks a free slot; a digest of all zeros is moved aside rather than lost.
        if (high == 0 && low == 0) {
            low = 1;
        }
        if ((size + 1) * 4L > slots.length / 2 * 3L) {
            grow();
        }
        if (!insert(slots, high, low)) {
            return false;
        }
        size++;
        return true;
    }

    /** Whether an id is there, as the first 16 bytes of a digest. */
    public boolean contains(byte[] digest) {
        var buffer = ByteBuffer.wrap(digest);
        long high = buffer.getLong();
        long low = buffer.getLong();
        int at = find(slots, high, high == 0 && low == 0 ? 1 : low);
        return slots[2 * at] != 0 || slots[2 * at + 1] != 0;
    }

    /** Adds ids as the store keeps them: 16 bytes each, one after the other. */
    public void addAll(byte[] ids) {
        var buffer = ByteBuffer.wrap(ids);
        while (buffer.remaining() >= 16) {
            add(buffer.getLong(), buffer.getLong());
        }
    }

    public int size() {
        return size;
    }

    private void grow() {
        var old = slots;
        var larger = new long[old.length * 2];
        for (int at = 0; at < old.length; at += 2) {
            if (old[at] != 0 || old[at + 1] != 0) {
                insert(larger, old[at], old[at + 1]);
            }
        }
        slots = larger;
    }

    /** The id's slot: where it is, or where it would go. */
    private static int find(long[] in, long high, long low) {
        int mask = in.length / 2 - 1;
        int at = (int) (high ^ (high >>> 32)) & mask;
        while ((in[2 * at] != 0 || in[2 * at + 1] != 0) && (in[2 * at] != high || in[2 * at + 1] != low)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static boolean insert(long[] into, long high, long low) {
        int at = find(into, high, low);
        if (into[2 * at] != 0 || into[2 * at + 1] != 0) {
            return false;
        }
        into[2 * at] = high;
        into[2 * at + 1] = low;
        return true;
    }
}
