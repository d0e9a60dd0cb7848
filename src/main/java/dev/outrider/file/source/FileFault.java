package dev.outrider.file.source;

import dev.outrider.record.RunError;

/** One file cannot be taken. */
public final class FileFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunError error;
    private final boolean lasting;
    private final boolean loss;

    private FileFault(RunError error, boolean lasting, boolean loss) {
        super(error.message());
        this.error = error;
        this.lasting = lasting;
        this.loss = loss;
    }

    /** May pass: the file is not remembered as collected and is tried again by the next run. */
    public static FileFault passing(String code, String message, boolean retryable) {
        return passing(RunError.of(code, message, retryable));
    }

    /** As {@link #passing(String, String, boolean)}, with all that is known of the error. */
    public static FileFault passing(RunError error) {
        return new FileFault(error, false, true);
    }

    /** Stays as long as the file stays as it is: reported once. */
    public static FileFault lasting(String code, String message) {
        return lasting(RunError.of(code, message, false));
    }

    /** As {@link #lasting(String, String)}, with all that is known of the error. */
    public static FileFault lasting(RunError error) {
        return new FileFault(error, true, true);
    }

    /** Reported once; the file never belonged to the source, so the stream is no less complete. */
    public static FileFault foreign(String code, String message) {
        return new FileFault(RunError.of(code, message, false), true, false);
    }

    public RunError error() {
        return error;
    }

    public boolean lasting() {
        return lasting;
    }

    /** Whether the stream lacks something because of it. */
    public boolean loss() {
        return loss;
    }
}
