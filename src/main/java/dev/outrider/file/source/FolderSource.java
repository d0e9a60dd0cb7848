package dev.outrider.file.source;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Scanner files in a folder of this machine. */
public final class FolderSource implements FileSource {
    /** Entries of a listing held in memory at once, some 500 bytes each. */
    static final int MOST = 10_000;

    private static final Logger LOG = Logger.getLogger(FolderSource.class);

    /** Digests a file's content. */
    @FunctionalInterface
    interface Content {
        String digest(Path file, BooleanSupplier cancelled) throws IOException;
    }

    private final StreamRun run;
    private final SourceSettings settings;
    private final Content content;
    private final Folder folder;
    private final FolderMemory memory;
    private final Handed handed = new Handed();

    /** @throws RunException {@code source.unreadable} where the folder cannot be used */
    public FolderSource(StreamRun run, SourceSettings settings, StateStore state) {
        this(run, settings, state, Digests::of);
    }

    FolderSource(StreamRun run, SourceSettings settings, StateStore state, Content content) {
        this.run = run;
        this.settings = settings;
        this.content = content;
        this.folder = Folder.open(settings);
        this.memory = new FolderMemory(state, run.key(), folder);
    }

    @Override
    public Iterator<SourceFile> due() {
        return new FolderDue(this);
    }

    @Override
    public Optional<SourceFile> begun(String where, String unit) {
        var found = new FolderWalk(folder, false, this::cancelled).entry(folder.at(where));
        if (found.isEmpty() || found.get().fault() != null) {
            return Optional.empty();
        }
        try {
            return unit(found.get()).equals(unit) && handOut(unit)
                    ? Optional.of(new FolderFile(this, found.get(), unit))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.infof(
                    "%s, begun by an earlier run, cannot be read now: %s",
                    found.get().name(), Causes.of(e));
            return Optional.empty();
        }
    }

    @Override
    public Iterator<SourceFile> newest() {
        var walk = new FolderWalk(folder, true, this::cancelled);
        var entries = new Sorted<>(walk, FolderEntry.BY_AGE.reversed(), MOST);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false)
                .filter(entry -> entry.fault() == null || !entry.fault().lasting())
                .map(entry -> (SourceFile) new FolderFile(this, entry, ""))
                .iterator();
    }

    @Override
    public void putBack(String unit) throws IOException {
        for (var below : new String[] {Folder.FAILED, Folder.PROCESSED}) {
            var aside = folder.root().resolve(below);
            if (!Files.isDirectory(aside)) {
                continue;
            }
            try (var files = Files.walk(aside)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    var where = Mover.unmarked(folder.where(file).substring(below.length() + 1), unit);
                    if (Digests.of(where, content.digest(file, this::cancelled)).equals(unit)) {
                        Mover.move(file, folder.at(where), unit);
                        return;
                    }
                }
            }
        }
    }

    /** Lists the folder; where files are moved, also writes and removes a small file, since permissions alone do not tell. */
    @Override
    public String check() {
        if (!settings.move()) {
            return "the folder " + shown() + " can be read";
        }
        try {
            Files.delete(Files.createTempFile(folder.root(), ".outrider-check-", ".tmp"));
            return "the folder " + shown() + " can be read and written";
        } catch (IOException e) {
            throw Folder.unusable(
                    folder.root(),
                    "cannot be written (" + Causes.of(e)
                            + "), but collected files are to be moved: let the user of this"
                            + " process write to it, or set 'after' to leave",
                    e);
        }
    }

    private String shown() {
        return Names.show(folder.root().toString());
    }

    @Override
    public String finished() {
        memory.prune(settings.move(), settings.remember());
        return null;
    }

    @Override
    public void close() {
        // A folder is not held open.
    }

    /** Moves a file that was collected by an earlier run and still lies here. */
    void putAway(FolderEntry entry, String unit) {
        if (!settings.move() || !handOut(unit)) {
            return;
        }
        try {
            new FolderFile(this, entry, unit).settle(memory.failed(unit, entry.where()));
            LOG.infof("%s had been collected before and was moved away", entry.name());
        } catch (IOException e) {
            run.error(RunError.of("file.not_moved", e.getMessage(), true));
        }
    }

    /** Of the place and the bytes. */
    String unit(FolderEntry entry) throws IOException {
        return Digests.of(entry.where(), content.digest(entry.real(), this::cancelled));
    }

    /** Of the place and what the file's attributes tell, where its bytes are not looked at. */
    String unitOfUnread(FolderEntry entry) {
        return Digests.of("unread", entry.where(), entry.stat().token());
    }

    /** Of the place and what was refused there: a link that leads elsewhere by now is another. */
    String unitOfRefused(FolderEntry entry) {
        var target = "";
        try {
            target = Files.isSymbolicLink(entry.listed())
                    ? Files.readSymbolicLink(entry.listed()).toString()
                    : "";
        } catch (IOException e) {
            LOG.debugf("%s is no link any more", entry.name());
        }
        return Digests.of("refused", entry.where(), target);
    }

    FolderEntry tooBig(FolderEntry entry) {
        return entry.with(
                FileFault.lasting(
                        "file.too_big",
                        entry.name() + " has " + entry.stat().size() + " bytes, more than the "
                                + settings.maxFileBytes()
                                + " of the setting 'maxFileBytes': split the scan, or raise the setting and put the file in again"));
    }

    FolderEntry unreadable(FolderEntry entry, IOException e) {
        return entry.with(FileFault.passing(
                "file.unreadable",
                entry.name() + " cannot be read (" + Causes.of(e) + "): let the user of this process read it",
                true));
    }

    boolean handOut(String unit) {
        return handed.add(unit);
    }

    boolean cancelled() {
        return run.cancelled();
    }

    boolean full() {
        return run.full();
    }

    SourceSettings settings() {
        return settings;
    }

    Folder folder() {
        return folder;
    }

    FolderMemory memory() {
        return memory;
    }
}
