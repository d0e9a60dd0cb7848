package dev.outrider.webhook;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Delivery;
import dev.outrider.store.StreamKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** How often deliveries were tried in vain, and when that is enough. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int TRIES = 5;

    private final Map<Long, Integer> tries = new HashMap<>();

    /** Notes a try; whether the delivery is given up. */
    boolean enough(Delivery delivery, RunError error) {
        int tried = tries.merge(delivery.seq(), 1, Integer::sum);
        LOG.warnf("delivery %s of %s, try %d: %s", delivery.unit(), delivery.integration(), tried, error.code());
        // A sink that is down is no fault of the delivery, however long it takes.
        return !error.code().startsWith("sink.") && tried >= TRIES;
    }

    void forget(Delivery delivery) {
        tries.remove(delivery.seq());
    }

    static RunError orphaned(Delivery delivery) {
        var why = "integration " + delivery.integration() + " of tenant " + delivery.tenant()
                + " is not configured any more: configure it again and replay, or delete this";
        return RunError.of("webhook.orphaned", why, false);
    }

    static RunError error(Throwable thrown) {
        for (var at = thrown; at != null; at = at.getCause()) {
            if (at instanceof RunException known) {
                return known.error();
            }
        }
        return RunError.of("webhook.failed", "the delivery could not be processed: " + thrown.getMessage(), true);
    }

    /** The dead letter of a whole delivery; its original is kept beside it. */
    static DeadLetter letter(Delivery delivery, StreamKey key, RunError error) {
        return new DeadLetter(
                Signatures.hex(Signatures.sha256(Signatures.utf8(key + delivery.unit())))
                        .substring(0, 32),
                key,
                delivery.unit(),
                delivery.unit(),
                "delivery " + delivery.received(),
                0,
                error.code(),
                error.message(),
                null,
                null,
                Instant.now());
    }
}
