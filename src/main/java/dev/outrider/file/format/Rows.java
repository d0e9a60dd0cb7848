package dev.outrider.file.format;

import java.io.Closeable;

/** One pass over the rows of a table. */
interface Rows extends Closeable {
    /** The next row, or null at the end. */
    Row next() throws ScanException;

    /** Adds what was put right so far. */
    void countInto(Repairs repairs);
}
