package dev.outrider.file.format;

/** Content that cannot be read, with a stable code: {@code file.cut}, {@code file.empty}, {@code file.unknown_format}, {@code file.bomb}, … */
public class ScanException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean recoverable;

    /** @param message names the file, the line or entry, what is wrong and what to do */
    public ScanException(String code, String message, Throwable cause) {
        this(code, message, cause, false);
    }

    ScanException(String code, String message, Throwable cause, boolean recoverable) {
        super(message, cause);
        this.code = code;
        this.recoverable = recoverable;
    }

    public ScanException(String code, String message) {
        this(code, message, null);
    }

    public String code() {
        return code;
    }

    /** Whether only a part is lost, such as one entry of an archive: the reader may be asked for the next item. */
    public boolean recoverable() {
        return recoverable;
    }
}
