package dev.outrider.capability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The texts of one folder of {@code routes/} at one moment. Two snapshots are equal when every text is: comparing content, not times, is
 * what notices a ConfigMap's swapped links too.
 *
 * @param name the folder's name: {@code common}, or a class
 * @param routes the route files by their path under {@code routes/}
 * @param schema the class's settings schema; null where there is none
 */
record RouteFolder(String name, Map<String, String> routes, String schema) {
    static final String COMMON = "common";

    /** Reads a folder; below {@code common} sub-folders count too, below a class they are tests and mappings. */
    static RouteFolder read(Path routes, String name) throws IOException {
        var folder = routes.resolve(name);
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(folder, name.equals(COMMON) ? 3 : 1)) {
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                if (Files.isRegularFile(file) && isRoutes(file.getFileName().toString())) {
                    var path = routes.relativize(file).toString().replace('\\', '/');
                    texts.put(path, Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        var schema = folder.resolve("settings.schema.json");
        return new RouteFolder(
                name, texts, Files.isRegularFile(schema) ? Files.readString(schema, StandardCharsets.UTF_8) : null);
    }

    private static boolean isRoutes(String file) {
        return (file.endsWith(".yaml") || file.endsWith(".yml")) && !file.startsWith(".");
    }
}
