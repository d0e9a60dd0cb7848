package dev.outrider.file.source;

/** A listed file is no longer there, or no longer the same; nothing is wrong. */
public final class FileGone extends Exception {
    private static final long serialVersionUID = 1L;

    public FileGone(String message) {
        super(message);
    }
}
