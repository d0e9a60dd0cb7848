package dev.outrider.file.source;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jboss.logging.Logger;

/** Goes through a folder and yields what must be collected: first what has long been quiet, by age, then what was just written. */
final class FolderDue implements Iterator<SourceFile> {
    private static final Logger LOG = Logger.getLogger(FolderDue.class);

    private static final int MOST = FolderSource.MOST;

    private final FolderSource source;
    private final Iterator<FolderEntry> listing;
    private final Young young;
    private int unwatched;
    private SourceFile next;
    private boolean ended;

    FolderDue(FolderSource source) {
        this.source = source;
        var walk = new FolderWalk(source.folder(), false, source::cancelled);
        listing = new Sorted<>(walk, FolderEntry.BY_AGE, MOST);
        young = new Young(source.settings().quiet(), source.settings().patience(), source::cancelled);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            next = listing.hasNext() ? examine(listing.next()) : written();
        }
        return next != null;
    }

    @Override
    public SourceFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var file = next;
        next = null;
        return file;
    }

    private SourceFile examine(FolderEntry entry) {
        Cancelled.check(source::cancelled);
        if (entry.fault() != null) {
            return refused(entry);
        }
        if (untouched(entry)) {
            return null;
        }
        if (!young.isQuiet(entry)) {
            watch(entry);
            return null;
        }
        return take(entry);
    }

    private SourceFile refused(FolderEntry entry) {
        var unit = source.unitOfRefused(entry);
        return source.memory().refused(unit, entry.where()) && !source.full()
                ? null
                : new FolderFile(source, entry, unit);
    }

    /** Whether the file is known without a look at its bytes. */
    private boolean untouched(FolderEntry entry) {
        var unit = source.memory().untouched(entry);
        if (unit.isEmpty() || source.full()) {
            return false;
        }
        source.putAway(entry, unit.get());
        return true;
    }

    private void watch(FolderEntry entry) {
        if (young.size() < MOST) {
            young.add(entry);
        } else {
            unwatched++;
        }
    }

    private SourceFile written() {
        var entry = young.take();
        if (entry != null) {
            return take(entry);
        }
        for (var left : young.left()) {
            LOG.infof("%s is still being written: it is left to the next run", left.name());
        }
        if (unwatched > 0) {
            LOG.infof("%d more files were just written: they are left to the next run", unwatched);
        }
        ended = true;
        return null;
    }

    private SourceFile take(FolderEntry entry) {
        if (entry.stat().size() > source.settings().maxFileBytes()) {
            return fresh(source.tooBig(entry), source.unitOfUnread(entry));
        }
        try {
            var unit = source.unit(entry);
            if (!source.folder().stat(entry.where()).equals(entry.stat())) {
                watch(entry);
                return null;
            }
            return fresh(entry, unit);
        } catch (IOException e) {
            if (!source.folder().exists(entry.where())) {
                return null;
            }
            return new FolderFile(source, source.unreadable(entry, e), source.unitOfUnread(entry));
        }
    }

    /** The file, unless it is known. */
    private SourceFile fresh(FolderEntry entry, String unit) {
        if (source.memory().collected(unit, entry.where())) {
            if (!source.full()) {
                known(entry, unit);
                return null;
            }
            source.memory().forget(unit, entry);
        }
        return source.handOut(unit) ? new FolderFile(source, entry, unit) : null;
    }

    private void known(FolderEntry entry, String unit) {
        if (source.settings().move()) {
            source.putAway(entry, unit);
        } else if (entry.fault() == null) {
            source.memory().stays(unit, entry);
        }
    }
}
