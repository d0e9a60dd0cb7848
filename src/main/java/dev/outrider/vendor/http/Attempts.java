package dev.outrider.vendor.http;

import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.quota.QuotaLedger;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.spec.RetrySpec;
import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Tries a call again while that may help, and stops asking a vendor that is down. The waits in between are the ledger's, not the guard's:
 * there they are seen by operators and end when the job is cancelled.
 */
final class Attempts {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int BREAKER_SECS = 30;

    private final String vendor;
    private final RetrySpec spec;
    private final Guard guard;

    Attempts(String vendor, RetrySpec spec) {
        this.vendor = vendor;
        this.spec = spec;
        this.guard = Guard.create()
                .withDescription("calls to " + vendor)
                .withRetry()
                .maxRetries(Math.max(0, spec.getAttempts() - 1))
                .maxDuration(0, ChronoUnit.SECONDS)
                .whenException(Attempts::again)
                .withCustomBackoff()
                .strategy(() -> failure -> 0)
                .done()
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(20)
                .failureRatio(0.8)
                .delay(BREAKER_SECS, ChronoUnit.SECONDS)
                .when(failure -> again(failure) && down(failure))
                .done()
                .build();
    }

    /** Does the attempt until it returns, its failure is final, or the attempts are used up. */
    VendorReply call(Supplier<VendorReply> attempt, String endpoint, QuotaLedger ledger, Waiter waiter) {
        var last = new VendorException[1];
        var count = new int[1];
        try {
            return guard.call(
                    () -> {
                        if (count[0]++ > 0) {
                            ledger.pause(pause(last[0], count[0] - 1), endpoint, waiter);
                        }
                        waiter.check();
                        try {
                            return attempt.get();
                        } catch (VendorException e) {
                            last[0] = e;
                            throw e;
                        }
                    },
                    VendorReply.class);
        } catch (CircuitBreakerOpenException e) {
            throw last[0] != null
                    ? counted(last[0], count[0])
                    : new VendorException(
                            "vendor.unavailable",
                            vendor + " failed again and again; it is left alone for " + BREAKER_SECS
                                    + " seconds, the next run goes on from here",
                            true,
                            e);
        } catch (VendorException e) {
            throw counted(e, count[0]);
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Waiter.cancelled(waiter.name());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static VendorException counted(VendorException failure, int attempts) {
        return attempts > 1 ? failure.after(attempts) : failure;
    }

    private static boolean again(Throwable failure) {
        return failure instanceof VendorException vendor && vendor.retryable();
    }

    /** Who refuses a request in its own words is up, though it may do so again and again: a limit, a call under the same key. */
    private static boolean down(Throwable failure) {
        return failure instanceof VendorException vendor
                && vendor.status() / 100 != 4
                && !vendor.error().code().equals(Replies.RATE_LIMITED);
    }

    /** What a refusal asks for is the ledger's to wait; everything else doubles, with a random part so that streams part. */
    private Duration pause(VendorException failure, int retry) {
        if (failure == null || failure.pause() != null) {
            return Duration.ZERO;
        }
        var wait = Duration.ofSeconds(Math.max(0, spec.getBackoffSecs())).multipliedBy(1L << Math.min(retry - 1, 10));
        var most = (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toMillis();
        return Duration.ofMillis(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
