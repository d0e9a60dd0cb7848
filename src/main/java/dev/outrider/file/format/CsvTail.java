package dev.outrider.file.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Remembers how a text ended: CSV itself does not say whether the quote of the last cell was closed. */
final class CsvTail extends FilterReader {
    private char last;
    private long quotes;
    private long quotesBeforeBreak;

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
        if (n > 0) {
            int i = off + n - 1;
            last = out[i];
            remember(out, off, i);
        }
        return n;
    }

    /** Length of the run of quotes at the very end, also of one that reaches back into the chunk before. */
    private void remember(char[] out, int from, int end) {
        int i = end;
        while (i >= from && out[i] == '"') {
            i--;
        }
        long run = end - i;
        quotes = i < from ? quotes + run : run;
        if (run == 0) {
            int j = end;
            while (j >= from && (out[j] == '\n' || out[j] == '\r')) {
                j--;
            }
            int k = j;
            while (k >= from && out[k] == '"') {
                k--;
            }
            quotesBeforeBreak = j - k;
        }
    }

    boolean endsLine() {
        return last == '\n' || last == '\r';
    }

    /** Whether the quoted cell that ended the text has no closing quote: the number of quotes it ends with is then even. */
    boolean openQuote(String cell) {
        long run = endsLine() ? quotesBeforeBreak : quotes;
        boolean onlyQuotes = cell == null || cell.chars().allMatch(c -> c == '"');
        // The quote that opens such a cell stands in the same run.
        return onlyQuotes ? run % 2 != 0 : run % 2 == 0;
    }
}
