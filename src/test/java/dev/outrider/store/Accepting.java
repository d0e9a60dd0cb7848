package dev.outrider.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Accepts and ends deliveries as the intake and the worker do. */
public final class Accepting {
    private Accepting() {}

    /** One of ten bytes. */
    static Deliveries.Accepted one(Store store, String unit, String reading, Instant received) {
        long seq = store.deliveries().last() + 1;
        var delivery = new Delivery(seq, "acme", "events", unit, reading, "{}", new byte[10], received);
        return store.deliveries().accept(List.of(delivery))[0];
    }

    /** All that wait, each queue's first ones first. */
    static List<Delivery> waiting(Store store) {
        return store.deliveries().queues().stream()
                .flatMap(queue -> next(queue, Integer.MAX_VALUE).stream())
                .toList();
    }

    /** Ends the first ones of each queue. */
    static void end(Store store, int count, boolean failed, Deliveries.Mark mark) {
        for (var queue : store.deliveries().queues()) {
            var ended = next(queue, count);
            queue.done(ended.stream()
                    .map(one -> new Deliveries.Done(one, failed, mark))
                    .toList());
            queue.leave(List.of());
        }
    }

    /** Ends all that wait as failed. */
    public static void failAll(Store store) {
        end(store, Integer.MAX_VALUE, true, Deliveries.Mark.GOES);
    }

    private static List<Delivery> next(DeliveryQueue queue, int count) {
        queue.rewind();
        return queue.next(Set.of(), count, Long.MAX_VALUE);
    }
}
