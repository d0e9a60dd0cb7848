package dev.outrider.vendor.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read more than is allowed, or for longer: a vendor may send a bomb, or a byte a minute. */
public final class CappedStream extends FilterInputStream {
    /** The reply is larger than the class allows. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The reply took longer than the class allows. */
    public static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final long deadlineNanos;
    private long left;

    /** @param deadlineNanos as {@link System#nanoTime} counts */
    public CappedStream(InputStream in, long bytes, long deadlineNanos) {
        super(in);
        this.left = bytes;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int read = super.read(into, at, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new TooLarge();
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new TooSlow();
        }
    }
}
