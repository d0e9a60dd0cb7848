package dev.outrider.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a validate route found, one check for each permission that a stream needs. Travels as the exchange property {@link #PROPERTY};
 * whatever component the route calls adds to it.
 */
public final class Checks {
    public static final String PROPERTY = "outrider.checks";

    /** What has to change before a check that failed can pass. */
    public enum Cause {
        CREDENTIALS,
        PERMISSION,
        CONFIGURATION
    }

    /**
     * @param detail what was tried and how it went, for people; never a secret
     * @param cause null where it went well
     */
    public record Check(String stream, boolean ok, String detail, @JsonIgnore Cause cause) {}

    private final List<Check> all = new ArrayList<>();

    public synchronized void passed(String stream, String detail) {
        all.add(new Check(stream, true, detail, null));
    }

    public synchronized void failed(String stream, String detail, Cause cause) {
        all.add(new Check(stream, false, detail, cause));
    }

    /** What the vendor said when it refused the credentials themselves: it need not be asked again, and may lock out who asks too often. */
    public synchronized Optional<String> refusal() {
        return all.stream()
                .filter(check -> check.cause() == Cause.CREDENTIALS)
                .map(Check::detail)
                .findFirst();
    }

    public synchronized List<Check> all() {
        return List.copyOf(all);
    }

    /** Valid only when something was checked and all of it was well. */
    public synchronized boolean valid() {
        return !all.isEmpty() && all.stream().allMatch(Check::ok);
    }
}
