package dev.outrider.record;

import java.util.ArrayList;
import java.util.List;

/**
 * What a validate route found, one check for each permission that a stream needs. Travels as the exchange property {@link #PROPERTY};
 * whatever component the route calls adds to it.
 */
public final class Checks {
    public static final String PROPERTY = "outrider.checks";

    /** @param detail what was tried and how it went, for people; never a secret */
    public record Check(String stream, boolean ok, String detail) {}

    private final List<Check> all = new ArrayList<>();

    public synchronized void add(String stream, boolean ok, String detail) {
        all.add(new Check(stream, ok, detail));
    }

    public synchronized List<Check> all() {
        return List.copyOf(all);
    }

    /** Valid only when something was checked and all of it was well. */
    public synchronized boolean valid() {
        return !all.isEmpty() && all.stream().allMatch(Check::ok);
    }
}
