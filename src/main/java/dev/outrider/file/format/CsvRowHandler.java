package dev.outrider.file.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.UncheckedIOException;
import java.util.Map;

/** Makes rows out of the parser's events; a cell that nobody asked for never becomes a string. */
final class CsvRowHandler extends CsvCallbackHandler<CsvRow> {
    private final Map<NessusColumn, int[]> columns;
    private final boolean[] wanted;
    private final int width;
    private final int needed;
    private final Limits limits;
    private final String name;
    private String[] cells;
    private long line;
    private int fields;
    private long chars;
    private boolean blank;
    private boolean surplus;
    private boolean lastQuoted;
    private long strayQuotes;

    /** @param needed cells that a row must have at least */
    CsvRowHandler(Map<NessusColumn, int[]> columns, int width, int needed, Limits limits, String name) {
        this.columns = columns;
        this.width = width;
        this.needed = needed;
        this.limits = limits;
        this.name = name;
        this.wanted = new boolean[width];
        columns.values().forEach(places -> {
            for (int place : places) {
                wanted[place] = true;
            }
        });
    }

    @Override
    protected RecordType getRecordType() {
        return fields == 0 ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return fields;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        cells = new String[width];
        fields = 0;
        chars = 0;
        blank = true;
        surplus = false;
        lastQuoted = false;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        boolean empty = isBlank(buffer, offset, length);
        blank &= empty;
        lastQuoted = quoted;
        surplus |= !empty && fields >= width;
        if (fields < width && wanted[fields] && length > 0) {
            cells[fields] = new String(buffer, offset, length);
            count(length);
        }
        if (!quoted) {
            countQuotes(buffer, offset, length);
        }
        fields++;
    }

    private void count(int length) {
        chars += length;
        if (chars > limits.maxItemChars()) {
            throw new UncheckedIOException(new ScanIOException(new ScanException(
                    "file.too_large",
                    name + ": line " + line + ": the row holds more than " + limits.maxItemChars()
                            + " characters; no scanner writes this")));
        }
    }

    private void countQuotes(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            strayQuotes += buffer[i] == '"' ? 1 : 0;
        }
    }

    /** Where the row under way begins. */
    long line() {
        return line;
    }

    /** Quotes so far in cells that are not quoted. */
    long strayQuotes() {
        return strayQuotes;
    }

    private static boolean isBlank(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        addField(buffer, offset, length, false);
    }

    @Override
    protected void setEmpty() {
        fields = 0;
    }

    @Override
    protected CsvRow buildRecord() {
        return new CsvRow(columns, cells, needed, line, fields, blank, surplus, lastQuoted);
    }
}
