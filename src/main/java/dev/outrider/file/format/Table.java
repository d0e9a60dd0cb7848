package dev.outrider.file.format;

import java.io.IOException;
import java.util.Set;

/** A scan in rows: how they are had, and how their cells are to be understood. */
interface Table {
    /** The format's id. */
    String format();

    /** Code of the fault of a row that does not fit. */
    String rowCode();

    /** For messages: the file's name. */
    String name();

    /** A new pass from the first row, in which only these columns are asked for. */
    Rows rows(Set<NessusColumn> wanted) throws IOException, ScanException;

    /** The row's cells in the words of a Nessus export. */
    Cells cells(Row row);

    /** Whether a row without a finding is a fault; else it tells of a host, or of a port. */
    boolean findingsOnly();

    /** Called once every row was passed over without a fault. */
    default void checked() throws ScanException {
        // Most tables are judged by their header.
    }
}
