package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.capability.VendorRig;
import dev.outrider.vendor.TestKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vendors' own clients list our simulators and find what our jobs collect. Needs node and {@code npm ci} in {@code src/test/npm}. */
class SimulatorClientsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPTS = Path.of("src", "test", "npm");
    private static final int LIMIT_SECS = 60;

    @TempDir
    Path folder;

    @BeforeAll
    static void clientsAreInstalled() {
        boolean installed = Files.isDirectory(SCRIPTS.resolve("node_modules"));
        var advice = "vendors' own clients are not installed: run `npm ci --prefix " + SCRIPTS + "`";
        if (Boolean.parseBoolean(System.getenv("OUTRIDER_REQUIRE_CLIENTS"))) {
            assertThat(installed).as(advice).isTrue();
        }
        assumeTrue(installed, advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"okta", "github", "stripe"})
    void listsWhatTheJobCollects(String name) throws Exception {
        try (var vendor = simulator(name)) {
            assertSameLists(name, vendor, vendor.secrets(), vendor.settings());
        }
    }

    @Test
    void signsInAsAGitHubAppAsOurJobDoes() throws Exception {
        try (var vendor = simulator("github")) {
            var settings = new HashMap<>(vendor.settings());
            settings.put("appId", 12);
            settings.put("installationId", 1);

            assertSameLists("github", vendor, Map.of("privateKey", TestKeys.privateKey()), settings);

            var signIns = vendor.asked().stream()
                    .filter(asked -> asked.target().endsWith("/access_tokens"))
                    .toList();
            assertThat(signIns).hasSizeGreaterThan(1).allSatisfy(asked -> {
                assertThat(asked.method()).isEqualTo("POST");
                assertThat(asked.status()).isEqualTo(201);
            });
            var theirs = jwt(signIns.get(0));
            var ours = jwt(signIns.get(signIns.size() - 1));
            assertThat(ours.get(0)).isEqualTo(theirs.get(0));
            assertThat(ours.get(1).fieldNames()).toIterable().containsExactlyInAnyOrder("iat", "exp", "iss");
            assertThat(theirs.get(1).fieldNames()).toIterable().containsExactlyInAnyOrder("iat", "exp", "iss");
            assertThat(ours.get(1).get("iss").asText())
                    .isEqualTo(theirs.get(1).get("iss").asText());
        }
    }

    private static Simulator simulator(String name) {
        return Simulator.start(Path.of("routes", name, "test", "simulator.yaml"));
    }

    private void assertSameLists(
            String name, Simulator vendor, Map<String, String> secrets, Map<String, Object> settings) throws Exception {
        try (var rig = new VendorRig(folder, name, vendor.url(), secrets, descriptor -> {})) {
            rig.with(settings);
            var listed = list(name, vendor.url(), secrets, settings);

            assertThat(listed.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(rig.streams());
            for (var stream : rig.streams()) {
                var run = rig.as(name + "-" + stream).collect(stream);
                assertThat(run.errors()).as(stream).isEmpty();
                assertThat(run.isPartial()).as(stream).isFalse();
                var theirs = texts(listed.path(stream));
                assertThat(run.counts().received()).as(stream).isEqualTo(theirs.size());
                // What an item belongs to, a repository or a charge, is a record as well.
                assertThat(externalIds(rig)).as(stream).containsAnyElementsOf(theirs);
            }
        }
    }

    /** What a vendor's own client finds in each stream: the items' ids. */
    private JsonNode list(String name, String url, Map<String, String> secrets, Map<String, Object> settings)
            throws IOException, InterruptedException {
        var out = folder.resolve(name + ".json").toFile();
        var errors = folder.resolve(name + ".log").toFile();
        var process = new ProcessBuilder(
                        "node", name + ".mjs", url, JSON.writeValueAsString(secrets), JSON.writeValueAsString(settings))
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
        return JSON.readTree(out);
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath());
    }

    /** Header and claims of the token that a request was signed in with. */
    private static List<JsonNode> jwt(Simulator.Asked asked) throws IOException {
        var token = asked.headers().get("Authorization").get(0).split(" ")[1].split("\\.");
        var parts = new ArrayList<JsonNode>();
        for (int part = 0; part < 2; part++) {
            parts.add(JSON.readTree(Base64.getUrlDecoder().decode(token[part])));
        }
        return parts;
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
