package dev.outrider.store;

import java.time.Instant;
import java.util.List;

/** Deliveries of ten bytes. */
final class Accepting {
    private Accepting() {}

    static Deliveries.Accepted one(Store store, String unit, String reading, Instant received) {
        long seq = store.deliveries().last() + 1;
        var delivery = new Delivery(seq, "acme", "events", unit, reading, "{}", new byte[10], received);
        return store.deliveries().accept(List.of(delivery))[0];
    }
}
