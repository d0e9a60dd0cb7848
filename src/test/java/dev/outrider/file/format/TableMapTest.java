package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.gzip;
import static dev.outrider.file.format.ScanFiles.utf8;
import static dev.outrider.file.format.ScanFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.schibsted.spt.data.jslt.Parser;
import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and JSON of any maker, read by the map in an integration's settings. */
class TableMapTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "{\"columns\":{\"ip\":\"IP Address\",\"dns\":\"Host?\",\"port\":\"Port\","
            + "\"title\":\"Finding\",\"severity\":\"Sev\",\"cve\":\"CVEs?\"}";

    @TempDir
    Path dir;

    private Outcome read(String settings, byte[] content) throws IOException {
        Path file = Files.write(dir.resolve("table"), content);
        return ScanFiles.read(file, Limits.defaults(), TableMap.of(JSON.readTree(settings)));
    }

    private Outcome read(String settings, String content) throws IOException {
        return read(settings, utf8(content));
    }

    private static List<String> titles(Outcome scan) {
        return scan.findings().stream()
                .map(f -> f.path("plugin").path("name").asText())
                .toList();
    }

    @Test
    void makesTheSameRecordsOfCsvJsonAndNdjson() throws IOException {
        String one =
                "{\"a\":\"192.0.2.7\",\"p\":443,\"t\":\"Weak\",\"s\":\"High\",\"c\":[\"CVE-2024-0001\",\"CVE-2024-0002\"],"
                        + "\"o\":\"seen\"}";
        String two = "{\"a\":\"192.0.2.8\",\"p\":53,\"t\":null,\"x\":1}";
        String map =
                "{\"columns\":{\"ip\":\"a\",\"port\":\"p\",\"title\":\"t\",\"severity\":\"s\",\"cve\":\"c\",\"output\":\"o\"}}";
        Outcome csv = read(
                map, "a,p,t,s,c,o\n192.0.2.7,443,Weak,High,\"CVE-2024-0001, CVE-2024-0002\",seen\n192.0.2.8,53,,,,\n");

        assertThat(csv.faults()).isEmpty();
        assertThat(csv.hosts()).extracting(h -> h.path("dns").asText()).containsExactly("192.0.2.7", "192.0.2.8");
        assertThat(read(map, one + "\n" + two + "\n").items()).isEqualTo(csv.items());
        assertThat(read(map, "[" + one + ",\n " + two + "]").items()).isEqualTo(csv.items());
        String nested = map.replaceFirst("\\{", "{\"items\":\"/data/rows\",");
        assertThat(read(
                                nested,
                                "{\"meta\":{\"rows\":[1]},\"data\":{\"n\":2,\"rows\":[" + one + "," + two
                                        + "]},\"end\":[[]]}")
                        .items())
                .isEqualTo(csv.items());
        var records = new ArrayList<JsonNode>();
        var mapping = Parser.compile(Path.of("routes/nessus/item.jslt").toFile());
        csv.items().forEach(item -> mapping.apply(item).forEach(records::add));
        assertThat(records)
                .extracting(r -> r.path("kind").asText())
                .containsExactly("asset", "port", "risk", "asset", "port");
        assertThat(records.get(2).path("name").asText()).isEqualTo("Weak");
        assertThat(records.get(2).path("severity").path("rank").intValue()).isEqualTo(3);
        assertThat(records.get(2).path("cves")).hasSize(2);
        assertThat(records.get(2).path("target").path("port").intValue()).isEqualTo(443);
    }

    @Test
    void namesTheColumnThatIsMissingAndThoseThatAreThere() throws IOException {
        Outcome csv = read(COLUMNS + "}", "IP Adress,Port,Finding,Sev\n192.0.2.7,443,Weak,High\n");
        Outcome json = read(COLUMNS + "}", "[{\"IP Adress\":\"192.0.2.7\",\"Port\":1,\"Finding\":\"x\",\"Sev\":1}]");

        for (Outcome wrong : List.of(csv, json)) {
            assertThat(wrong.codes()).containsExactly("file.columns");
            assertThat(wrong.items()).isEmpty();
            assertThat(wrong.faults().get(0))
                    .hasMessageContaining("'IP Address' (columns.ip)")
                    .hasMessageContaining("it has: IP Adress, Port, Finding, Sev")
                    .hasMessageNotContaining("CVEs");
        }
    }

    @Test
    void takesTheFirstOfSeveralColumnsThatHasAValue() throws IOException {
        String map = "{\"columns\":{\"host\":[\"Name\",\"Address\"],\"title\":\"T\"}}";
        Outcome scan = read(map, "Address,Name,T\n192.0.2.7,web.test,A\n192.0.2.8,,B\n");

        assertThat(scan.hosts()).extracting(h -> h.path("dns").asText()).containsExactly("web.test", "192.0.2.8");
        assertThat(read(map, "Address,T\n192.0.2.7,A\n").faults()).isEmpty();
    }

    @Test
    void readsEncodingsByteOrderMarksAndDelimiters() throws IOException {
        String table =
                "Bericht f\u00fcr M\u00fcnchen\nIP Address;Port;Finding;Sev\n192.0.2.7;443;Gr\u00f6\u00dfe;High\n";
        byte[] bom = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        byte[] utf8 = utf8(table);
        byte[] marked = new byte[bom.length + utf8.length];
        System.arraycopy(bom, 0, marked, 0, 3);
        System.arraycopy(utf8, 0, marked, 3, utf8.length);
        String latin = COLUMNS + ",\"encoding\":\"windows-1252\"}";

        assertThat(titles(read(COLUMNS + "}", utf8))).containsExactly("Gr\u00f6\u00dfe");
        assertThat(titles(read(COLUMNS + "}", marked))).containsExactly("Gr\u00f6\u00dfe");
        assertThat(titles(read(COLUMNS + "}", ("\uFEFF" + table).getBytes(StandardCharsets.UTF_16LE))))
                .containsExactly("Gr\u00f6\u00dfe");
        assertThat(titles(read(latin, table.getBytes(Charset.forName("windows-1252")))))
                .containsExactly("Gr\u00f6\u00dfe");
        assertThat(titles(read(latin, marked)))
                .as("a mark is worth more than a setting")
                .containsExactly("Gr\u00f6\u00dfe");
        assertThat(titles(read(COLUMNS + ",\"delimiter\":\"~\"}", table.replace(';', '~'))))
                .hasSize(1);
        assertThat(titles(read(COLUMNS + "}", table.replace(';', '\t')))).hasSize(1);
    }

    @Test
    void readsTheMakersOwnWordsForSeverityAndState() throws IOException {
        String map =
                "{\"columns\":{\"ip\":\"ip\",\"title\":\"t\",\"severity\":\"s\",\"state\":\"st\",\"cvss3\":\"c?\"},"
                        + "\"severities\":{\"P1\":\"critical\",\"5\":\"critical\"}}";
        Outcome scan = read(
                map,
                "ip,t,s,st\n192.0.2.7,A,p1,open\n192.0.2.7,B,5,Resolved\n192.0.2.7,C,Urgent,false positive\n192.0.2.7,D,,\n");

        assertThat(scan.findings())
                .extracting(f -> f.path("severity").asInt(-1))
                .containsExactly(4, 4, -1, -1);
        assertThat(scan.finding(1).path("state").asText()).isEqualTo("FIXED");
        assertThat(scan.finding(2).path("riskModified").asText()).isEqualTo("ACCEPTED");
        assertThat(scan.finding(2).path("riskFactor").asText()).isEqualTo("Urgent");
    }

    @Test
    void findsFieldsDeepInJson() throws IOException {
        String map =
                "{\"columns\":{\"ip\":\"/asset/addresses/0\",\"title\":\"/check/name\",\"cve\":\"/check/refs/*/id\","
                        + "\"port\":\"port\"}}";
        Outcome scan = read(
                map,
                "{\"asset\":{\"addresses\":[\"192.0.2.7\",\"192.0.2.8\"]},\"port\":\"443/udp\",\"check\":{\"name\":\"Weak\","
                        + "\"refs\":[{\"id\":\"CVE-2024-0001\"},{\"url\":\"x\"},{\"id\":\"CVE-2024-0002\"}]}}");

        assertThat(scan.finding(0).path("cves")).hasSize(2);
        assertThat(scan.finding(0).path("protocol").asText()).isEqualTo("udp");
        assertThat(scan.finding(0).path("port").intValue()).isEqualTo(443);
    }

    @Test
    void passesOverARowThatDoesNotFitAndGoesOn() throws IOException {
        String map = COLUMNS + "}";
        String good = "{\"IP Address\":\"192.0.2.7\",\"Port\":1,\"Finding\":\"A\",\"Sev\":\"low\"}";
        Outcome json = read(map, "[17," + good + ",{\"Finding\":\"nowhere\"}," + good.replace("\"A\"", "\"B\"") + "]");
        Outcome csv = read(map, "IP Address,Port,Finding,Sev\n192.0.2.7,1,A\n,1,nowhere,low\n192.0.2.7,1,B,low,more\n");

        assertThat(json.codes()).containsExactly("file.json_item", "file.json_item");
        assertThat(json.faults().get(0)).hasMessageContaining("item 1: the row is no object, but of type number");
        assertThat(titles(json)).containsExactly("A", "B");
        assertThat(csv.codes()).containsExactly("file.csv_row", "file.csv_row");
        assertThat(titles(csv)).containsExactly("A");
    }

    @Test
    void givesTheItemsBeforeACutOrABrokenPlace() throws IOException {
        String good = "{\"IP Address\":\"192.0.2.7\",\"Port\":1,\"Finding\":\"A\",\"Sev\":\"low\"}\n";
        Outcome cut = read(COLUMNS + "}", good + good.replace("\"A\"", "\"B\"").substring(0, 30));
        Outcome broken = read(COLUMNS + "}", good + "{oops}\n" + good);

        assertThat(cut.codes()).containsExactly("file.cut");
        assertThat(titles(cut)).containsExactly("A");
        assertThat(broken.codes()).containsExactly("file.malformed");
        assertThat(broken.faults().get(0)).hasMessageContaining("line 2");
        assertThat(titles(broken)).containsExactly("A");
    }

    @Test
    void saysInWhichLineAnArchiveThatWasCutEnds() throws IOException {
        var noise = new Random(7);
        var csv = new StringBuilder("IP Address,Port,Finding,Sev\n");
        var json = new StringBuilder();
        for (int row = 0; row < 3000; row++) {
            var title = Long.toHexString(noise.nextLong());
            csv.append("192.0.2.7,1,").append(title).append(",low\n");
            json.append("{\"IP Address\":\"192.0.2.7\",\"Port\":1,\"Finding\":\"")
                    .append(title)
                    .append("\",\"Sev\":\"low\"}\n");
        }

        for (var table : List.of(csv, json)) {
            var whole = gzip(utf8(table.toString()));
            var cut = read(COLUMNS + "}", Arrays.copyOf(whole, whole.length - 10_000));

            int rows = titles(cut).size();
            assertThat(rows).isBetween(1000, 2999);
            assertThat(cut.codes()).containsExactly("file.cut");
            assertThat(cut.faults().get(0)).hasMessageContaining(": line " + (rows + (table == csv ? 2 : 1)));
        }
    }

    @Test
    void tellsAListThatEndsBetweenItsItemsFromOneThatIsBroken() throws IOException {
        var good = "{\"IP Address\":\"192.0.2.7\",\"Port\":1,\"Finding\":\"A\",\"Sev\":\"low\"}";

        for (var end : List.of("", ",", ", ", "]")) {
            var cut = read(COLUMNS + ", \"items\": \"/list\"}", "{\"list\": [" + good + end);

            assertThat(cut.codes()).as("ends with '%s'", end).containsExactly("file.cut");
            assertThat(titles(cut)).containsExactly("A");
        }
        assertThat(read(COLUMNS + ", \"items\": \"/list\"}", "{\"list\": [" + good + "}")
                        .codes())
                .containsExactly("file.malformed");
    }

    @Test
    void saysWhereTheListOfItemsIsNot() throws IOException {
        String map = COLUMNS + ",\"items\":\"/data/results\"}";

        assertThat(read(map, "{\"data\":{\"rows\":[],\"total\":0}}").faults().get(0))
                .hasMessageContaining("no list at /data/results")
                .hasMessageContaining("there are: rows, total");
        assertThat(read(map, "{\"data\":{\"results\":{}}}").codes()).containsExactly("file.columns");
        assertThat(read(map, "{\"data\":{\"results\":[]}}").faults()).isEmpty();
    }

    @Test
    void refusesAnItemThatNeverEnds() throws IOException {
        String endless = "[{\"IP Address\":[" + "\"x\",".repeat(4_000_000) + "\"x\"]}]";

        assertThat(read(COLUMNS + "}", endless).codes()).containsExactly("file.too_large");
        assertThat(read(COLUMNS + "}", "[".repeat(200)).codes()).containsExactly("file.too_large");
    }

    @Test
    void readsArchivesOfTablesAndStillTellsXmlByItsContent() throws IOException {
        String table = "IP Address,Port,Finding,Sev\n192.0.2.7,443,Weak,High\n";

        assertThat(titles(read(COLUMNS + "}", gzip(utf8(table))))).containsExactly("Weak");
        assertThat(titles(read(
                        COLUMNS + "}",
                        zip(
                                "a.csv",
                                table,
                                "b.nessus",
                                ScanFiles.nessus(ScanFiles.host("192.0.2.9", ScanFiles.item(80, 1, 7)))))))
                .containsExactly("Weak", "Example 7");
    }

    @Test
    void refusesAFieldThatDoesNotExist() throws IOException {
        var wrong = JSON.readTree("{\"columns\":{\"adress\":\"IP\"}}");

        assertThatThrownBy(() -> TableMap.of(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns.adress");
        assertThat(TableMap.of(JSON.readTree("{\"folder\":\"/srv\"}"))).isNull();
    }
}
