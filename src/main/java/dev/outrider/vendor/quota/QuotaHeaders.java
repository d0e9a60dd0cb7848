package dev.outrider.vendor.quota;

import dev.outrider.vendor.http.Headers;
import dev.outrider.vendor.http.HttpDates;
import dev.outrider.vendor.spec.QuotaSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a reply's headers say of the allowance.
 *
 * @param window the vendor's name of the window, {@code -1} where it names none
 */
record QuotaHeaders(long limit, long remaining, long window, long slack, Instant resets) {
    private static final Pattern USED = Pattern.compile("(?:.*=)?\\s*(\\d{1,15})\\s*/\\s*(\\d{1,15})\\s*(?:[,;].*)?");

    /** Null where the reply says nothing that can be used. */
    static QuotaHeaders read(QuotaSpec spec, Headers headers, Instant now) {
        var used = headers.first(spec.getUsedHeader()).map(USED::matcher).filter(found -> found.matches());
        if (used.isPresent()) {
            long limit = Long.parseLong(used.get().group(2));
            return new QuotaHeaders(limit, limit - Long.parseLong(used.get().group(1)), -1, 0, null);
        }
        var remaining = headers.number(spec.getRemainingHeader());
        if (remaining.isEmpty()) {
            return null;
        }
        long limit = headers.number(spec.getLimitHeader()).orElse(remaining.get());
        if (limit <= 0) {
            // A limit of none is how a concurrency limit shows itself: it is no window.
            return null;
        }
        var reset = headers.number(spec.getResetHeader());
        if (reset.isEmpty()) {
            return new QuotaHeaders(limit, remaining.get(), -1, 0, null);
        }
        if (spec.getResetUnit().equals("seconds")) {
            var resets = now.plusSeconds(reset.get() + 1);
            return new QuotaHeaders(limit, remaining.get(), resets.getEpochSecond(), 2, resets);
        }
        return new QuotaHeaders(limit, remaining.get(), reset.get(), 0, local(reset.get(), headers, now));
    }

    /** A moment on the vendor's clock, on ours: what counts is the time from its Date header on, and a second for what that rounds off. */
    static Instant local(long epochSeconds, Headers headers, Instant now) {
        var theirs = headers.first("Date").flatMap(HttpDates::parse).orElse(now);
        return now.plus(Duration.between(theirs, Instant.ofEpochSecond(epochSeconds)))
                .plusSeconds(1);
    }

    /** How long a refusal asks to wait; empty where it does not say. */
    static Optional<Duration> retryAfter(QuotaSpec spec, Headers headers, Instant now) {
        var number = headers.number(spec.getRetryHeader());
        if (number.isPresent()) {
            return Optional.of(
                    spec.getRetryUnit().equals("epochSeconds")
                            ? atLeastNone(Duration.between(now, local(number.get(), headers, now)))
                            : Duration.ofSeconds(Math.max(0, number.get())));
        }
        return headers.first(spec.getRetryHeader())
                .flatMap(HttpDates::parse)
                .map(date -> atLeastNone(Duration.between(
                        headers.first("Date").flatMap(HttpDates::parse).orElse(now), date)));
    }

    private static Duration atLeastNone(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    void teach(Bucket bucket) {
        if (resets == null) {
            bucket.learn(limit, remaining);
        } else {
            bucket.learn(limit, remaining, window, slack, resets);
        }
    }
}
