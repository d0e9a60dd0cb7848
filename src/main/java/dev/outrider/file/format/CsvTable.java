package dev.outrider.file.format;

import java.io.IOException;
import java.util.Set;
import java.util.function.Function;

/**
 * A table in CSV.
 *
 * @param dialect how its cells are to be understood
 */
record CsvTable(
        String format,
        Content content,
        Head head,
        CsvHeader header,
        Limits limits,
        Function<Row, Cells> dialect,
        boolean findingsOnly)
        implements Table {
    @Override
    public String rowCode() {
        return "file.csv_row";
    }

    @Override
    public String name() {
        return content.name();
    }

    @Override
    public Rows rows(Set<NessusColumn> wanted) throws IOException {
        return new CsvRows(content, head, header, wanted, limits);
    }

    @Override
    public Cells cells(Row row) {
        return dialect.apply(row);
    }
}
