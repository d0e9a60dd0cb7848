package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final Path MAIN = Path.of("src/main/java/dev/outrider");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?dev\\.outrider\\.([a-z]+)\\.");

    /** A room may use those with a higher number, and itself. */
    private static final Map<String, Integer> DEPTH = Map.ofEntries(
            Map.entry("api", 0),
            Map.entry("cli", 0),
            Map.entry("job", 1),
            Map.entry("lint", 1),
            Map.entry("capability", 2),
            Map.entry("file", 3),
            Map.entry("vendor", 4),
            Map.entry("webhook", 4),
            Map.entry("sink", 4),
            Map.entry("record", 5),
            Map.entry("integration", 6),
            Map.entry("store", 7),
            Map.entry("simulator", 8));

    @Test
    void roomsDependDownwardsOnly() throws IOException {
        var wrong = new ArrayList<String>();
        for (var file : files(MAIN, ".java")) {
            var room = MAIN.relativize(file).getName(0).toString();
            if (!DEPTH.containsKey(room)) {
                assertThat(room).as("a room that DEPTH does not name").isEqualTo("Outrider.java");
                continue;
            }
            var matcher = IMPORT.matcher(Files.readString(file));
            while (matcher.find()) {
                var used = matcher.group(1);
                if (!used.equals(room) && DEPTH.getOrDefault(used, -1) <= DEPTH.get(room)) {
                    wrong.add(file + " uses " + used);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void filesStayUnder400Lines() throws IOException {
        var long_ = new ArrayList<String>();
        for (var root : List.of(Path.of("src"), Path.of("routes"))) {
            for (var file : files(root, ".java", ".yaml", ".jslt")) {
                try (var lines = Files.lines(file)) {
                    if (lines.count() > 400) {
                        long_.add(file.toString());
                    }
                }
            }
        }
        assertThat(long_).isEmpty();
    }

    private static List<Path> files(Path root, String... endings) throws IOException {
        try (var all = Files.walk(root)) {
            // What others wrote is as long as it is.
            return all.filter(file -> !file.toString().contains("node_modules"))
                    .filter(file -> Stream.of(endings)
                            .anyMatch(ending -> file.toString().endsWith(ending)))
                    .toList();
        }
    }
}
