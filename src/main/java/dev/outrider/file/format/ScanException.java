package dev.outrider.file.format;

/** Content that cannot be read, with a stable code: {@code file.cut}, {@code file.empty}, {@code file.unknown_format}, {@code file.bomb}, … */
public class ScanException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param message names the file, the line or entry, what is wrong and what to do */
    public ScanException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ScanException(String code, String message) {
        this(code, message, null);
    }

    public String code() {
        return code;
    }
}
