package dev.outrider.file.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** One pass over the rows after the header, keeping the cells of some columns only. */
final class CsvRows implements Closeable {
    private final String name;
    private final CsvHeader header;
    private final RepairedText text;
    private final CsvTail tail;
    private final CloseableIterator<CsvRow> rows;

    CsvRows(Content content, Head head, CsvHeader header, Set<NessusColumn> wanted, Limits limits) throws IOException {
        this.name = content.name();
        this.header = header;
        Map<NessusColumn, int[]> columns = new EnumMap<>(header.columns());
        columns.keySet().retainAll(wanted);
        this.text = RepairedText.of(content, head);
        this.tail = new CsvTail(text);
        this.rows = CsvReader.builder()
                .fieldSeparator(header.separator())
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(limits.maxTextChars())
                .build(new CsvRowHandler(columns, header.names().size(), limits, name), tail)
                .iterator();
    }

    /** The next row, the header being the first, or null at the end. */
    CsvRow next() throws ScanException {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (UncheckedIOException | CsvParseException e) {
            ScanException known = Faults.ofStream(e, name);
            if (known != null) {
                throw known;
            }
            throw new ScanException(
                    "file.too_large",
                    name + ": a cell or row is larger than any scanner writes (" + e.getMessage() + ")",
                    e);
        }
    }

    /**
     * Whether the file ended inside this row, asked of the last one: an open quote, or cells missing and no line end. A header
     * alone must end its line, or nobody can tell whether it is whole.
     */
    boolean cutIn(CsvRow last, boolean isHeader) {
        if (last.lastQuoted && tail.openQuote(last.lastCell())) {
            return true;
        }
        return (isHeader || last.fields < header.names().size()) && !tail.endsLine();
    }

    void countInto(Repairs repairs) {
        text.countInto(repairs);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
