package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;

/** Reads one scanner file from front to back, an item at a time; the same bytes always give the same items in the same order. */
public interface ScanReader extends Closeable {
    /** The format's id, such as {@code nessus} or {@code nessus-csv}. */
    String format();

    /**
     * The next item, or null at the end that the format itself declares.
     *
     * @throws ScanException where the content is not what it should be; the items before stay good, nothing follows
     */
    JsonNode next() throws ScanException;

    /** Passes over the next n items, as cheaply as the format allows (resume after a crash). */
    default void skip(long n) throws ScanException {
        for (long i = 0; i < n; i++) {
            if (next() == null) {
                return;
            }
        }
    }
}
