package dev.outrider.file.source;

import dev.outrider.store.Seen;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/** A file of a folder, read where it lies. */
final class FolderFile implements SourceFile {
    private static final Logger LOG = Logger.getLogger(FolderFile.class);

    private final FolderSource source;
    private final FolderEntry entry;
    private final String unit;

    FolderFile(FolderSource source, FolderEntry entry, String unit) {
        this.source = source;
        this.entry = entry;
        this.unit = unit;
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public String where() {
        return entry.where();
    }

    @Override
    public String place() {
        return source.folder().root().relativize(entry.listed()).toString().replace('\\', '/');
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public Path content() throws FileFault, FileGone {
        if (entry.fault() != null) {
            throw entry.fault();
        }
        if (!unchanged()) {
            throw new FileGone(name() + " was changed or taken away before it was read; the next run looks again");
        }
        return entry.real();
    }

    @Override
    public void verify() throws FileFault {
        if (!unchanged()) {
            throw FileFault.passing(
                    "file.changed",
                    name()
                            + " was changed while it was read: what it now holds is read by the next run; write files under"
                            + " another name, ending in .part, and rename them when they are whole",
                    true);
        }
    }

    private boolean unchanged() {
        try {
            return source.folder().stat(entry.where()).equals(entry.stat());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<Seen> seen(boolean failed) {
        return entry.real() == null
                ? source.memory().ofRefused(unit, entry)
                : source.memory()
                        .ofCollected(unit, entry, failed, !source.settings().move());
    }

    /** Whether it is to be known by its attributes. What was too big is not: the limit may change while the file does not. */
    private boolean stays() {
        return entry.fault() == null && !source.settings().move();
    }

    /** Moves the file, unless another was put in its place since: that one stays and is collected in its turn. */
    @Override
    public void settle(boolean failed) throws IOException {
        if (entry.real() == null || !source.settings().move() || !unchanged()) {
            return;
        }
        try {
            var now = new Mover(source.folder()).move(entry, failed ? Folder.FAILED : Folder.PROCESSED, unit);
            LOG.debugf("%s is now %s", name(), Folder.show(now));
        } catch (NoSuchFileException e) {
            LOG.infof("%s was taken away before it could be moved", name());
        } catch (IOException e) {
            source.memory().stays(unit, entry);
            throw new IOException(
                    name() + " was collected but could not be moved (" + Causes.of(e)
                            + "): let the user of this process write to the folder, or set 'after' to leave",
                    e);
        }
    }

    @Override
    public void close() {
        // It lies in its folder: there is no copy to let go of.
    }
}
