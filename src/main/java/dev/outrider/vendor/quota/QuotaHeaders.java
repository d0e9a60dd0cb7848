package dev.outrider.vendor.quota;

import dev.outrider.vendor.http.Headers;
import dev.outrider.vendor.http.HttpDates;
import dev.outrider.vendor.spec.QuotaSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reply's headers say of the allowance.
 *
 * @param window the vendor's name of the window, {@code -1} where it names none
 * @param stands until when a figure is acted upon whose window has no end that the vendor tells; null where it is not
 */
record QuotaHeaders(long limit, long remaining, long window, long slack, Instant resets, Instant stands) {
    /** An allowance of a day comes back by and by: one request in this time shows how far. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

    /** Null where the reply says nothing that can be used. */
    static QuotaHeaders read(QuotaSpec spec, Headers headers, Instant now) {
        var used = used(spec.getUsedHeader(), headers);
        if (used.isPresent()) {
            long limit = Long.parseLong(used.get().group(2));
            return new QuotaHeaders(
                    limit, limit - Long.parseLong(used.get().group(1)), -1, 0, null, now.plus(LOOK_AGAIN));
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
            return new QuotaHeaders(limit, remaining.get(), -1, 0, null, null);
        }
        if (spec.getResetUnit().equals("seconds")) {
            var resets = now.plusSeconds(reset.get() + 1);
            return new QuotaHeaders(limit, remaining.get(), resets.getEpochSecond(), 2, resets, null);
        }
        return new QuotaHeaders(limit, remaining.get(), reset.get(), 0, local(reset.get(), headers, now), null);
    }

    /** Other allowances may stand in the same header, with names that end alike. */
    private static Optional<Matcher> used(String where, Headers headers) {
        var parts = where.split("=", 2);
        var name = parts.length == 1 ? "" : Pattern.quote(parts[1].strip()) + "\\s*=";
        var figures = Pattern.compile("(?:^|[;,\\s])" + name + "\\s*(\\d{1,15})\\s*/\\s*(\\d{1,15})");
        return headers.first(parts[0].strip()).map(figures::matcher).filter(Matcher::find);
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
            bucket.learn(limit, remaining, stands);
        } else {
            bucket.learn(limit, remaining, window, slack, resets);
        }
    }
}
