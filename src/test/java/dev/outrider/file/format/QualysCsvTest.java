package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualysCsvTest {
    private static final String COLUMNS =
            "\"IP\",\"DNS\",\"QID\",\"Title\",\"Vuln Status\",\"Type\",\"Severity\",\"Port\","
                    + "\"Protocol\",\"First Detected\",\"CVE ID\",\"CVSS3 Base\",\"Results\"\n";

    @TempDir
    Path dir;

    @Test
    void findsTheColumnsBehindThePreambleAndReadsWordedDatesAndGuardedCells() throws IOException {
        Outcome scan = read(
                dir,
                "\"Asset Vuln Datalist Report\"\n\"Acme, Inc.\",\"user\"\n\n\"Made\",\"Feb 04, 2026\"\n"
                        + COLUMNS
                        + "\"192.0.2.7\",\"No registered hostname\",\"7\",\"Hole\",\"Active\",\"Vuln\",\"4\",\"'-\",\"'-\","
                        + "\"Feb 03, 2026 07:00 PM\",\"CVE-2024-0001, CVE-2024-0002\",\"8.1 (AV:N/AC:H)\",\"two\nlines\"\n");

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.hosts().get(0).path("dns").asText()).isEqualTo("192.0.2.7");
        var finding = scan.finding(0);
        assertThat(finding.path("plugin").path("id").asText()).isEqualTo("7");
        assertThat(finding.path("port").intValue()).isZero();
        assertThat(finding.path("severity").intValue()).isEqualTo(3);
        assertThat(finding.path("firstFound").longValue()).isEqualTo(1770145200L);
        assertThat(finding.path("cves")).hasSize(2);
        assertThat(finding.path("cvss3").path("score").doubleValue()).isEqualTo(8.1);
        assertThat(finding.path("output").asText()).isEqualTo("two\nlines");
    }

    @Test
    void tellsWhatInformsAndWhatIsFixedFromWhatIsOpen() throws IOException {
        Outcome scan = read(
                dir,
                COLUMNS
                        + "192.0.2.7,h.test,1,Open,Active,Practice,1,443,tcp,,,,\n"
                        + "192.0.2.7,h.test,2,Seen,,Ig,5,443,tcp,,,,\n"
                        + "192.0.2.7,h.test,3,Done,Fixed,Vuln,5,444,tcp,,,,x\n");

        assertThat(scan.findings().stream().map(f -> f.path("severity").intValue()))
                .containsExactly(1, 0, 4);
        assertThat(scan.finding(2).path("state").asText()).isEqualTo("FIXED");
        assertThat(scan.finding(2).path("newPort").booleanValue()).isFalse();
    }
}
