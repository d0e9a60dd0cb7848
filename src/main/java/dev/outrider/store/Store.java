package dev.outrider.store;

import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.FlywayException;

/**
 * The state: made on first use. A commit that returned survives kill -9 and power loss: SQLite has a write-ahead log and full
 * synchronisation, PostgreSQL unless its operator turned that off. The data folder beside it is held by one process at a time.
 */
@ApplicationScoped
@Unremovable
public class Store {
    private final Path folder;
    private final Database database;
    private final Sql sql;
    private final SharedReplica replica;
    private final Deliveries deliveries;
    private FileLock lock;
    private String folderId;

    @Inject
    public Store(
            @ConfigProperty(name = "outrider.data", defaultValue = "data") Path folder,
            Database database,
            @ConfigProperty(name = "outrider.state.lease-secs", defaultValue = "30") int leaseSecs) {
        this.folder = folder;
        this.database = database;
        if (database.shared()) {
            var unchecked = Sql.sideBySide(database::source, transaction -> {});
            replica = new SharedReplica(unchecked, Duration.ofSeconds(leaseSecs));
            sql = Sql.sideBySide(this::ready, replica::check);
            deliveries = Deliveries.shared(sql, replica);
        } else {
            replica = null;
            sql = Sql.oneAtATime(this::ready);
            deliveries = Deliveries.alone(sql, folder.resolve("deliveries"));
        }
    }

    /** The folder of everything that must outlive the process. */
    public Path folder() {
        return folder;
    }

    /** The name of what belongs to this folder in a state that others share. */
    public String ofFolder(String name) {
        open();
        return database.shared() ? name + "/" + folderId : name;
    }

    /** This process among those that share the state. */
    public Replica replica() {
        return replica == null ? Replica.ALONE : replica;
    }

    public StateStore state() {
        return new SqlStateStore(sql);
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(sql, replica());
    }

    public Jobs jobs() {
        return new Jobs(sql, replica());
    }

    public Integrations integrations() {
        return new Integrations(sql);
    }

    public Freshness freshness() {
        return new Freshness(sql);
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Originals originals() {
        return new Originals(sql);
    }

    public SinkStates sinkStates() {
        return new SinkStates(sql);
    }

    /**
     * Takes the folder and brings its schema up to date; later calls do nothing.
     *
     * @throws StoreException where another process holds the folder, or it cannot be written
     */
    public synchronized void open() {
        if (lock != null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            lock = lock(folder.resolve("outrider.lock"));
            folderId = database.shared() ? id(folder.resolve("outrider.id")) : null;
        } catch (IOException e) {
            throw new StoreException(
                    "the data folder " + folder.toAbsolutePath() + " cannot be used (" + e.getMessage()
                            + "): set OUTRIDER_DATA to a folder that can be written",
                    e);
        }
        try {
            database.flyway().migrate();
            if (replica != null) {
                replica.join(folderId);
            }
        } catch (FlywayException | StoreException e) {
            free();
            throw new StoreException(
                    "the state cannot be used (" + root(e).getMessage()
                            + (replica == null
                                    ? "): repair the data folder"
                                    : "): see to it that the server of OUTRIDER_STATE_URL runs and lets its user make tables"),
                    e);
        }
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    @PreDestroy
    synchronized void close() {
        if (lock != null && replica != null) {
            replica.leave();
        }
        deliveries.close();
        free();
    }

    private void free() {
        try {
            if (lock != null) {
                lock.channel().close();
                lock = null;
            }
        } catch (IOException e) {
            throw new StoreException("the data folder " + folder.toAbsolutePath() + " cannot be given free", e);
        }
    }

    /** Made once, and as long as the folder: the state of its files is known by it. */
    private static String id(Path file) throws IOException {
        if (!Files.exists(file)) {
            var made = file.resolveSibling("outrider.id.new");
            Files.writeString(made, UUID.randomUUID().toString(), StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private DataSource ready() {
        open();
        return database.source();
    }

    /** Two processes on one folder would cut back each other's records: the lock dies with its process, whatever kills it. */
    private FileLock lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock taken;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            taken = null;
        }
        if (taken == null) {
            channel.close();
            throw new StoreException(
                    "another Outrider works in " + folder.toAbsolutePath()
                            + ": stop it, ask it through its API, or set OUTRIDER_DATA to another folder",
                    null);
        }
        return taken;
    }
}
