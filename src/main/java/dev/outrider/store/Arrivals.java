package dev.outrider.store;

import java.sql.SQLException;
import java.util.List;

/** How deliveries come in, and which of them wait. */
interface Arrivals {
    /** Before anything else is asked, and in no transaction: takes up what was stored before. */
    void open();

    /** Stores a group durably. */
    Deliveries.Accepted[] accept(List<Delivery> group);

    /** Runs what asks whether a unit waits and changes that, while nothing else does. */
    void alone(StateStore.Changes work);

    /** Whether a unit waits. */
    boolean waits(Transaction transaction, StreamKey key, String unit) throws SQLException;

    /** Puts an original among those that wait. */
    void again(Transaction transaction, Delivery original) throws SQLException;

    /** A unit is about to be marked as one whose records are in the sink. */
    void marked(StreamKey key, String unit);

    /** One is durably ended. */
    void ended(Deliveries.Done done);

    /** Marks have been forgotten. */
    void forgotten(int count);

    /** How many wait here. */
    long count();

    /** Of the bodies of those. */
    long bytes();

    /** How many of an integration's, whichever replica has them. */
    long count(String tenant, String integration);

    /** The highest number of one that waits; 0 where none does. */
    long last();

    /** What is to become records, the first to be tried first. */
    List<DeliveryQueue> queues();

    void close();
}
