package dev.outrider.vendor.quota;

import dev.outrider.vendor.http.Headers;
import dev.outrider.vendor.spec.QuotaSpec;
import dev.outrider.vendor.spec.RetrySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a refusal for asking too much from one for lack of rights, and how long it lasts. */
public final class Throttle {
    private Throttle() {}

    /** @param text the reply's body, at least its beginning */
    public static boolean throttled(RetrySpec retry, QuotaSpec quota, int status, Headers headers, String text) {
        if (Statuses.of(retry.getLimitStatuses()).contains(status)) {
            return true;
        }
        for (var rule : Statuses.rules(retry.getLimitedIf())) {
            if (rule.status() != status) {
                continue;
            }
            boolean spent = headers.number(quota.getRemainingHeader()).orElse(1L) == 0;
            boolean told = headers.first(quota.getRetryHeader()).isPresent();
            var pattern = Pattern.compile(rule.text(), Pattern.CASE_INSENSITIVE);
            if (spent || told || pattern.matcher(text).find()) {
                return true;
            }
        }
        return false;
    }

    /** How long to keep away: as the vendor asks, else till its window ends, else empty. */
    public static Optional<Duration> wait(QuotaSpec quota, Headers headers, Instant now) {
        var asked = QuotaHeaders.retryAfter(quota, headers, now);
        if (asked.isPresent()) {
            return asked;
        }
        var told = QuotaHeaders.read(quota, headers, now);
        return told != null && told.resets() != null && told.remaining() == 0
                ? Optional.of(Duration.between(now, told.resets()))
                : Optional.empty();
    }
}
