package dev.outrider.file.source;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Something in a folder that is, or poses as, a scanner file.
 *
 * @param listed as it stands in the folder
 * @param real where its bytes are, all links followed; null with a fault
 * @param where its place, as {@link Folder} writes it
 * @param stat of the bytes, or with a fault of the thing listed
 * @param fault why it cannot be taken; null where it can
 */
record FolderEntry(Path listed, Path real, String where, Stat stat, FileFault fault) {
    /** The oldest first, names where times are equal. */
    static final Comparator<FolderEntry> BY_AGE =
            Comparator.comparing((FolderEntry entry) -> entry.stat().modified()).thenComparing(FolderEntry::where);

    String name() {
        return Folder.show(where);
    }

    FolderEntry with(FileFault why) {
        return new FolderEntry(listed, real, where, stat, why);
    }

    FolderEntry with(Stat now) {
        return new FolderEntry(listed, real, where, now, fault);
    }
}
