package dev.outrider.file.source;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Local copies of remote files while they are read. Their names come from us, never from the source; what another process left behind is
 * removed, since only one at a time holds the data folder.
 */
final class Spool {
    private static final String OURS = UUID.randomUUID().toString();
    private static final long KEEP_FREE_BYTES = 64L << 20;

    private final Path folder;

    Spool(Path data) {
        this.folder = data.resolve("spool");
    }

    /** Makes the folder and clears it of what a crash left. */
    void open() throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (!file.getFileName().toString().startsWith(OURS)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    Path newFile() throws IOException {
        return Files.createTempFile(folder, OURS, ".spool");
    }

    /** Whether so many bytes fit, with some left for the state and the records. */
    boolean fits(long bytes) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.getUsableSpace() - KEEP_FREE_BYTES >= bytes;
    }
}
