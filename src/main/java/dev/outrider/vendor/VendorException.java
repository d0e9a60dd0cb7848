package dev.outrider.vendor;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.time.Duration;

/** A vendor call that went wrong, with what is due before it is tried again. */
public class VendorException extends RunException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    /** @param wait how long the vendor asks to wait; null where it does not say */
    public VendorException(RunError error, Duration wait, Throwable cause) {
        super(error, cause);
        this.wait = wait;
    }

    public VendorException(String code, String message, boolean retryable, int status) {
        this(RunError.of(code, message, retryable, status), null, null);
    }

    public VendorException(String code, String message, boolean retryable, Throwable cause) {
        this(RunError.of(code, message, retryable), null, cause);
    }

    /** The same, after so many attempts. */
    public VendorException after(int attempts) {
        return new VendorException(error().after(attempts), wait, this);
    }

    public boolean retryable() {
        return error().retryable();
    }

    public int status() {
        return error().httpStatus();
    }

    public Duration pause() {
        return wait;
    }
}
