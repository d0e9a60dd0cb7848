package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.capability.VendorRig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vendors' own clients list our simulators and find what our jobs collect. Needs node and {@code npm ci} in {@code src/test/npm}. */
class VendorClientTest {
    private static final Path SCRIPTS = Path.of("src", "test", "npm");
    private static final int LIMIT_SECS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"okta", "github"})
    void listsWhatTheJobCollects(String name) throws Exception {
        assumeTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules")),
                "vendors' own clients are not installed: run `npm ci` in " + SCRIPTS);
        try (var vendor = Simulator.start(Path.of("routes", name, "test", "simulator.yaml"));
                var rig = new VendorRig(folder, name, vendor.url(), vendor.secrets(), descriptor -> {})) {
            rig.with(vendor.settings());
            var listed = list(name, vendor);

            assertThat(listed.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(rig.streams());
            for (var stream : rig.streams()) {
                var run = rig.as(name + "-" + stream).collect(stream);
                assertThat(run.isPartial()).as(stream).isFalse();
                assertThat(run.counts().received())
                        .as(stream)
                        .isEqualTo(listed.path(stream).size());
                if (name.equals("okta")) {
                    assertThat(texts(listed.path(stream))).as(stream).containsAll(externalIds(rig));
                }
            }
        }
    }

    private JsonNode list(String name, Simulator vendor) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("node", name + ".mjs", vendor.url(), vendor.secrets().get("token")));
        vendor.settings().values().forEach(value -> command.add(value.toString()));
        var out = folder.resolve(name + ".json").toFile();
        var errors = folder.resolve(name + ".log").toFile();
        var process = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectOutput(out)
                .redirectError(errors)
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECS, TimeUnit.SECONDS))
                    .as("%s.mjs ends within %s s: %s", name, LIMIT_SECS, text(errors))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(text(errors)).isZero();
        return new ObjectMapper().readTree(out);
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath());
    }

    private static List<String> externalIds(VendorRig rig) {
        return rig.records().stream()
                .map(line -> line.at("/data/externalId").asText())
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private static List<String> texts(JsonNode ids) {
        var texts = new ArrayList<String>();
        ids.forEach(id -> texts.add(id.asText()));
        return texts;
    }
}
