package dev.outrider.file.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lists the scanner files of a folder and its sub-folders. Left out: hidden names, names of unfinished transfers, what is neither file
 * nor folder, and the folders into which files are moved. A link is followed to a file inside the folder and refused where it leaves it;
 * links to folders are never entered, so there are no circles.
 */
final class FolderWalk implements Sorted.Walk<FolderEntry> {
    private static final String[] UNFINISHED = {".part", ".tmp", ".filepart", ".crdownload", "~"};
    private static final int DEEPEST = 32;

    private final Folder folder;
    private final boolean moved;
    private final BooleanSupplier cancelled;

    /** @param moved whether files that were moved away are listed too */
    FolderWalk(Folder folder, boolean moved, BooleanSupplier cancelled) {
        this.folder = folder;
        this.moved = moved;
        this.cancelled = cancelled;
    }

    @Override
    public void each(Consumer<FolderEntry> visitor) {
        try {
            list(folder.root(), 1, visitor);
        } catch (IOException e) {
            throw Folder.unusable(folder.root(), "cannot be read (" + Causes.of(e) + ")", e);
        }
    }

    private void list(Path directory, int depth, Consumer<FolderEntry> visitor) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            for (var entry : entries) {
                Cancelled.check(cancelled);
                visit(entry, depth, visitor);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void visit(Path path, int depth, Consumer<FolderEntry> visitor) throws IOException {
        if (hidden(path)) {
            return;
        }
        var attributes = attributes(path);
        if (attributes.isEmpty()) {
            return;
        }
        var read = attributes.get();
        if (!read.isDirectory()) {
            entry(path, read).ifPresent(visitor);
        } else if (moved || depth > 1 || !putAway(path)) {
            enter(path, read, depth, visitor);
        }
    }

    private void enter(Path directory, BasicFileAttributes read, int depth, Consumer<FolderEntry> visitor) {
        if (depth >= DEEPEST) {
            visitor.accept(refused(
                    directory,
                    read,
                    FileFault.lasting(
                            "file.too_deep",
                            show(directory) + " lies more than " + DEEPEST
                                    + " folders deep and is not read: move its files up")));
            return;
        }
        try {
            list(directory, depth + 1, visitor);
        } catch (NoSuchFileException e) {
            return; // removed while it was listed: nothing is in it
        } catch (IOException e) {
            visitor.accept(refused(
                    directory,
                    read,
                    FileFault.passing(
                            "file.unreadable",
                            "the folder " + show(directory) + " cannot be read (" + Causes.of(e)
                                    + "): let the user of this process read it",
                            true)));
        }
    }

    /** The entry at a path, or empty where there is none that could be a scanner file. */
    Optional<FolderEntry> entry(Path path) {
        return attributes(path).flatMap(read -> entry(path, read));
    }

    private Optional<FolderEntry> entry(Path path, BasicFileAttributes read) {
        if (read.isSymbolicLink()) {
            return link(path, read);
        }
        return read.isRegularFile()
                ? Optional.of(new FolderEntry(path, path, folder.where(path), Stat.of(read), null))
                : Optional.empty();
    }

    private Optional<FolderEntry> link(Path path, BasicFileAttributes read) {
        try {
            var real = path.toRealPath();
            if (!real.startsWith(folder.root())) {
                return Optional.of(
                        refused(
                                path,
                                read,
                                FileFault.foreign(
                                        "file.outside",
                                        show(path)
                                                + " is a link that leaves the folder and is not followed: put the file itself there")));
            }
            var target = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return target.isRegularFile()
                    ? Optional.of(new FolderEntry(path, real, folder.where(path), Stat.of(target), null))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(refused(
                    path,
                    read,
                    FileFault.foreign(
                            "file.outside",
                            show(path) + " is a link that leads nowhere (" + Causes.of(e)
                                    + "): put the file itself there")));
        }
    }

    private FolderEntry refused(Path path, BasicFileAttributes read, FileFault fault) {
        return new FolderEntry(path, null, folder.where(path), Stat.of(read), fault);
    }

    private String show(Path path) {
        return Folder.show(folder.where(path));
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return Optional.empty(); // gone since it was listed
        }
    }

    private static boolean putAway(Path path) {
        var name = path.getFileName().toString();
        return name.equals(Folder.PROCESSED) || name.equals(Folder.FAILED);
    }

    private static boolean hidden(Path path) {
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith(".")) {
            return true;
        }
        for (var end : UNFINISHED) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
