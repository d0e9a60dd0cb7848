package dev.outrider.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.store.PageCommit;
import dev.outrider.store.SinkStates;
import dev.outrider.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * {@code records.ndjson} with its committed length, kept in the store. At the start the file is cut back to that length, so a crash between
 * lines and commit leaves neither a torn line nor a line twice. Used by one thread at a time.
 */
final class RecordFile {
    private static final int BUFFER_BYTES = 1 << 19;

    private static final Logger LOG = Logger.getLogger(RecordFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;
    private final Path file;
    private final long rotateBytes;
    /** Outside the heap, where the operating system takes it from without another copy. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private FileChannel channel;
    /** Of its state in the store. */
    private String name;
    /** Whether the last commit failed and the store has not yet told whether it was made all the same. */
    private boolean unsure;

    private Object fileKey;
    private long committed;
    private int sequence;

    /** @param rotateBytes from this size on a new file is begun */
    RecordFile(Store store, long rotateBytes) {
        this.store = store;
        this.file = store.folder().resolve("records.ndjson");
        this.rotateBytes = rotateBytes;
    }

    /** Whether the pages are stored is not known, so they must not be stored again before it is. */
    static final class UnsureException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private UnsureException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Where the records are. */
    Path path() {
        return file;
    }

    /**
     * Appends whole pages: returns once their lines and their commits are on disk, and keeps neither when it throws.
     *
     * @param lines whole lines, each with its line feed
     */
    void store(List<byte[]> lines, List<PageCommit> pages) throws IOException {
        open();
        long end = append(lines);
        try {
            store.state().commit(pages, transaction -> SinkStates.put(transaction, name, state(end, sequence)));
            committed = end;
        } catch (RuntimeException e) {
            long before = committed;
            unsure = true;
            try {
                settle();
            } catch (RuntimeException again) {
                throw new UnsureException(e);
            }
            if (committed == before) {
                throw e;
            }
        }
        if (committed >= rotateBytes) {
            try {
                rotate();
            } catch (IOException | RuntimeException e) {
                // The pages are stored all the same: the file grows on, and the next page tries again.
                LOG.errorf("%s could not be rotated: %s", file, e);
            }
        }
    }

    /** Cuts the file back to what was committed. Called at the start; later calls only notice a file that somebody moved away. */
    void open() throws IOException {
        if (channel != null && channel.isOpen()) {
            settle();
            if (Files.exists(file) && sameFile()) {
                return;
            }
            LOG.warnf("%s was moved or removed by somebody, a new one is begun", file);
            channel.close();
            committed = 0;
            store.sinkStates().put(name, state(0, sequence));
            begin();
            return;
        }
        store.open();
        name = store.ofFolder("file");
        var state = store.sinkStates().of(name);
        if (state.isPresent()) {
            read(state.get());
        } else {
            setAside();
            store.sinkStates().put(name, state(0, sequence));
        }
        // A crash between the renaming and its commit: the renamed file is the one that the state speaks of.
        if (!Files.exists(file) && committed > 0 && Files.exists(rotated(sequence + 1))) {
            sequence++;
            committed = 0;
            store.sinkStates().put(name, state(0, sequence));
        }
        begin();
    }

    /** A commit that failed was made all the same where only its answer was lost: the store knows. */
    private void settle() throws IOException {
        if (unsure) {
            read(store.sinkStates().settled(name));
            channel.truncate(committed);
            unsure = false;
        }
    }

    /** Records that this state knows nothing of are those of another state, and not ours to cut. */
    private void setAside() throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            var kept = free();
            LOG.warnf("%s was written with another state: it is kept as %s", file, kept);
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        }
    }

    void close() throws IOException {
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
            committed = endOfLine(size);
            channel.truncate(committed);
            channel.force(true);
        }
        fileKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        if (fresh) {
            forceFolder();
        }
    }

    /** Where the last whole line ends: what follows would make the next line unreadable, too. */
    private long endOfLine(long size) throws IOException {
        var last = ByteBuffer.allocate(1);
        for (long end = size; end > 0; end--) {
            last.clear();
            if (channel.read(last, end - 1) == 1 && last.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    private long append(List<byte[]> lines) throws IOException {
        long at = committed;
        try {
            buffer.clear();
            for (var line : lines) {
                for (int from = 0; from < line.length; ) {
                    int length = Math.min(buffer.remaining(), line.length - from);
                    buffer.put(line, from, length);
                    from += length;
                    if (!buffer.hasRemaining()) {
                        at = flush(at);
                    }
                }
            }
            at = flush(at);
            if (at > committed) {
                channel.force(false);
            }
        } catch (IOException e) {
            channel.truncate(committed);
            throw e;
        }
        return at;
    }

    private long flush(long at) throws IOException {
        long end = at;
        buffer.flip();
        while (buffer.hasRemaining()) {
            end += channel.write(buffer, end);
        }
        buffer.clear();
        return end;
    }

    private void rotate() throws IOException {
        var next = free();
        Files.move(file, next, StandardCopyOption.ATOMIC_MOVE);
        channel.close();
        forceFolder();
        committed = 0;
        store.sinkStates().put(name, state(0, sequence));
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

    /** Moves the sequence on to the next name that is free: what somebody put there is not ours to overwrite. */
    private Path free() {
        do {
            sequence++;
        } while (Files.exists(rotated(sequence)));
        return rotated(sequence);
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

    private void read(String state) {
        var stored = parse(state);
        committed = stored.path("offset").asLong();
        sequence = stored.path("sequence").asInt();
    }

    private static JsonNode parse(String state) {
        try {
            return JSON.readTree(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored state of the file sink is not JSON", e);
        }
    }
}
