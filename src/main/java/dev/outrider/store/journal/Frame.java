package dev.outrider.store.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How an entry stands in a file: the file's mark (8 bytes), length of the entry (4), checksum of what follows (4), place up to which everything
 * was durable when it was written (8), entry. The mark is random: no entry can pretend to hold another one.
 */
final class Frame {
    static final int HEAD_BYTES = 24;

    private Frame() {}

    /** The head of an entry. */
    static byte[] head(long mark, byte[] entry, long durable) {
        var head = ByteBuffer.allocate(HEAD_BYTES);
        head.putLong(mark).putInt(entry.length).putInt(0).putLong(durable);
        head.putInt(12, checksum(head.slice(16, 8), ByteBuffer.wrap(entry)));
        return head.array();
    }

    /** The length of the whole frame that should begin at a place of what was read, which may end before it does; -1 where none can. */
    static long length(long mark, ByteBuffer read, int at) {
        if (read.limit() - at < HEAD_BYTES || read.getLong(at) != mark || read.getInt(at + 8) < 0) {
            return -1;
        }
        return HEAD_BYTES + (long) read.getInt(at + 8);
    }

    /** The entry of the frame that begins at a place of what was read, without a copy; null where it is not as it was written. */
    static ByteBuffer entry(long mark, ByteBuffer read, int at) {
        long length = length(mark, read, at);
        if (length < 0 || length > read.limit() - at) {
            return null;
        }
        var entry = read.slice(at + HEAD_BYTES, (int) length - HEAD_BYTES);
        return read.getInt(at + 12) == checksum(read.slice(at + 16, 8), entry.duplicate()) ? entry : null;
    }

    /** Up to where everything was durable when the frame at a place was written. */
    static long durable(ByteBuffer read, int at) {
        return read.getLong(at + 16);
    }

    /** Where the next frame that is as it was written begins, after a place; -1 where there is none. */
    static int next(long mark, ByteBuffer read, int after) {
        for (int at = after + 1; at <= read.limit() - HEAD_BYTES; at++) {
            if (read.getLong(at) == mark && entry(mark, read, at) != null) {
                return at;
            }
        }
        return -1;
    }

    private static int checksum(ByteBuffer durable, ByteBuffer entry) {
        var checksum = new CRC32C();
        checksum.update(durable);
        checksum.update(entry);
        return (int) checksum.getValue();
    }
}
