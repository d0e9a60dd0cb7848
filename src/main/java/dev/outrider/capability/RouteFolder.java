package dev.outrider.capability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The texts of one folder of {@code routes/} at one moment. Two snapshots are equal when every text is: comparing content, not times, is
 * what notices a ConfigMap's swapped links too.
 *
 * @param root the routes folder
 * @param name the folder's name: {@code common}, or a class
 * @param routes the route files by their path under {@code routes/}
 * @param schema the class's settings schema; null where there is none
 * @param named the mappings that the route files name
 * @param missing which of those have no file, and where they are named: whoever adds the file has the folder loaded anew by that
 */
record RouteFolder(
        Path root,
        String name,
        Map<String, String> routes,
        String schema,
        List<NamedMapping> named,
        List<String> missing) {
    private static final Logger LOG = Logger.getLogger(RouteFolder.class);
    static final String COMMON = "common";

    /**
     * Reads a folder; below {@code common} sub-folders count too, below a class they are tests and mappings.
     *
     * @param before as it was read before; null where it was not
     */
    static RouteFolder read(Path routes, String name, RouteFolder before) throws IOException {
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
        var named = before != null && before.routes().equals(texts) ? before.named() : named(texts);
        return new RouteFolder(
                routes,
                name,
                texts,
                Files.isRegularFile(schema) ? Files.readString(schema, StandardCharsets.UTF_8) : null,
                named,
                named.stream().flatMap(one -> one.missing(routes).stream()).toList());
    }

    private static List<NamedMapping> named(Map<String, String> texts) {
        var named = new ArrayList<NamedMapping>();
        for (var text : texts.entrySet()) {
            try {
                named.addAll(NamedMapping.in(
                        text.getKey(), text.getValue(), RouteText.yaml(text.getKey(), text.getValue())));
            } catch (IllegalArgumentException notYaml) {
                LOG.debug(notYaml.getMessage());
            }
        }
        return named;
    }

    private static boolean isRoutes(String file) {
        return (file.endsWith(".yaml") || file.endsWith(".yml")) && !file.startsWith(".");
    }
}
