package dev.outrider.vendor.quota;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.util.function.BooleanSupplier;

/**
 * Who waits, and whether it still wants to.
 *
 * @param name for people: the stream
 * @param cancelled asked several times a second while waiting
 */
public record Waiter(String integration, String name, BooleanSupplier cancelled) {
    public static Waiter of(StreamRun run) {
        return new Waiter(run.integration().name(), run.stream(), run::cancelled);
    }

    /** @throws RunException where the wait is no longer wanted */
    public void check() {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new RunException(RunError.of("job.cancelled", "cancelled while " + name + " waited", true));
        }
    }
}
