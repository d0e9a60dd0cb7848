package dev.outrider.file.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an export says of its vulnerabilities, by id. It comes behind the hosts that refer to it and may be larger than memory, so it is
 * kept in a temporary file; only where each one stands (some 50 bytes) and the short ones used of late are in memory.
 */
final class NexposeDefinitions implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DEFINITIONS = 1_000_000;
    private static final int RECENT = 256;
    private static final int SHORT_BYTES = 16_384;

    private final FileChannel spool;
    private final DigestMap index = new DigestMap();
    private final Map<String, ObjectNode> recent = new LinkedHashMap<>(RECENT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
            return size() > RECENT;
        }
    };
    /** Where each definition begins, and behind the last one, its end. */
    private long[] starts = new long[1024];

    private boolean whole;

    private NexposeDefinitions(FileChannel spool) {
        this.spool = spool;
    }

    /** Reads the export to its end, or to its fault: that one is met again by who reads the hosts. */
    static NexposeDefinitions of(NexposeDefinitionReader reader, String name) throws IOException, ScanException {
        Path file = Files.createTempFile("outrider-", ".definitions");
        var definitions = new NexposeDefinitions(FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        try {
            definitions.fill(reader, name);
            return definitions;
        } catch (IOException | ScanException | RuntimeException e) {
            definitions.close();
            throw e;
        }
    }

    private void fill(NexposeDefinitionReader reader, String name) throws IOException, ScanException {
        while (true) {
            ObjectNode node;
            try {
                node = (ObjectNode) reader.next();
            } catch (ScanException fault) {
                return;
            }
            if (node == null) {
                whole = true;
                return;
            }
            add(node, name);
        }
    }

    private void add(ObjectNode node, String name) throws IOException, ScanException {
        var key = Digest.of(node.path("plugin").path("id").asText(""));
        if (index.get(key) != DigestMap.ABSENT) {
            return;
        }
        int place = index.size();
        if (place >= MAX_DEFINITIONS) {
            throw new ScanException(
                    "file.too_large", name + ": more than " + MAX_DEFINITIONS + " vulnerability definitions");
        }
        if (place + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        index.put(key, place);
        var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(node));
        long at = starts[place];
        starts[place + 1] = at + bytes.remaining();
        while (bytes.hasRemaining()) {
            at += spool.write(bytes, at);
        }
    }

    /** Whether all definitions of the export are here. */
    boolean whole() {
        return whole;
    }

    /** A node that is the caller's own, or null where the export defines no such vulnerability. */
    ObjectNode find(String id) throws IOException {
        var known = recent.get(id);
        if (known != null) {
            return known.deepCopy();
        }
        int place = index.get(Digest.of(id));
        if (place == DigestMap.ABSENT) {
            return null;
        }
        var bytes = ByteBuffer.allocate((int) (starts[place + 1] - starts[place]));
        while (bytes.hasRemaining()) {
            if (spool.read(bytes, starts[place] + bytes.position()) < 0) {
                throw new EOFException("the temporary file of definitions is shorter than what was written to it");
            }
        }
        var node = (ObjectNode) JSON.readTree(bytes.array());
        if (bytes.capacity() <= SHORT_BYTES) {
            recent.put(id, node.deepCopy());
        }
        return node;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
