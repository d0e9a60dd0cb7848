package dev.outrider.file.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Remembers how a text ended: CSV itself does not say whether the quote of the last cell was closed. */
final class CsvTail extends FilterReader {
    private char last;
    private long quotes;

    CsvTail(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] out, int off, int len) throws IOException {
        int n = in.read(out, off, len);
        for (int i = off; i < off + n; i++) {
            quotes += out[i] == '"' ? 1 : 0;
        }
        if (n > 0) {
            last = out[off + n - 1];
        }
        return n;
    }

    boolean endsWith(char c) {
        return last == c;
    }

    boolean endsLine() {
        return last == '\n' || last == '\r';
    }

    /**
     * Whether a quote was left open: those that open, close and escape come in pairs.
     *
     * @param stray quotes inside cells that are not quoted, which mean nothing
     */
    boolean openQuote(long stray) {
        return (quotes - stray) % 2 != 0;
    }
}
