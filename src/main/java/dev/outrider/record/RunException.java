package dev.outrider.record;

/** Carries a {@link RunError} out of a route; the job report shows the error, never the stack. */
public class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RunError error;

    public RunException(RunError error, Throwable cause) {
        super(error.code() + ": " + error.message(), cause);
        this.error = error;
    }

    public RunException(RunError error) {
        this(error, null);
    }

    public RunError error() {
        return error;
    }
}
