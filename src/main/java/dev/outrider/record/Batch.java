package dev.outrider.record;

import dev.outrider.store.DeadLetter;
import dev.outrider.store.PageCommit;
import dev.outrider.store.Seen;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A page between mapping and sink: per item its records and its outcome; at the end lines, ids, dead letters and counts. Once the
 * envelope is done every item is emitted, dropped or failed, never two of these and never none.
 */
public final class Batch {
    public static final String NO_RECORD = "no_record";
    public static final String DUPLICATE = "duplicate";
    public static final String OUT_OF_SCOPE = "out_of_scope";
    public static final String NOT_IMPORTED = "not_imported";
    public static final String INFORMATIONAL = "informational";

    private final Page page;
    private final String mapping;
    private final List<Entry> entries;
    private final List<Draft> outgoing = new ArrayList<>();

    /** @param mapping id of the mapping, such as {@code nessus/item} */
    public Batch(Page page, String mapping) {
        this.page = page;
        this.mapping = mapping;
        this.entries = new ArrayList<>(page.items().size());
        for (var item : page.items()) {
            entries.add(new Entry(item, entries.size()));
        }
    }

    public Page page() {
        return page;
    }

    public String mapping() {
        return mapping;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The records that go out, in the order of items, each once; filled by identity. */
    public List<Draft> outgoing() {
        return outgoing;
    }

    /** The finished lines, each with its line end. */
    public List<byte[]> lines() {
        var lines = new ArrayList<byte[]>(outgoing.size());
        for (var draft : outgoing) {
            if (draft.line() == null) {
                throw new IllegalStateException("the page has no envelope yet: envelopeRecords comes before the sink");
            }
            lines.add(draft.line());
        }
        return lines;
    }

    /** The 16-byte ids of {@link #lines()}, one after the other in the same order. */
    public byte[] ids() {
        var ids = ByteBuffer.allocate(16 * outgoing.size());
        for (var draft : outgoing) {
            ids.putLong(draft.identity().high()).putLong(draft.identity().low());
        }
        return ids.array();
    }

    /** One letter for each failed item and each fault of the reader. */
    public List<DeadLetter> deadLetters() {
        boolean failed = entries.stream().anyMatch(entry -> entry.error() != null);
        return failed || !page.faults().isEmpty() ? DeadLetters.of(this, Instant.now()) : List.of();
    }

    /** What the failed items and the reader's faults say, for the job report. */
    public List<RunError> errors() {
        var errors = new ArrayList<RunError>(page.faults());
        for (var entry : entries) {
            if (entry.error() != null) {
                errors.add(entry.error());
            }
        }
        errors.replaceAll(error -> error.in(page.run().stream(), page.number()));
        return errors;
    }

    public PageTally tally() {
        long emitted = 0;
        long dropped = 0;
        long failed = page.faults().size();
        var reasons = new TreeMap<String, Long>();
        for (var entry : entries) {
            switch (entry.outcome()) {
                case EMITTED -> emitted++;
                case FAILED -> failed++;
                case DROPPED -> {
                    dropped++;
                    reasons.merge(entry.reason(), 1L, Long::sum);
                }
                case OPEN ->
                    throw new IllegalStateException("item " + entry.index() + " of the page is undecided: "
                            + "identifyRecords comes before the tally");
            }
        }
        var kinds = new TreeMap<String, Long>();
        outgoing.forEach(draft -> kinds.merge(draft.kind(), 1L, Long::sum));
        long received = entries.size() + (long) page.faults().size();
        return new PageTally(received, emitted, dropped, failed, outgoing.size(), reasons, kinds);
    }

    private List<Seen> seen() {
        if (page.delivered().isEmpty()) {
            return page.seen();
        }
        var all = new ArrayList<>(page.seen());
        for (var entry : entries) {
            var mark = page.delivered().get(entry.index());
            if (mark != null && entry.error() == null) {
                all.add(mark);
            }
        }
        return all;
    }

    /** All that the store keeps of the page once its lines are in the sink. */
    public PageCommit commit() {
        return new PageCommit(
                page.run().key(),
                page.unit().id(),
                page.number(),
                page.cursor(),
                seen(),
                page.marks(),
                page.last(),
                ids(),
                // Page 0 replays a letter, which stays as it is where it fails again.
                page.number() == 0 ? List.of() : deadLetters());
    }
}
