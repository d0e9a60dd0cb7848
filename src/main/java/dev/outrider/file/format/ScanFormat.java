package dev.outrider.file.format;

import java.io.IOException;

/** One kind of scanner file. A new kind is one class that implements this and one line in {@link Formats}. */
interface ScanFormat {
    /** Stable id, such as {@code nessus}. */
    String id();

    /** Whether the content is of this kind; looks at content only, never at a name. */
    boolean recognises(Head head);

    ScanReader open(Content content, Head head, Limits limits) throws ScanException, IOException;

    /** For content that nobody recognises but that was nearly ours: what is wrong with it; null when it is none of our business. */
    default ScanException refusal(Head head, String name) {
        return null;
    }
}
