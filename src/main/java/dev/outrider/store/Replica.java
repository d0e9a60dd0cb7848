package dev.outrider.store;

import java.time.Duration;
import java.time.Instant;

/** This process among those that share the state. */
public interface Replica {
    /** A process whose state is its own. */
    Replica ALONE = new Replica() {};

    /** Whether there may be others. */
    default boolean shared() {
        return false;
    }

    /** By which its deliveries and jobs are told from those of the others; no other process ever has the same. */
    default long number() {
        return 0;
    }

    /**
     * Takes up, from now on, what replicas leave that die.
     *
     * @param beat called with every sign of life: there may be more to do, or something to stop
     * @param lost called when this one was taken for dead: it must end, and can store nothing any more
     */
    default void serve(Runnable beat, Runnable lost) {}

    /** Begins a job of an integration; false while another replica runs one. Within the process the caller sees to it that there is one. */
    default boolean begin(String integration, String job) {
        return true;
    }

    /** Lets the others run jobs of the integration again. */
    default void end(String job) {}

    /** Whether another replica runs a job of the integration. */
    default boolean busyElsewhere(String integration) {
        return false;
    }

    /**
     * Whether a schedule is due and this replica is the first to ask; then it is due again a period later.
     *
     * @param every null where the schedule itself tells its times, which are the same for all replicas
     */
    default boolean due(String schedule, Instant at, Duration every) {
        return true;
    }
}
