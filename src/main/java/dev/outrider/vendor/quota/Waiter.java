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

    /** Whether what the thread waits for is no longer wanted: the job was cancelled, or the thread is to end. */
    public boolean gone(Thread thread) {
        return cancelled.getAsBoolean() || thread.isInterrupted();
    }

    /** @throws RunException where the wait is no longer wanted */
    public void check() {
        if (gone(Thread.currentThread())) {
            throw cancelled(name);
        }
    }

    /** What is thrown where a wait is no longer wanted. */
    public static RunException cancelled(String name) {
        return new RunException(RunError.of("job.cancelled", "cancelled while " + name + " waited", true));
    }
}
