package dev.outrider.file.format;

import java.util.Map;

/** One row: the cells of the columns that were asked for, cleaned. */
final class CsvRow {
    private final Map<NessusColumn, int[]> columns;
    private final String[] cells;
    final long line;
    final int fields;
    final boolean blank;
    final boolean surplus;
    final boolean lastQuoted;

    CsvRow(
            Map<NessusColumn, int[]> columns,
            String[] cells,
            long line,
            int fields,
            boolean blank,
            boolean surplus,
            boolean lastQuoted) {
        this.columns = columns;
        this.cells = cells;
        this.line = line;
        this.fields = fields;
        this.blank = blank;
        this.surplus = surplus;
        this.lastQuoted = lastQuoted;
    }

    /** The first value of the column's places that is not empty, or the empty string. */
    String get(NessusColumn column) {
        int[] places = columns.get(column);
        if (places == null) {
            return "";
        }
        for (int place : places) {
            String cell = cells[place];
            if (cell != null && !cell.isBlank() && !cell.equalsIgnoreCase("null")) {
                return unguarded(cell);
            }
        }
        return "";
    }

    /** Exports put an apostrophe before what a spreadsheet might run as a formula. */
    private static String unguarded(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && "=+-@\t\r\n".indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
    }
}
