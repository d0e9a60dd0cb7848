package dev.outrider.job;

/** A job cannot be taken now. */
public class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String waiting;

    /** @param waiting the job that is in the way, or null */
    BusyException(String message, String waiting) {
        super(message);
        this.waiting = waiting;
    }

    public String waiting() {
        return waiting;
    }
}
