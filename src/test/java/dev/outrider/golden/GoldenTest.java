package dev.outrider.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden tests that stand beside the routes: {@code routes/<class>/test/golden/*.yaml}. Given a vendor's replies, the requests and the
 * records are as written. {@code -Droute=<class>} runs those of one class, {@code -Dgolden.update=users} writes what came
 * out as expected into the files of that name, {@code all} into all.
 */
class GoldenTest {
    private static final Path ROUTES = Path.of("routes");
    private static final String UPDATE = System.getProperty("golden.update");
    private static final List<String> VOLATILE = List.of("visited", "ttl", "provenance", "contentDigest");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES));

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @AfterAll
    static void stop() throws Exception {
        for (var resource : OPEN) {
            resource.close();
        }
    }

    @TestFactory
    List<DynamicTest> asWritten() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var wanted = System.getProperty("route");
        for (var classFolder : list(ROUTES)) {
            var name = classFolder.getFileName().toString();
            var golden = list(classFolder.resolve("test").resolve("golden"));
            if (golden.isEmpty() || wanted != null && !wanted.equals(name)) {
                continue;
            }
            var vendor = new ScriptedVendor();
            OPEN.add(vendor);
            var data = Files.createDirectories(folder.resolve(name));
            var rig = new VendorRig(data, name, vendor.url(), Map.of(), descriptor -> descriptor
                    .getHttp()
                    .getRetry()
                    .setBackoffSecs(0));
            OPEN.add(rig);
            golden.forEach(file -> tests.add(DynamicTest.dynamicTest(
                    name + "/" + file.getFileName(), file.toUri(), () -> check(rig, vendor, file))));
        }
        return tests;
    }

    private static void check(VendorRig rig, ScriptedVendor vendor, Path file) throws Exception {
        var test = (ObjectNode) YAML.readTree(Files.readString(file));
        var secrets = new java.util.HashMap<String, String>();
        test.path("secrets")
                .fields()
                .forEachRemaining(
                        secret -> secrets.put(secret.getKey(), secret.getValue().asText()));
        var settings = test.path("settings").isObject()
                ? (ObjectNode) YAML.readTree(test.get("settings").toString().replace("{url}", vendor.url()))
                : JsonNodeFactory.instance.objectNode();
        settings.put("url", vendor.url());
        rig.as(file.getFileName().toString().replace(".yaml", ""), settings, secrets);
        vendor.play(test.path("exchanges"));

        var outcome = outcome(rig, test, vendor.url());

        assertThat(vendor.differences()).as(file + ": requests").isEmpty();
        if (UPDATE != null
                && (UPDATE.equals("all")
                        || UPDATE.equals("empty") && test.path("expect").isEmpty()
                        || file.toString().contains(UPDATE))) {
            test.set("expect", outcome);
            Files.writeString(file, head(file) + YAML.writeValueAsString(test));
            return;
        }
        var differences = new ArrayList<String>();
        compare("expect", test.path("expect"), outcome, differences);
        assertThat(differences).as(file + ": outcome").isEmpty();
    }

    private static ObjectNode outcome(VendorRig rig, ObjectNode test, String url) throws Exception {
        var outcome = JsonNodeFactory.instance.objectNode();
        switch (test.path("run").asText("stream")) {
            case "validate" -> {
                var checks = outcome.putArray("checks");
                rig.validate().all().forEach(check -> checks.addObject()
                        .put("stream", check.stream())
                        .put("ok", check.ok())
                        .put("detail", check.detail().replaceAll("127\\.0\\.0\\.1(:\\d+)?", "{host}")));
            }
            case "affiliation" -> {
                try {
                    outcome.put(
                            "affiliated", rig.affiliated(test.path("externalId").asText()));
                } catch (RunException e) {
                    outcome.put("error", e.error().code());
                }
            }
            default -> {
                var stream = test.path("stream").asText();
                if (test.hasNonNull("cursor")) {
                    rig.cursor(
                            stream, YAML.readTree(test.get("cursor").toString().replace("{url}", url)));
                }
                var run = rig.collect(stream, test.path("full").asBoolean(), () -> false);
                outcome.put("complete", !run.isPartial());
                outcome.put("received", run.counts().received());
                outcome.put("emitted", run.counts().emitted());
                outcome.put("dropped", run.counts().dropped());
                outcome.put("failed", run.counts().failed());
                outcome.set("reasons", YAML.valueToTree(run.counts().reasons()));
                var errors = outcome.putArray("errors");
                run.errors().forEach(error -> errors.add(error.code()));
                var records = outcome.putArray("records");
                rig.records().forEach(line -> records.add(lasting((ObjectNode) line.path("data"))));
            }
        }
        return outcome;
    }

    /** Without what each run says anew: a time of creation is the run's own where the vendor tells none. */
    private static ObjectNode lasting(ObjectNode data) {
        var created = data.path("created").asText("");
        if (!created.isEmpty() && Instant.parse(created).isAfter(Instant.now().minus(Duration.ofMinutes(10)))) {
            data.remove("created");
        }
        return data.remove(VOLATILE);
    }

    /** What is written must be there; a record may hold more than is written of it, a list may not. */
    private static void compare(String at, JsonNode expected, JsonNode actual, List<String> differences) {
        if (expected.isObject()) {
            expected.fields()
                    .forEachRemaining(field -> compare(
                            at + "." + field.getKey(), field.getValue(), actual.path(field.getKey()), differences));
        } else if (expected.isArray()) {
            if (expected.size() != actual.size()) {
                differences.add(at + ": " + actual.size() + " where " + expected.size() + " were due: " + actual);
                return;
            }
            for (int n = 0; n < expected.size(); n++) {
                compare(at + "[" + n + "]", expected.get(n), actual.path(n), differences);
            }
        } else if (!expected.asText().equals(actual.asText()) || actual.isContainerNode()) {
            differences.add(at + ": " + actual + " where " + expected + " was due");
        }
    }

    /** The comment that a file begins with, which a parser would lose. */
    private static String head(Path file) throws IOException {
        return Files.readString(file)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
