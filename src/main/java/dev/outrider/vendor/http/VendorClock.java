package dev.outrider.vendor.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time as the vendor sees it, read off its Date headers: what we sign and compare is on its clock, not on ours. */
public final class VendorClock {
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private final Clock local;
    private volatile Duration ahead = Duration.ZERO;

    public VendorClock(Clock local) {
        this.local = local;
    }

    public Instant now() {
        return local.instant().plus(ahead);
    }

    /** How far the vendor's clock is ahead of ours. */
    public Duration ahead() {
        return ahead;
    }

    void learn(Headers headers) {
        headers.first("Date").flatMap(HttpDates::parse).ifPresent(theirs -> {
            var now = Duration.between(local.instant(), theirs);
            if (now.minus(ahead).abs().compareTo(ROUNDING) > 0) {
                // The header leaves out fractions of a second: small differences are that.
                ahead = now.abs().compareTo(ROUNDING) > 0 ? now : Duration.ZERO;
            }
        });
    }
}
