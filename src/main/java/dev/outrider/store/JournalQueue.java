package dev.outrider.store;

import java.util.List;
import java.util.Set;

/** The deliveries that were not tried yet, of a process that has the store to itself: what is left of them moves into the store. */
final class JournalQueue implements DeliveryQueue {
    private final DeliveryJournal journal;
    private final Endings endings;

    JournalQueue(DeliveryJournal journal, Endings endings) {
        this.journal = journal;
        this.endings = endings;
    }

    /** The front is after what was read before. */
    @Override
    public void rewind() {}

    /** Held ones too: they must move. The journal reads about a megabyte at a time, which is its limit of bytes. */
    @Override
    public List<Delivery> next(Set<String> held, int limit, long limitBytes) {
        return journal.next(limit);
    }

    @Override
    public void done(List<Deliveries.Done> group) {
        endings.end(group, (transaction, seq) -> {});
    }

    @Override
    public void leave(List<Delivery> rest) {
        journal.pass(rest);
    }
}
