package dev.outrider.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applies {@code routes/nessus/item.jslt} to what the readers make of {@code routes/nessus/test/*}. */
class NessusMappingTest {
    private static final Path ROUTE = Path.of("routes/nessus");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(ROUTE.resolve("test"))) {
            return files.filter(f -> !f.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void mapsASampleToTheRecordsBesideIt(Path sample) throws IOException {
        ArrayNode mapped = JSON.createArrayNode();
        ScanFiles.read(sample).items().forEach(item -> mapped.add(ScanFiles.MAPPING.apply(item)));
        Path expected = sample.resolveSibling(sample.getFileName() + ".expected.json");

        assertThat(JSON.readTree(mapped.toString()).toPrettyString())
                .isEqualTo(JSON.readTree(expected.toFile()).toPrettyString());
    }

    private List<JsonNode> records(String scan) throws IOException {
        return ScanFiles.records(ScanFiles.read(dir, scan).items());
    }

    private static List<JsonNode> ofKind(List<JsonNode> records, String kind) {
        return records.stream()
                .filter(r -> r.path("kind").asText().equals(kind))
                .toList();
    }

    @Test
    void refersToAssetsAndPortsExactlyAsItEmitsThem() throws IOException {
        List<JsonNode> records = records(Files.readString(ROUTE.resolve("test/sample.nessus")));

        List<String> assets = ofKind(records, "asset").stream()
                .map(a -> a.path("dns") + "/" + a.path("name"))
                .toList();
        List<JsonNode> references = Stream.of("parent", "target")
                .flatMap(field -> records.stream().map(r -> r.path(field)))
                .map(r -> r.path("kind").asText().equals("port") ? r.path("parent") : r)
                .filter(r -> r.path("kind").asText().equals("asset"))
                .toList();
        assertThat(references).isNotEmpty().allSatisfy(r -> assertThat(assets)
                .contains(r.path("dns") + "/" + r.path("name")));
        List<String> ports = ofKind(records, "port").stream()
                .map(p -> p.path("protocol") + "/" + p.path("port") + "/" + p.path("parent"))
                .toList();
        assertThat(ports).doesNotHaveDuplicates();
        assertThat(records.stream()
                        .map(r -> r.path("target"))
                        .filter(t -> t.path("kind").asText().equals("port"))
                        .map(p -> p.path("protocol") + "/" + p.path("port") + "/" + p.path("parent")))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(ports).contains(p));
    }

    @Test
    void givesNoRecordButAReasonWhereNoneIsDue() throws IOException {
        List<JsonNode> records = records(Files.readString(ROUTE.resolve("test/sample.csv")));

        assertThat(ofKind(records, "drop").stream().map(r -> r.path("reason").asText()))
                .containsExactly("fixed", "accepted", "informational");
        assertThat(ofKind(records, "risk")).hasSize(1);
    }

    @Test
    void neverGivesNullInAList() throws IOException {
        for (Path sample : samples().toList()) {
            for (JsonNode item : ScanFiles.read(sample).items()) {
                JsonNode mapped = ScanFiles.MAPPING.apply(item);
                assertThat(StreamSupport.stream(mapped.spliterator(), false)).noneMatch(JsonNode::isNull);
                assertThat(mapped.isNull()).isFalse();
            }
        }
    }

    @Test
    void hangsARiskOfAnotherProtocolOnTheHost() throws IOException {
        List<JsonNode> records = records(ScanFiles.nessus(ScanFiles.host(
                "192.0.2.7", ScanFiles.item(0, 1, 10114).replace("protocol=\"tcp\"", "protocol=\"icmp\""))));

        JsonNode risk = ofKind(records, "risk").get(0);
        assertThat(risk.path("target").path("kind").asText()).isEqualTo("asset");
        assertThat(risk.has("proof")).isFalse();
        assertThat(ofKind(records, "port")).isEmpty();
    }
}
