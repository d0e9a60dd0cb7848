package dev.outrider.file.format;

import java.util.Map;

/** One row of a CSV: the cells of the columns that were asked for, cleaned. */
final class CsvRow implements Row {
    private final Map<NessusColumn, int[]> columns;
    private final String[] cells;
    final long line;
    final int fields;
    private final int needed;
    private final boolean blank;
    private final boolean surplus;
    final boolean lastQuoted;

    CsvRow(
            Map<NessusColumn, int[]> columns,
            String[] cells,
            int needed,
            long line,
            int fields,
            boolean blank,
            boolean surplus,
            boolean lastQuoted) {
        this.columns = columns;
        this.cells = cells;
        this.needed = needed;
        this.line = line;
        this.fields = fields;
        this.blank = blank;
        this.surplus = surplus;
        this.lastQuoted = lastQuoted;
    }

    @Override
    public String where() {
        return "line " + line;
    }

    @Override
    public boolean blank() {
        return blank;
    }

    @Override
    public String fault() {
        return surplus || fields < needed ? "has " + fields + " cells under " + cells.length + " columns" : null;
    }

    /** The first value of the column's places that is not empty, or the empty string. */
    @Override
    public String get(NessusColumn column) {
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
