package dev.outrider.file.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Moves collected files out of the way. */
final class Mover {
    private final Folder folder;

    Mover(Folder folder) {
        this.folder = folder;
    }

    /**
     * Moves a file to the same place below a sub-folder. Where another file has that name, the new one gets a part of the unit in its
     * name; that name is taken only by the same bytes from the same place, so replacing loses nothing.
     *
     * @return the file's new place
     */
    String move(FolderEntry entry, String below, String unit) throws IOException {
        var where = below + "/" + entry.where();
        var parent = folder.at(where).getParent();
        Files.createDirectories(parent);
        if (!folder.holds(parent)) {
            throw new IOException("the folder " + below + " is a link that leaves the watched folder");
        }
        if (Files.exists(folder.at(where), LinkOption.NOFOLLOW_LINKS)) {
            where = marked(where, mark(unit));
        }
        move(entry.listed(), folder.at(where), unit);
        return where;
    }

    /** The place without the mark that a clash of names gave it. */
    static String unmarked(String where, String unit) {
        return where.replace("-" + mark(unit), "");
    }

    private static String mark(String unit) {
        return unit.substring(0, 8);
    }

    /** The name with a mark before its extensions. */
    private static String marked(String where, String mark) {
        int dot = where.indexOf('.', where.lastIndexOf('/') + 2);
        return dot < 0 ? where + "-" + mark : where.substring(0, dot) + "-" + mark + where.substring(dot);
    }

    static void move(Path from, Path to, String unit) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            copyAway(from, to, unit);
        }
    }

    /** Across file systems: the copy is whole and on disk before the original goes. */
    private static void copyAway(Path from, Path to, String unit) throws IOException {
        var copy = to.resolveSibling("." + unit + ".part");
        try {
            Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
        Files.delete(from);
    }
}
