package dev.outrider.file.format;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/** Turns what parsers and streams throw into errors with a stable code, the place, and what to do. */
final class Faults {
    private Faults() {}

    /** @param text what the parser read from, to tell a cut from a mistake in the middle */
    static ScanException of(Throwable thrown, String name, RepairedText text) {
        ScanException known = ofStream(thrown, name);
        if (known != null) {
            return known;
        }
        Throwable parser = thrown instanceof WstxLazyException ? thrown.getCause() : thrown;
        String what = firstLine(parser.getMessage());
        String at = place(parser);
        if (text.ended()) {
            return cut(name, at, thrown);
        }
        if (what.contains("entity") || what.contains("DTD") || what.contains("DOCTYPE")) {
            return entity(name, what, thrown);
        }
        if (what.contains(" limit (")) {
            return new ScanException("file.too_large", name + at + ": " + what + "; no scanner writes this", thrown);
        }
        return new ScanException(
                "file.malformed", name + at + ": " + what + "; export the scan again or repair this place", thrown);
    }

    /** What a stream said, or null when the exception is a parser's own. */
    static ScanException ofStream(Throwable thrown, String name) {
        return ofStream(thrown, name, "");
    }

    /** @param at how far the parser was, such as {@code : line 7} */
    static ScanException ofStream(Throwable thrown, String name, String at) {
        for (Throwable t = thrown; t != null; t = cause(t)) {
            if (t instanceof ScanIOException carried) {
                return carried.fault();
            }
            if (t instanceof EOFException) {
                return cut(name, at, thrown);
            }
            if (t instanceof ZipException) {
                return new ScanException(
                        "file.malformed",
                        name + at + ": the compressed data is damaged (" + t.getMessage()
                                + "); transfer the file again",
                        thrown);
            }
            if (t instanceof IOException) {
                return new ScanException("file.unreadable", name + at + ": " + t.getMessage(), thrown);
            }
        }
        return null;
    }

    static ScanException cut(String name, String at, Throwable cause) {
        return new ScanException(
                "file.cut",
                name + at
                        + ": the file ends before its content does; what came before is used, transfer the file again for"
                        + " the rest",
                cause);
    }

    static ScanException entity(String name, String what, Throwable cause) {
        return new ScanException(
                "file.entity",
                name + ": has a document type with entities or references (" + what
                        + "), which no scanner writes and which are never followed; remove it",
                cause);
    }

    private static Throwable cause(Throwable t) {
        if (t.getCause() == null && t instanceof XMLStreamException xml) {
            return xml.getNestedException();
        }
        return t.getCause();
    }

    private static String place(Throwable t) {
        Location at = t instanceof XMLStreamException xml ? xml.getLocation() : null;
        return at == null ? "" : ": line " + at.getLineNumber() + ", column " + at.getColumnNumber();
    }

    private static String firstLine(String message) {
        return message == null
                ? "not understood"
                : message.lines().findFirst().orElse("").strip();
    }
}
