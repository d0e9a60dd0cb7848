package dev.outrider.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.store.PageCommit;
import dev.outrider.store.SinkStates;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Appends records to {@code records.ndjson} in the data folder.
 *
 * <p>A page's lines are written and forced to disk, then the file's new length is committed in the same transaction as the page's cursor.
 * At the start the file is cut back to the committed length, so a crash between the two leaves neither a torn line nor a line twice. One
 * page at a time: the committed length must cover committed lines only.
 */
@ApplicationScoped
@Unremovable
public class FileSink {
    public static final String NAME = "file";

    private static final Logger LOG = Logger.getLogger(FileSink.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;
    private final Path file;
    private final long rotateBytes;
    private FileChannel channel;
    private Object fileKey;
    private long committed;
    private int sequence;

    @Inject
    public FileSink(
            Store store,
            @ConfigProperty(name = "outrider.sink.file.rotate-bytes", defaultValue = "1073741824") long rotateBytes) {
        this.store = store;
        this.file = store.folder().resolve("records.ndjson");
        this.rotateBytes = rotateBytes;
    }

    /** Where the records are. */
    public Path file() {
        return file;
    }

    /**
     * Stores a page: returns once its lines and its commit are both on disk, and keeps neither when it throws.
     *
     * @param lines whole lines, each with its line feed
     */
    public synchronized void store(List<byte[]> lines, PageCommit page) {
        try {
            open();
            long end = append(lines);
            try {
                store.state().commit(page, connection -> SinkStates.put(connection, NAME, state(end, sequence)));
            } catch (RuntimeException e) {
                channel.truncate(committed);
                throw e;
            }
            committed = end;
            if (committed >= rotateBytes) {
                rotate();
            }
        } catch (IOException e) {
            throw new RunException(
                    RunError.of(
                            "sink.failed",
                            "the file sink could not write " + file.toAbsolutePath() + " (" + e.getMessage()
                                    + "): make room or repair it; the page is not acknowledged and comes again",
                            true),
                    e);
        }
    }

    /** Cuts the file back to what was committed. Called at the start; later calls only notice a file that somebody moved away. */
    public synchronized void open() throws IOException {
        if (channel != null && channel.isOpen()) {
            if (Files.exists(file) && sameFile()) {
                return;
            }
            LOG.warnf("%s was moved or removed by somebody, a new one is begun", file);
            channel.close();
            committed = 0;
            store.sinkStates().put(NAME, state(0, sequence));
            begin();
            return;
        }
        store.open();
        var state = store.sinkStates().of(NAME);
        if (state.isPresent()) {
            var stored = parse(state.get());
            committed = stored.path("offset").asLong();
            sequence = stored.path("sequence").asInt();
        }
        // A crash between the renaming and its commit: the renamed file is the one that the state speaks of.
        if (!Files.exists(file) && committed > 0 && Files.exists(rotated(sequence + 1))) {
            sequence++;
            committed = 0;
            store.sinkStates().put(NAME, state(0, sequence));
        }
        begin();
    }

    @PreDestroy
    synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private void begin() throws IOException {
        boolean fresh = !Files.exists(file);
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        long size = channel.size();
        if (size > committed) {
            LOG.infof("%s: %d bytes that were not acknowledged are cut off", file, size - committed);
            channel.truncate(committed);
            channel.force(true);
        } else if (size < committed) {
            LOG.warnf("%s is %d bytes shorter than what was committed: somebody cut it", file, committed - size);
            committed = size;
        }
        fileKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        if (fresh) {
            forceFolder();
        }
    }

    private long append(List<byte[]> lines) throws IOException {
        long size = 0;
        for (var line : lines) {
            size += line.length;
        }
        if (size == 0) {
            return committed;
        }
        var buffer = ByteBuffer.allocate(Math.toIntExact(size));
        lines.forEach(buffer::put);
        buffer.flip();
        long at = committed;
        try {
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(committed);
            throw e;
        }
        return at;
    }

    private void rotate() throws IOException {
        channel.close();
        Files.move(file, rotated(sequence + 1), StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
        sequence++;
        committed = 0;
        store.sinkStates().put(NAME, state(0, sequence));
        begin();
    }

    private boolean sameFile() throws IOException {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        return fileKey == null || fileKey.equals(now.fileKey());
    }

    /** A new name is durable only once its folder is. */
    private void forceFolder() throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Path rotated(int number) {
        return file.resolveSibling("records-%06d.ndjson".formatted(number));
    }

    private static String state(long offset, int sequence) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("offset", offset)
                .put("sequence", sequence)
                .toString();
    }

    private static JsonNode parse(String state) {
        try {
            return JSON.readTree(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored state of the file sink is not JSON", e);
        }
    }
}
