package dev.outrider.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Entries in files, in the order in which they were appended. Places count bytes from the very first entry on, over all files. One thread may
 * append while another reads and frees.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Journal.class);
    /** A file that became so large is followed by another one. */
    private static final long SEGMENT_BYTES = 32L << 20;
    /** A file that small is not worth deleting before more is appended. */
    private static final long SMALL_BYTES = 1L << 20;

    private static final int WINDOW_BYTES = 1 << 20;

    private final Path folder;
    private final LongSupplier marks;
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    /** What is appended to; null where the next entry begins a file. */
    private Segment last;
    /** Up to here everything is durable. */
    private volatile long end;

    private Journal(Path folder, LongSupplier marks) {
        this.folder = folder;
        this.marks = marks;
    }

    /**
     * An entry read.
     *
     * @param bytes of it, no copy
     * @param next the place after it
     */
    public record Entry(ByteBuffer bytes, long next) {}

    /**
     * Takes up what a process left, which may have died while it appended.
     *
     * @param from the place up to which nothing is needed any more
     */
    public static Journal open(Path folder, long from) throws IOException {
        return open(folder, from, new SecureRandom()::nextLong);
    }

    /** @param marks of the files that will be made */
    static Journal open(Path folder, long from, LongSupplier marks) throws IOException {
        Files.createDirectories(folder);
        var journal = new Journal(folder, marks);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Segment::named).toList()) {
                var segment = Segment.open(file);
                journal.segments.put(segment.begin, segment);
            }
        }
        long whole = journal.whole();
        if (whole < from && !journal.segments.isEmpty()) {
            LOG.errorf("%s: the files end %d bytes before what was read last: see to the disk", folder, from - whole);
        }
        journal.end = Math.max(from, whole);
        journal.free(from);
        return journal;
    }

    /** The place after all that is stored. */
    public long end() {
        return end;
    }

    /** Stores entries; they are durable when it returns, and none of them counts where it throws. */
    public synchronized void append(List<byte[]> entries) throws IOException {
        if (last != null && end - last.begin >= SEGMENT_BYTES) {
            last = null;
        }
        if (last == null) {
            var failed = segments.remove(end);
            if (failed != null) {
                // What an attempt left there was never said to be stored.
                failed.delete();
            }
            last = Segment.make(folder, end, marks.getAsLong());
            segments.put(end, last);
        }
        try {
            end = last.append(entries, end);
        } catch (IOException e) {
            // Whether the disk took it, and what a later synchronisation would tell, is not known: what is durable ends
            // here.
            last = null;
            throw e;
        }
    }

    /** The next entries from a place on: so many at most, and about a megabyte, but at least one; none at the end. */
    public List<Entry> read(long from, int limit) throws IOException {
        var read = new ArrayList<Entry>();
        long at = from;
        long until = end;
        while (at < until && read.isEmpty()) {
            var segment = segment(at);
            if (at < segment.begin) {
                LOG.errorf(
                        "%s: the %d bytes before this file are missing, what they held is lost: see what became of their file",
                        segment.file, segment.begin - at);
                at = segment.begin;
            }
            at = take(segment, at, stop(segment, until), limit, read);
        }
        return read;
    }

    /** Gives up what is before a place. */
    public void free(long before) throws IOException {
        for (var next = segments.firstEntry(); next != null; next = segments.higherEntry(next.getKey())) {
            var segment = next.getValue();
            if (stop(segment, end) > before) {
                return;
            }
            if (segments.higherKey(next.getKey()) != null) {
                segments.remove(next.getKey());
                segment.delete();
            } else {
                freeLast(segment, before);
            }
        }
    }

    /** What was appended to last stays while it is small: a file for each entry would cost more. */
    private synchronized void freeLast(Segment segment, long before) throws IOException {
        if (end == before && (segment != last || end - segment.begin >= SMALL_BYTES)) {
            segments.remove(segment.begin);
            last = null;
            segment.delete();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        last = null;
        for (var segment : segments.values()) {
            segment.close();
        }
        segments.clear();
    }

    private Segment segment(long at) {
        var found = segments.floorEntry(at);
        return (found == null ? segments.firstEntry() : found).getValue();
    }

    /** Where a file ends: at the next one, whatever a failed attempt left behind that. */
    private long stop(Segment segment, long until) {
        var next = segments.higherKey(segment.begin);
        return next == null ? until : Math.min(next, until);
    }

    /** Reads entries of one file, over what cannot be read; where to go on. */
    private static long take(Segment segment, long from, long until, int limit, List<Entry> entries)
            throws IOException {
        long stop = Math.min(until, segment.begin + segment.bytes());
        if (from >= stop) {
            LOG.errorf(
                    "%s: the file ends %d bytes too early, what they held is lost: see to the disk",
                    segment.file, until - from);
            return until;
        }
        long next = good(segment, from, stop, limit, entries);
        if (next > from) {
            return next;
        }
        var rest = segment.read(from, Math.toIntExact(stop - from));
        int behind = Frame.next(segment.mark, rest, 0);
        long good = behind < 0 ? stop : from + behind;
        LOG.errorf(
                "%s: bytes %d to %d cannot be read, what they held is lost to this process: see to the disk; the file is kept as %s",
                segment.file, from - segment.begin, good - segment.begin, segment.keep());
        return good;
    }

    /** Reads entries of one file while they are as they were written; the place after them. */
    private static long good(Segment segment, long from, long stop, int limit, List<Entry> entries) throws IOException {
        var window = segment.read(from, (int) Math.min(stop - from, WINDOW_BYTES));
        long length = Frame.length(segment.mark, window, 0);
        if (length > window.limit() && length <= stop - from) {
            window = segment.read(from, (int) length);
        }
        int at = 0;
        for (int count = 0; count < limit; count++) {
            var entry = Frame.entry(segment.mark, window, at);
            if (entry == null) {
                break;
            }
            at += Frame.HEAD_BYTES + entry.limit();
            entries.add(new Entry(entry, from + at));
        }
        return from + at;
    }

    /** The place up to which the last file is as it was written, or was durable when something in it was. */
    private long whole() throws IOException {
        if (segments.isEmpty()) {
            return 0;
        }
        var segment = segments.lastEntry().getValue();
        long stop = segment.begin + segment.bytes();
        long at = segment.begin;
        long next;
        while (at < stop && (next = whole(segment, at, stop)) > at) {
            at = next;
        }
        if (at < stop) {
            LOG.warnf(
                    "%s: what follows byte %d is not whole, as where a crash came before it was acknowledged: it is left out",
                    segment.file, at - segment.begin);
        }
        return at;
    }

    /** Goes on from a place, over what was spoiled; the same place where there is nothing more. */
    private static long whole(Segment segment, long from, long stop) throws IOException {
        long next = good(segment, from, stop, Integer.MAX_VALUE, new ArrayList<>());
        if (next > from) {
            return next;
        }
        var rest = segment.read(from, Math.toIntExact(stop - from));
        // Behind what a crash tore there may be more of the same attempt, but nothing that was begun later.
        int first = Frame.next(segment.mark, rest, 0);
        for (int at = first; at >= 0; at = Frame.next(segment.mark, rest, at)) {
            if (Frame.durable(rest, at) > from) {
                return from + first;
            }
        }
        return from;
    }
}
