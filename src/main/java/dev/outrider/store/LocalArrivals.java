package dev.outrider.store;

import static dev.outrider.store.Deliveries.Accepted.FRESH;
import static dev.outrider.store.Deliveries.Accepted.READ_OTHERWISE;
import static dev.outrider.store.Deliveries.Accepted.REPLAYED;

import dev.outrider.store.Deliveries.Accepted;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrivals of a process that has the store to itself: its memory tells what waits, and its journal is what makes it durable. */
final class LocalArrivals implements Arrivals {
    private final Sql sql;
    private final DeliveryJournal journal;
    private final MarkFilter marks;
    private final Waiting waiting = new Waiting();
    /** Those that the work under way has put among the waiting ones. */
    private final List<Delivery> added = new ArrayList<>();

    LocalArrivals(Sql sql, Path folder) {
        this.sql = sql;
        this.journal = new DeliveryJournal(folder, sql);
        this.marks = new MarkFilter(sql);
    }

    @Override
    public void open() {
        synchronized (waiting) {
            waiting.load(() -> {
                sql.each("select " + Deliveries.COLUMNS + " from delivery", row -> waiting.add(Deliveries.read(row)));
                journal.open(waiting::add);
            });
        }
    }

    @Override
    public Accepted[] accept(List<Delivery> group) {
        open();
        var accepted = new Accepted[group.size()];
        var fresh = new ArrayList<Delivery>(group.size());
        try {
            synchronized (waiting) {
                for (int at = 0; at < accepted.length; at++) {
                    var one = group.get(at);
                    if (waiting.add(one)) {
                        accepted[at] = FRESH;
                        fresh.add(one);
                    } else {
                        accepted[at] = waiting.reads(one) ? REPLAYED : READ_OTHERWISE;
                    }
                }
                // After they were put, not before: one that ends at the same time is marked before it waits no more.
                for (var seen : seen(group, accepted)) {
                    accepted[seen] = REPLAYED;
                    fresh.remove(group.get(seen));
                    waiting.remove(group.get(seen));
                }
            }
            if (!fresh.isEmpty()) {
                journal.append(fresh);
            }
        } catch (RuntimeException e) {
            fresh.forEach(waiting::remove);
            throw e;
        }
        return accepted;
    }

    /** Which of a group are in the sink: the filter answers for nearly all, the store for the others. */
    private List<Integer> seen(List<Delivery> group, Accepted[] accepted) {
        var asked = new HashMap<StreamKey, Map<String, Integer>>();
        for (int at = 0; at < accepted.length; at++) {
            var one = group.get(at);
            var key = Deliveries.key(one);
            if (accepted[at] == FRESH && marks.mayHave(key, one.unit())) {
                asked.computeIfAbsent(key, missing -> new HashMap<>()).put(one.unit(), at);
            }
        }
        var found = new ArrayList<Integer>();
        asked.forEach((key, units) -> new SqlStateStore(sql)
                .seen(key, List.copyOf(units.keySet()))
                .forEach(unit -> found.add(units.get(unit))));
        return found;
    }

    @Override
    public void alone(StateStore.Changes work) {
        open();
        synchronized (waiting) {
            added.clear();
            try {
                sql.transaction(work);
            } catch (RuntimeException e) {
                added.forEach(waiting::remove);
                throw e;
            }
        }
    }

    @Override
    public boolean waits(Transaction transaction, StreamKey key, String unit) {
        return waiting.has(key, unit);
    }

    @Override
    public void again(Transaction transaction, Delivery original) throws SQLException {
        if (waiting.add(original)) {
            added.add(original);
            Deliveries.put(transaction, original, Replica.ALONE.number());
        }
    }

    @Override
    public void marked(StreamKey key, String unit) {
        marks.add(unit);
    }

    @Override
    public void ended(Deliveries.Done done) {
        if (done.mark() != Deliveries.Mark.GOES) {
            marks.add(done.delivery().unit());
        }
        waiting.remove(done.delivery());
    }

    @Override
    public void forgotten(int count) {
        marks.forgotten(count);
    }

    @Override
    public long count() {
        open();
        return waiting.count();
    }

    @Override
    public long bytes() {
        open();
        return waiting.bytes();
    }

    @Override
    public long count(String tenant, String integration) {
        open();
        return waiting.count(tenant, integration);
    }

    @Override
    public long last() {
        open();
        return waiting.last();
    }

    @Override
    public List<DeliveryQueue> queues() {
        open();
        var endings = new Endings(sql, this);
        return List.of(new TableQueue(sql, Replica.ALONE, endings), new JournalQueue(journal, endings));
    }

    @Override
    public void close() {
        journal.close();
    }
}
