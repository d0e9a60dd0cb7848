package dev.outrider.file.format;

/** One row of a table, whatever it was written in. */
interface Row extends Cells {
    /** For messages, such as {@code line 12}. */
    String where();

    /** Whether it says nothing at all. */
    boolean blank();

    /** What is wrong with its shape, or null. */
    String fault();
}
