package dev.outrider.file.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** One pass over the rows after the header, keeping the cells of some columns only. */
final class CsvRows implements Rows {
    private final String name;
    private final CsvHeader header;
    private final RepairedText text;
    private final CsvTail tail;
    private final CsvRowHandler handler;
    private final CloseableIterator<CsvRow> rows;
    private CsvRow ahead;
    private ScanException fault;

    CsvRows(Content content, Head head, CsvHeader header, Set<NessusColumn> wanted, Limits limits) throws IOException {
        this.name = content.name();
        this.header = header;
        Map<NessusColumn, int[]> columns = new EnumMap<>(header.columns());
        columns.keySet().retainAll(wanted);
        this.text = RepairedText.of(content, head);
        this.tail = new CsvTail(text);
        this.handler = new CsvRowHandler(columns, header.names().size(), header.neededCells(), limits, name);
        this.rows = CsvReader.builder()
                .fieldSeparator(header.separator())
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(limits.maxTextChars())
                .build(handler, tail)
                .iterator();
        for (int i = 0; i < header.preamble(); i++) {
            fetch();
        }
        CsvRow headerRow = fetch();
        ahead = headerRow == null ? null : fetch();
        if (ahead == null && fault == null && !tail.endsLine()) {
            // A header alone that does not end its line: nobody can tell whether it is whole.
            fault = Faults.cut(name, ": in the header", null);
        }
    }

    /** A row is judged once it is known whether it is the last. */
    @Override
    public CsvRow next() throws ScanException {
        CsvRow row = ahead;
        if (row == null) {
            if (fault != null) {
                throw fault;
            }
            return null;
        }
        ahead = fetch();
        if (ahead == null && fault == null && cutIn(row)) {
            fault = Faults.cut(name, ": line " + row.line, null);
            throw fault;
        }
        return row;
    }

    private CsvRow fetch() {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (UncheckedIOException | CsvParseException e) {
            fault = Faults.ofStream(e, name, ": line " + handler.line());
            if (fault == null) {
                fault = new ScanException(
                        "file.too_large",
                        name + ": a cell is larger than any scanner writes (" + e.getMessage() + ")",
                        e);
            }
            return null;
        }
    }

    /** Whether the file ended inside its last row: an open quote, or no line end and cells missing or the last one empty. */
    private boolean cutIn(CsvRow last) {
        if (last.lastQuoted && tail.openQuote(handler.strayQuotes())) {
            return true;
        }
        return (last.fields < header.names().size() || tail.endsWith(header.separator())) && !tail.endsLine();
    }

    @Override
    public void countInto(Repairs repairs) {
        text.countInto(repairs);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
