package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.host;
import static dev.outrider.file.format.ScanFiles.item;
import static dev.outrider.file.format.ScanFiles.nessus;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outrider.record.value.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a finding whose severity its scanner did not write, or wrote so that nobody can read it. */
class UnreadableSeverityTest {
    private static final String CSV = "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,"
            + "See Also,Plugin Output,Risk Factor,CVSS v3.0 Base Score\n";
    private static final String QUALYS = "IP,DNS,QID,Title,Vuln Status,Type,Severity,Port,Protocol,CVE ID,CVSS3 Base\n";

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"x", "9", "-1", "", " ", "3.0", "NaN"})
    void aScoreBeatsThePluginsWordInANessusFile(String unreadable) throws IOException {
        var scan = nessus(host(
                "192.0.2.7",
                unreadable(unreadable, "<cvss3_base_score>9.8</cvss3_base_score>", "<risk_factor>None</risk_factor>")));

        assertThat(codes(scan)).containsExactly("C");
        assertThat(ScanFiles.read(dir, scan).repairs()).containsEntry(Repairs.VALUE, 1L);
    }

    @Test
    void thePluginsWordDecidesWithoutAScore() throws IOException {
        assertThat(codes(nessus(host("192.0.2.7", unreadable("x", "<risk_factor>High</risk_factor>")))))
                .containsExactly("H");
        assertThat(codes(nessus(host("192.0.2.7", unreadable("x", "<risk_factor>None</risk_factor>")))))
                .as("it only informs, and says so")
                .containsExactly("informational");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "9", "-1", ""})
    void isARiskOfUnknownSeverityWhereNothingTells(String unreadable) throws IOException {
        assertThat(codes(nessus(host("192.0.2.7", unreadable(unreadable))))).containsExactly("I unknown");
    }

    @Test
    void isARiskOfUnknownSeverityWhereTheAttributeIsMissing() throws IOException {
        assertThat(codes(nessus(host("192.0.2.7", item(0, 3, 1).replace("severity=\"3\"", "")))))
                .containsExactly("I unknown");
    }

    @Test
    void keepsWhatNobodyCouldReadAsTheWordOfTheVendor() throws IOException {
        var risk = risks(nessus(host("192.0.2.7", unreadable("9")))).get(0);

        assertThat(risk.at("/severity/word").asText()).isEqualTo("9");
    }

    @Test
    void theSameHoldsForTheRowsOfATable() throws IOException {
        assertThat(codes(CSV
                        + "1,,,x,h,tcp,0,Scored,,,,,,None,9.8\n"
                        + "2,,,,h,tcp,0,Rated,,,,,,High,\n"
                        + "3,,,9,h,tcp,0,Untold,,,,,,,\n"
                        + "4,,,,h,tcp,0,Silent,,,,,,,\n"
                        + "5,,,None,h,tcp,0,Informs,,,,,,None,\n"))
                .containsExactly("C", "H", "I unknown", "I unknown", "informational");
    }

    @Test
    void andForThoseOfQualys() throws IOException {
        assertThat(codes(QUALYS
                        + "192.0.2.7,h.test,1,Scored,Active,Vuln,x,443,tcp,,8.1 (AV:N/AC:H)\n"
                        + "192.0.2.7,h.test,2,Untold,Active,Vuln,9,443,tcp,,\n"
                        + "192.0.2.7,h.test,3,Informs,Active,Ig,x,443,tcp,,\n"))
                .containsExactly("H", "I unknown", "informational");
    }

    @Test
    void andForTestsOfNexpose() throws IOException {
        assertThat(codes("<NexposeReport version=\"2.0\"><nodes><node address=\"192.0.2.7\" status=\"alive\"><tests>"
                        + "<test id=\"scored\" status=\"vulnerable-exploited\"/>"
                        + "<test id=\"untold\" status=\"vulnerable-exploited\"/></tests></node></nodes>"
                        + "<VulnerabilityDefinitions>"
                        + "<vulnerability id=\"scored\" title=\"Scored\" severity=\"x\" cvssScore=\"5.0\"/>"
                        + "<vulnerability id=\"untold\" title=\"Untold\" severity=\"11\"/>"
                        + "</VulnerabilityDefinitions></NexposeReport>"))
                .containsExactly("M", "I unknown");
    }

    private static String unreadable(String severity, String... children) {
        return item(0, 3, 1, children).replace("severity=\"3\"", "severity=\"" + severity + "\"");
    }

    /** What each finding becomes: the letter of its risk's severity, or why it is dropped. */
    private List<String> codes(String scan) throws IOException {
        var codes = new ArrayList<String>();
        for (var record : records(scan)) {
            switch (record.path("kind").asText()) {
                case "drop" -> codes.add(record.path("reason").asText());
                case "risk" -> {
                    var severity = Severity.of(record.path("severity"), MissingNode.getInstance());
                    codes.add(severity.code() + (severity.unknown() ? " unknown" : ""));
                }
                default -> {
                    // Hosts and ports are read as ever.
                }
            }
        }
        return codes;
    }

    private List<JsonNode> risks(String scan) throws IOException {
        return records(scan).stream()
                .filter(record -> record.path("kind").asText().equals("risk"))
                .toList();
    }

    private List<JsonNode> records(String scan) throws IOException {
        var outcome = ScanFiles.read(dir, scan);
        assertThat(outcome.faults()).isEmpty();
        return ScanFiles.records(outcome.findings());
    }
}
