package dev.outrider.file.format;

import java.io.IOException;

/** The CSV exports of Nessus, Tenable and Qualys, told by their columns. */
final class NessusCsv implements ScanFormat {
    static final String ID = "nessus-csv";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(Head head) {
        CsvHeader header = CsvHeader.of(head);
        return header != null && header.missing().isEmpty();
    }

    @Override
    public ScanReader open(Content content, Head head, Limits limits) throws IOException, ScanException {
        CsvHeader header = CsvHeader.of(head);
        return new TableReader(new CsvTable(
                ID, content, head, header, limits, row -> header.qualys() ? new QualysCells(row) : row, true));
    }

    @Override
    public ScanException refusal(Head head, String name) {
        CsvHeader header = CsvHeader.of(head);
        if (header == null || !header.plausible()) {
            return null;
        }
        String found = String.join(
                ", ", header.names().stream().limit(20).map(NessusCsv::shown).toList());
        return new ScanException(
                "file.csv_columns",
                name + ": a CSV without the columns " + String.join(", ", header.missing()) + "; found are: " + found
                        + (header.names().size() > 20 ? ", …" : "")
                        + ". Export the scan with its default columns, or say in the setting 'columns' what these mean");
    }

    static String shown(String column) {
        String clean = column.strip().replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    }
}
