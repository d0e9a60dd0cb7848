package dev.outrider.file.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes out of a decompressor, stopped when it is too much; the sizes that headers claim are never asked. */
final class ExpandedInput extends FilterInputStream {
    private final CountedInput compressed;
    private final Limits limits;
    private final long before;
    private final String name;
    private long expanded;

    /** @param before bytes that earlier parts of the same file have given */
    ExpandedInput(InputStream expanding, CountedInput compressed, Limits limits, long before, String name) {
        super(expanding);
        this.compressed = compressed;
        this.limits = limits;
        this.before = before;
        this.name = name;
    }

    long expanded() {
        return expanded;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            account(1);
        }
        return b;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n = in.read(b, off, len);
        if (n > 0) {
            account(n);
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        return skipByReading(n);
    }

    private long skipByReading(long n) throws IOException {
        byte[] waste = new byte[(int) Math.min(8192, Math.max(n, 1))];
        long left = n;
        while (left > 0) {
            int read = read(waste, 0, (int) Math.min(waste.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return n - left;
    }

    private void account(int n) throws ScanIOException {
        expanded += n;
        if (before + expanded > limits.maxExpandedBytes()) {
            throw bomb("expands to more than " + limits.maxExpandedBytes() + " bytes");
        }
        if (expanded > Limits.RATIO_FROM_BYTES && expanded / limits.maxRatio() > compressed.count()) {
            throw bomb("expands more than " + limits.maxRatio() + " times");
        }
    }

    private ScanIOException bomb(String what) {
        return new ScanIOException(new ScanException(
                "file.bomb",
                name + ": " + what + "; nothing more of it is read. If it is honest, send it uncompressed"));
    }
}
