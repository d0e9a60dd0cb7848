package dev.outrider.webhook;

import dev.outrider.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Jobs that deliveries ask for. A job that begins after a delivery came covers it, so many deliveries make few jobs; and between two of
 * them lies a pause, because each takes of the vendor's allowance. Used by one thread.
 */
final class Triggers {
    private final WebhookTargets targets;
    private final Duration pause;
    private final Map<List<String>, Instant> asked = new HashMap<>();

    Triggers(WebhookTargets targets, Duration pause) {
        this.targets = targets;
        this.pause = pause;
    }

    /** Whether a job that begins after the delivery came is asked for; false where the delivery must wait for it. */
    boolean covers(WebhookTarget target, Delivery delivery, Set<String> streams, Instant now) {
        var open = streams.stream()
                .filter(stream -> {
                    var last = asked.get(List.of(delivery.integration(), stream));
                    return last == null || last.isBefore(delivery.received());
                })
                .toList();
        if (open.isEmpty()) {
            return true;
        }
        boolean early = open.stream()
                .map(stream -> asked.get(List.of(delivery.integration(), stream)))
                .anyMatch(last -> last != null && last.plus(pause).isAfter(now));
        if (early || !targets.collect(target, open)) {
            return false;
        }
        open.forEach(stream -> asked.put(List.of(delivery.integration(), stream), now));
        return true;
    }
}
