package dev.outrider.simulator;

import java.time.Instant;

/** One path's allowance: a fixed window on the clock of the simulated vendor. */
final class Window {
    private final int limit;
    private final int seconds;
    private long ends;
    private int used;

    Window(int limit, int seconds) {
        this.limit = limit;
        this.seconds = seconds;
    }

    /** Takes one; false where none is left. */
    synchronized boolean take() {
        long now = Instant.now().getEpochSecond();
        if (now >= ends) {
            ends = now + seconds;
            used = 0;
        }
        if (used >= limit) {
            return false;
        }
        used++;
        return true;
    }

    synchronized int remaining() {
        return limit - used;
    }

    synchronized long ends() {
        return ends;
    }
}
