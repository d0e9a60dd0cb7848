package dev.outrider.file.source;

import java.util.function.BooleanSupplier;

/** The run was cancelled while a source worked; whoever reads ends at the page boundary before. */
public final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Cancelled() {
        super("the job was cancelled", null, false, false);
    }

    /** Where a source works for long: ends it when the run was cancelled or its thread is to stop. */
    public static void check(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new Cancelled();
        }
    }
}
