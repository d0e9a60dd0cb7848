package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.gzip;
import static dev.outrider.file.format.ScanFiles.read;
import static dev.outrider.file.format.ScanFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NexposeXmlReaderTest {
    private static final Path SAMPLE = Path.of("routes/nessus/test/sample-nexpose.xml");

    @TempDir
    Path dir;

    private static String report(String nodes, String definitions) {
        return "<NexposeReport version=\"2.0\"><nodes>" + nodes + "</nodes><VulnerabilityDefinitions>" + definitions
                + "</VulnerabilityDefinitions></NexposeReport>";
    }

    private static String node(String address, String... tests) {
        return "<node address=\"" + address + "\" status=\"alive\"><names/><tests>" + String.join("", tests)
                + "</tests><endpoints/></node>";
    }

    private static String test(String id, String inside) {
        return "<test id=\"" + id + "\" status=\"vulnerable-exploited\">" + inside + "</test>";
    }

    private static String definition(String id, String title) {
        return "<vulnerability id=\"" + id + "\" title=\"" + title + "\" severity=\"5\" cvssScore=\"5.0\"/>";
    }

    private static List<String> titles(Outcome scan) {
        return scan.findings().stream()
                .map(f -> f.path("plugin").path("name").asText())
                .toList();
    }

    @Test
    void joinsTestsWithDefinitionsThatComeLaterWhateverTheCaseOfTheirIds() throws IOException {
        Outcome scan = read(
                dir,
                report(
                        node("192.0.2.1", test("Hole-A", ""), test("hole-b", ""))
                                + node("192.0.2.2", test("HOLE-A", "")),
                        definition("hole-b", "B") + definition("HOLE-a", "A")));

        assertThat(scan.faults()).isEmpty();
        assertThat(titles(scan)).containsExactly("A", "B", "A");
        assertThat(scan.finding(2).path("host").path("dns").asText()).isEqualTo("192.0.2.2");
    }

    @Test
    void keepsATestThatNothingDefines() throws IOException {
        Outcome scan = read(dir, report(node("192.0.2.1", test("Hole-A", "")), ""));

        assertThat(titles(scan)).containsExactly("hole-a");
        assertThat(scan.finding(0).has("undefined")).isFalse();
        assertThat(scan.finding(0).has("severity")).isFalse();
    }

    @Test
    void saysOfAFileCutBeforeItsDefinitionsWhichTestsLackOne() throws IOException {
        String whole = report(
                node("192.0.2.1", test("hole-a", ""), test("hole-b", "")),
                definition("hole-a", "A") + definition("hole-b", "B"));
        Outcome cut = read(dir, whole.substring(0, whole.indexOf("id=\"hole-b\" title")));

        assertThat(cut.codes()).containsExactly("file.cut");
        assertThat(titles(cut)).containsExactly("A", "hole-b");
        assertThat(cut.findings())
                .extracting(f -> f.path("undefined").asBoolean())
                .containsExactly(false, true);
    }

    @Test
    void givesOnlyWholeItemsWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(SAMPLE);
        List<JsonNode> all = read(SAMPLE).items();
        int end = new String(whole, java.nio.charset.StandardCharsets.UTF_8)
                .stripTrailing()
                .length();
        for (int at = 60; at < end; at += 7) {
            Outcome cut = read(Files.write(dir.resolve("cut"), Arrays.copyOf(whole, at)));
            assertThat(cut.codes()).as("cut at %d", at).containsExactly("file.cut");
            assertThat(cut.items()).as("cut at %d", at).hasSizeLessThanOrEqualTo(all.size());
            for (int i = 0; i < cut.items().size(); i++) {
                assertThat(cut.items().get(i).path("port")).isEqualTo(all.get(i).path("port"));
                assertThat(cut.items().get(i).path("output"))
                        .isEqualTo(all.get(i).path("output"));
            }
        }
    }

    @Test
    void readsTheSameFromGzipAndZip() throws IOException {
        byte[] plain = Files.readAllBytes(SAMPLE);
        List<JsonNode> items = read(SAMPLE).items();

        assertThat(read(Files.write(dir.resolve("g"), gzip(plain))).items()).isEqualTo(items);
        assertThat(read(Files.write(dir.resolve("z"), zip("a.xml", plain))).items())
                .isEqualTo(items);
    }

    @Test
    void readsMoreDefinitionsThanItKeepsInMemoryAndLeavesNoFileBehind() throws IOException {
        int many = 3000;
        String tests =
                IntStream.range(0, many).mapToObj(i -> test("hole-" + i, "")).collect(Collectors.joining());
        String definitions = IntStream.range(0, many)
                .mapToObj(i -> definition("hole-" + i, "Hole " + i))
                .collect(Collectors.joining());
        Outcome scan = read(dir, report(node("192.0.2.1", tests), definitions));

        assertThat(titles(scan))
                .isEqualTo(IntStream.range(0, many).mapToObj(i -> "Hole " + i).toList());
        try (var left =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "outrider-*.definitions")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void givesTheFirstItemBeforeItHasReadTheWholeHost() throws IOException, ScanException {
        Path file = ScanFiles.write(
                dir, "scan", report(node("192.0.2.1", test("hole-a", "x"), "<test id=\"hole-a\" <broken"), ""));
        try (ScanReader reader = Formats.open(file, "scan", Limits.defaults(), null)) {
            assertThat(reader.next().path("type").asText()).isEqualTo("host");
            assertThat(reader.next().path("output").asText()).isEqualTo("x");
        }
    }

    @Test
    void tellsTheSimpleExportThatItSaysTooLittle() throws IOException {
        Outcome simple = read(dir, "<NeXposeSimpleXML version=\"1.0\"><devices/></NeXposeSimpleXML>");

        assertThat(simple.codes()).containsExactly("file.unknown_format");
        assertThat(simple.faults().get(0)).hasMessageContaining("XML Export 2.0");
    }

    @Test
    void readsTheLinesOfNestedMarkupAndCutsWhatIsTooLong() throws IOException {
        String markup = "<Paragraph>one\n  two<Paragraph>three</Paragraph></Paragraph>"
                + "<UnorderedList><ListItem>four <Preformatted>five</Preformatted> see <URLLink LinkURL=\"https://x.test\"/>.</ListItem></UnorderedList>";
        Path file = ScanFiles.write(dir, "scan", report(node("192.0.2.1", test("hole-a", markup)), ""));

        assertThat(read(file).finding(0).path("output").asText())
                .isEqualTo("one two\nthree\nfour\nfive\nsee https://x.test.");
        String longer = "<Paragraph>" + "long ".repeat(9000) + "</Paragraph>";
        ScanFiles.write(dir, "scan", report(node("192.0.2.1", test("hole-a", markup + longer)), ""));
        Outcome cut = read(file, Limits.defaults().withTextChars(20_000, 40_000));
        assertThat(cut.finding(0).path("output").asText())
                .startsWith("one two\nthree")
                .hasSize(20_000);
        assertThat(cut.repairs()).containsEntry(ScanReader.TEXT_CUT, 1L);
    }
}
