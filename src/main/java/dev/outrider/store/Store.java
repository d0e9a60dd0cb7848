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
import java.nio.file.StandardOpenOption;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * The state of one data folder: made on first use, held by one process at a time. SQLite with a write-ahead log and full
 * synchronisation, so a commit that returned survives kill -9 and power loss.
 */
@ApplicationScoped
@Unremovable
public class Store {
    private final Path folder;
    private final DataSource source;
    private final Flyway flyway;
    private final Sql sql = new Sql(this::ready);
    private FileLock lock;

    @Inject
    public Store(
            @ConfigProperty(name = "outrider.data", defaultValue = "data") Path folder,
            DataSource source,
            Flyway flyway) {
        this.folder = folder;
        this.source = source;
        this.flyway = flyway;
    }

    /** The folder of everything that must outlive the process. */
    public Path folder() {
        return folder;
    }

    public StateStore state() {
        return new SqlStateStore(sql);
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(sql);
    }

    public Jobs jobs() {
        return new Jobs(sql);
    }

    public Integrations integrations() {
        return new Integrations(sql);
    }

    public Freshness freshness() {
        return new Freshness(sql);
    }

    public Deliveries deliveries() {
        return new Deliveries(sql);
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
        } catch (IOException e) {
            throw new StoreException(
                    "the data folder " + folder.toAbsolutePath() + " cannot be used (" + e.getMessage()
                            + "): set OUTRIDER_DATA to a folder that can be written",
                    e);
        }
        flyway.migrate();
    }

    @PreDestroy
    synchronized void close() throws IOException {
        if (lock != null) {
            lock.channel().close();
            lock = null;
        }
    }

    private DataSource ready() {
        open();
        return source;
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
