package dev.outrider.file.source;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A watched folder and the places in it. A place is written as the percent-encoded path below the folder, with '/', so that it is the
 * same on every machine and in every locale, whatever bytes a name has.
 */
final class Folder {
    static final String PROCESSED = "processed";
    static final String FAILED = "failed";

    private final Path root;
    private final URI base;

    private Folder(Path root) {
        this.root = root;
        this.base = root.toUri();
    }

    /** @throws RunException {@code source.unreadable} naming the folder, where it is none or cannot be listed */
    static Folder open(SourceSettings settings) {
        var path = settings.folder();
        try {
            if (settings.ownFolder()) {
                Files.createDirectories(path);
            }
            if (!Files.exists(path)) {
                throw unusable(path, "does not exist: create it, or correct the setting 'folder'", null);
            }
            if (!Files.isDirectory(path)) {
                throw unusable(path, "is no folder: correct the setting 'folder'", null);
            }
            try (var entries = Files.newDirectoryStream(path)) {
                entries.iterator().hasNext();
            }
            return new Folder(path.toRealPath());
        } catch (IOException e) {
            throw unusable(path, "cannot be read (" + Causes.of(e) + ")", e);
        }
    }

    static RunException unusable(Path path, String why, IOException cause) {
        return new RunException(
                RunError.of(
                        "source.unreadable", "the folder " + Names.show(path.toString()) + " " + why, cause != null),
                cause);
    }

    Path root() {
        return root;
    }

    String where(Path file) {
        var encoded = base.relativize(file.toUri()).getRawPath();
        return encoded.endsWith("/") ? encoded.substring(0, encoded.length() - 1) : encoded;
    }

    Path at(String where) {
        return Path.of(URI.create(base + where));
    }

    /** Whether a path leads to something inside, all links followed. */
    boolean holds(Path path) throws IOException {
        return path.toRealPath().startsWith(root);
    }

    /** What lies at a place, links inside the folder followed. */
    Stat stat(String where) throws IOException {
        return Stat.of(at(where).toRealPath());
    }

    boolean exists(String where) {
        return Files.exists(at(where), LinkOption.NOFOLLOW_LINKS);
    }

    /** The place as people would write it. */
    static String show(String where) {
        var bytes = new ByteArrayOutputStream(where.length());
        for (int i = 0; i < where.length(); i++) {
            if (where.charAt(i) == '%') {
                bytes.write(Integer.parseInt(where, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(where.charAt(i));
            }
        }
        return Names.show(bytes.toString(StandardCharsets.UTF_8));
    }
}
