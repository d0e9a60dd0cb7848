package dev.outrider.webhook;

import java.time.Duration;
import java.util.Optional;

/** Something that fails again and again until it goes well. What is over soon is not worth a word. */
final class Trouble {
    private static final Duration LASTING = Duration.ofSeconds(30);

    /** @param since by {@link System#nanoTime} */
    private record Met(String why, long since) {}

    private volatile Met met;

    void met(String why) {
        var before = met;
        met = new Met(why, before == null ? System.nanoTime() : before.since());
    }

    void over() {
        met = null;
    }

    /** Why, where it has lasted for half a minute. */
    Optional<String> lasting() {
        return lasting(System.nanoTime());
    }

    Optional<String> lasting(long now) {
        var last = met;
        return last != null && now - last.since() >= LASTING.toNanos() ? Optional.of(last.why()) : Optional.empty();
    }
}
