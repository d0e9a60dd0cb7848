package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.util.Map;

/** Reads one scanner file from front to back, an item at a time; the same bytes always give the same items in the same order. */
public interface ScanReader extends Closeable {
    /** The one of {@link #repairs()} that loses something: the rest of a text beyond its limit. */
    String TEXT_CUT = "texts_cut_at_limit";

    /** The format's id, such as {@code nessus} or {@code nessus-csv}. */
    String format();

    /**
     * The next item, or null at the end that the format itself declares.
     *
     * @throws ScanException where the content is not what it should be; the items before stay good, and nothing follows unless
     *     the exception is {@linkplain ScanException#recoverable() recoverable}
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

    /** What was put right or left out so far, by name, such as {@code invalid_characters_replaced}; empty when nothing was. */
    default Map<String, Long> repairs() {
        return Map.of();
    }
}
