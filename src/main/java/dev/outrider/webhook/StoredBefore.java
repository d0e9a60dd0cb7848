package dev.outrider.webhook;

import dev.outrider.store.Delivery;
import dev.outrider.store.StateStore;
import dev.outrider.store.StreamKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of deliveries is in the sink already, from before a crash or a failure. Asked for many at once: each question costs more than its
 * delivery.
 */
final class StoredBefore {
    private final Map<StreamKey, Set<String>> whole = new HashMap<>();
    private final Map<StreamKey, Map<String, List<byte[]>>> partly = new HashMap<>();

    StoredBefore(StateStore state, List<Delivery> deliveries) {
        deliveries.stream()
                .collect(Collectors.groupingBy(
                        StoredBefore::key, Collectors.mapping(Delivery::unit, Collectors.toList())))
                .forEach((key, units) -> {
                    whole.put(key, state.seen(key, units));
                    partly.put(key, state.emitted(key, units));
                });
    }

    private static StreamKey key(Delivery delivery) {
        return new StreamKey(delivery.tenant(), delivery.integration(), StreamKey.DELIVERIES);
    }

    /** Whether all of it is. */
    boolean all(Delivery delivery) {
        return whole.getOrDefault(key(delivery), Set.of()).contains(delivery.unit());
    }

    /** The ids of its pages that are: 16 bytes each, a block a page. */
    List<byte[]> pages(Delivery delivery) {
        return partly.getOrDefault(key(delivery), Map.of()).getOrDefault(delivery.unit(), List.of());
    }
}
