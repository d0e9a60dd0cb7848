package dev.outrider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped routes, copied for a test to change. */
public final class RoutesCopy {
    private final Path folder;

    private RoutesCopy(Path folder) {
        this.folder = folder;
    }

    public static RoutesCopy in(Path folder) {
        var routes = Path.of("routes");
        try (var all = Files.walk(routes)) {
            for (var from : (Iterable<Path>) all::iterator) {
                var to = folder.resolve(routes.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RoutesCopy(folder);
    }

    public Path folder() {
        return folder;
    }

    public RoutesCopy write(String file, String text) {
        try {
            var path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Replaces text that must be there. */
    public RoutesCopy change(String file, String from, String to) {
        try {
            var text = Files.readString(folder.resolve(file));
            if (!text.contains(from)) {
                throw new IllegalArgumentException(file + " does not contain: " + from);
            }
            return write(file, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
