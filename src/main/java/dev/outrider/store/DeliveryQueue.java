package dev.outrider.store;

import java.util.List;
import java.util.Set;

/** Accepted deliveries in the order of their arrival. Those that were read last are ended, or left, before the next are read. */
public interface DeliveryQueue {
    /** Begins at the front again. */
    void rewind();

    /**
     * The next ones: so many that they stay below both limits, but at least one; none at the end.
     *
     * @param held integrations whose deliveries stay where they are
     */
    List<Delivery> next(Set<String> held, int limit, long limitBytes);

    /** Ends some of them, in one commit. */
    void done(List<Deliveries.Done> group);

    /** Lets the rest of them wait. */
    void leave(List<Delivery> rest);
}
