package dev.outrider.file.format;

/** The values of one row by what they mean. */
@FunctionalInterface
interface Cells {
    /** Never null; the empty string where the row says nothing. */
    String get(NessusColumn column);
}
