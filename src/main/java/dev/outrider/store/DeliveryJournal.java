package dev.outrider.store;

import dev.outrider.store.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Deliveries on their way in: a file that grows is the fastest thing that survives a crash. How far they have been read is in the store. */
final class DeliveryJournal {
    private static final int AT_A_TIME = 1000;

    private final Path folder;
    private final Sql sql;
    private Journal journal;
    /** Up to here all are records, or in the store. */
    private long place;
    /** After what was read last. */
    private long read;

    /** @param folder made on first use */
    DeliveryJournal(Path folder, Sql sql) {
        this.folder = folder;
        this.sql = sql;
    }

    /** Opens it, once: hands over what it holds. */
    synchronized void open(Consumer<Delivery> held) {
        if (journal != null) {
            return;
        }
        place = sql.query("select place from delivery_place", row -> row.getLong(1)).stream()
                .findFirst()
                .orElse(0L);
        read = place;
        Journal opened = null;
        try {
            opened = Journal.open(folder, place);
            long at = place;
            for (var entries = opened.read(at, AT_A_TIME); !entries.isEmpty(); entries = opened.read(at, AT_A_TIME)) {
                entries.forEach(entry -> held.accept(DeliveryBytes.read(entry.bytes())));
                at = entries.get(entries.size() - 1).next();
            }
            journal = opened;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (journal == null) {
                close(opened);
            }
        }
    }

    /** Durable when it returns. */
    void append(List<Delivery> group) {
        try {
            journal.append(group.stream().map(DeliveryBytes::of).toList());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    List<Delivery> next(int limit) {
        try {
            var entries = journal.read(place, limit);
            read = entries.isEmpty() ? place : entries.get(entries.size() - 1).next();
            return entries.stream()
                    .map(entry -> DeliveryBytes.read(entry.bytes()))
                    .toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Goes on behind what was read last; the rest of it moves into the store. */
    void pass(List<Delivery> rest) {
        sql.transaction(transaction -> {
            for (var one : rest) {
                Deliveries.put(transaction, one, Replica.ALONE.number());
            }
            transaction.update(
                    "insert into delivery_place (id, place) values (1, ?) on conflict (id) do update set place = excluded.place",
                    read);
        });
        place = read;
        try {
            journal.free(place);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private StoreException failed(IOException e) {
        return new StoreException(
                "the deliveries in " + folder.toAbsolutePath() + " cannot be read or written (" + e.getMessage()
                        + "): see to the disk and its space",
                e);
    }

    synchronized void close() {
        close(journal);
        journal = null;
    }

    private void close(Journal opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
