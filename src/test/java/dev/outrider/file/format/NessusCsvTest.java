package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NessusCsvTest {
    private static final String A =
            "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n";

    @TempDir
    Path dir;

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void mergesTheRowsOfOneFindingAlsoWhenOthersComeBetween() throws IOException {
        Outcome scan = read(
                dir,
                A
                        + "7,CVE-2024-0001,7.5,High,192.0.2.7,tcp,443,N,S,D,n/a,https://a.test,out\n"
                        + "8,CVE-2024-0009,2.5,Low,192.0.2.7,tcp,443,M,S,D,F,,\n"
                        + "7,cve-2024-12345,7.5,High,192.0.2.7,tcp,443,N,S,D,n/a,https://a.test,out\n"
                        + "7,CVE-2024-0001,7.5,High,192.0.2.8,tcp,443,N,S,D,n/a,https://a.test,out\n"
                        + "7,CVE-2024-0001,7.5,High,192.0.2.7,tcp,443,N,S,D,n/a,https://a.test,out\n");

        assertThat(scan.hosts()).hasSize(2);
        assertThat(scan.findings()).hasSize(3);
        assertThat(texts(scan.finding(0).path("cves"))).containsExactly("CVE-2024-0001", "CVE-2024-12345");
        assertThat(scan.findings().stream().map(f -> f.path("newPort").booleanValue()))
                .containsExactly(true, false, true);
        assertThat(scan.finding(0).path("severity").intValue()).isEqualTo(3);
        assertThat(scan.finding(0).has("solution")).isFalse();
        assertThat(scan.items().stream().map(i -> i.path("type").asText()))
                .containsExactly("host", "finding", "finding", "host", "finding");
    }

    @Test
    void keepsFindingsApartWhoseOutputDiffers() throws IOException {
        Outcome scan = read(
                dir,
                A + "22964,,,None,h,tcp,443,Service,,,,,a web server\n22964,,,None,h,tcp,443,Service,,,,,TLS 1.2\n");

        assertThat(scan.findings().stream().map(f -> f.path("occurrence").intValue()))
                .containsExactly(1, 2);
        assertThat(scan.findings()).allMatch(f -> f.path("severity").intValue() == 0);
    }

    @Test
    void readsNessusWithAllColumns() throws IOException {
        JsonNode finding = read(
                        dir,
                        A.strip().replace("CVSS,", "CVSS v2.0 Base Score,")
                                + ",STIG Severity,CVSS v4.0 Base Score,CVSS v4.0 Base+Threat Score,CVSS v3.0 Base Score,"
                                + "CVSS v2.0 Temporal Score,CVSS v3.0 Temporal Score,VPR Score,EPSS Score,Risk Factor,BID,XREF,MSKB,"
                                + "Plugin Publication Date,Plugin Modification Date,Metasploit,Core Impact,CANVAS\r\n"
                                + "7,CVE-2024-0001,50,Critical,h,TCP,443,N,S,\"D \"\"quoted\"\"\nline 2\",F,\"https://a.test\nhttps://b.test\","
                                + "\"'\n+out\",II,9.3,,9.8,3.9,8.5,6.7,3833,High,\"1,2\",\"CWE:79,IAVA:2024-A-1\",,23/11/2009,2021/01/02,true,,\r\n")
                .finding(0);

        assertThat(finding.path("severity").intValue()).isEqualTo(4);
        assertThat(finding.path("riskFactor").textValue()).isEqualTo("High");
        assertThat(finding.path("protocol").textValue()).isEqualTo("tcp");
        assertThat(finding.has("cvss2")).as("the score 50 is left out").isTrue();
        assertThat(finding.path("cvss2").toString()).isEqualTo("{\"temporalScore\":3.9}");
        assertThat(finding.path("cvss3").toString()).isEqualTo("{\"score\":9.8,\"temporalScore\":8.5}");
        assertThat(finding.path("cvss4").path("score").doubleValue()).isEqualTo(9.3);
        assertThat(finding.has("epss")).isFalse();
        assertThat(finding.path("description").textValue()).isEqualTo("D \"quoted\"\nline 2");
        assertThat(finding.path("output").textValue()).isEqualTo("+out");
        assertThat(texts(finding.path("seeAlso"))).containsExactly("https://a.test", "https://b.test");
        assertThat(texts(finding.path("xrefs"))).containsExactly("CWE:79", "IAVA:2024-A-1");
        assertThat(texts(finding.path("cwes"))).containsExactly("CWE-79");
        assertThat(texts(finding.path("bids"))).containsExactly("1", "2");
        assertThat(finding.path("pluginPublished").textValue()).isEqualTo("2009-11-23");
        assertThat(finding.path("pluginModified").textValue()).isEqualTo("2021-01-02");
        assertThat(texts(finding.path("exploitFrameworks"))).containsExactly("metasploit");
    }

    @Test
    void countsScoresThatASpreadsheetDamaged() throws IOException {
        Outcome scan = read(dir, A + "7,,50,High,h,tcp,443,N,,,,,\n8,,75,High,h,tcp,443,N,,,,,\n");

        assertThat(scan.repairs()).containsEntry(Repairs.SCORE, 2L);
    }

    @Test
    void readsTenableWithTwoColumnsWithoutName() throws IOException {
        Outcome scan = read(
                dir,
                A.strip() + ",,Vulnerability State,IP Address,FQDN,NetBios,OS,,Plugin Family,CVSS3 Base Score,"
                        + "Host Start,Host End,Vulnerability Priority Rating (VPR),First Found,Last Found,Risk Factor,Severity,Modification,Service\n"
                        + "7,CVE-2024-0001,6.8,High,web,TCP,0,N,S,D,F,,out,,Active,192.0.2.7,WEB.example.test.,WEB,Linux,,Local,7.8,"
                        + "2023-06-08T01:07:18.371Z,2023-06-08T01:58:56.166Z,null,2023-06-08T01:58:56.166Z,2023-06-09T01:58:56.166Z,Medium,3,NONE,www\n");

        JsonNode host = scan.hosts().get(0);
        assertThat(host.path("name").textValue()).isEqualTo("web");
        assertThat(host.path("dns").textValue()).isEqualTo("web.example.test");
        assertThat(host.path("address").textValue()).isEqualTo("192.0.2.7");
        assertThat(host.path("end").longValue()).isEqualTo(1_686_189_536L);
        JsonNode finding = scan.finding(0);
        assertThat(finding.path("state").textValue()).isEqualTo("ACTIVE");
        assertThat(finding.has("vpr")).isFalse();
        assertThat(finding.path("severity").intValue()).isEqualTo(3);
        assertThat(finding.path("lastFound").longValue()).isEqualTo(1_686_275_936L);
        assertThat(finding.path("service").textValue()).isEqualTo("www");
        assertThat(scan.repairs()).isEmpty();
    }

    @Test
    void readsTenableScWithManyCvesInACell() throws IOException {
        Outcome scan = read(
                dir,
                "\"Plugin\",\"Plugin Name\",\"Family\",\"Severity\",\"IP Address\",\"Protocol\",\"Port\",\"Exploit?\","
                        + "\"Repository\",\"MAC Address\",\"DNS Name\",\"NetBIOS Name\",\"Plugin Text\",\"Steps to Remediate\",\"CVSS V3 Base Score\","
                        + "\"CVSS V3 Vector\",\"CVE\",\"BID\",\"Cross References\",\"Last Observed\"\n"
                        + "\"7\",\"N\",\"General\",\"Medium\",\"192.0.2.7\",\"TCP\",\"443\",\"Yes\",\"Repo\",\"02:00:00:00:00:01\",\"web.test\",\"\","
                        + "\"Plugin Output: \nweak\",\"Fix\",\"7.5\",\"AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N\",\"CVE-2004-2761,CVE-2005-4900\","
                        + "\"1,184,933\",\"CERT #836068,CWE #310\",\"Feb 9, 2024 10:48:42 UTC\"\n"
                        + ",,,,,,,,,,,,,,,,,,,\n".repeat(3));

        assertThat(scan.items()).hasSize(2);
        assertThat(scan.faults()).isEmpty();
        JsonNode finding = scan.finding(0);
        assertThat(texts(finding.path("cves"))).containsExactly("CVE-2004-2761", "CVE-2005-4900");
        assertThat(finding.path("cvss3").path("vector").textValue()).startsWith("CVSS:3.0/AV:N");
        assertThat(finding.path("output").textValue()).isEqualTo("weak");
        assertThat(finding.path("solution").textValue()).isEqualTo("Fix");
        assertThat(texts(finding.path("xrefs"))).containsExactly("CERT:836068", "CWE:310");
        assertThat(texts(finding.path("cwes"))).containsExactly("CWE-310");
        assertThat(finding.has("bids")).isFalse();
        assertThat(finding.path("exploitAvailable").booleanValue()).isTrue();
        assertThat(finding.path("lastFound").longValue()).isEqualTo(1_707_475_722L);
        assertThat(scan.hosts().get(0).path("dns").textValue()).isEqualTo("web.test");
        assertThat(scan.hosts().get(0).path("macs")).hasSize(1);
    }

    @Test
    void readsExplorerFindingsWithSemicolonsAndStates() throws IOException {
        Outcome scan = read(
                dir,
                "age_in_days;asset.display_fqdn;asset.display_ipv4_address;asset.name;definition.cve;"
                        + "definition.cvss3.base_score;definition.id;definition.name;output;port;protocol;severity;state\n"
                        + "3;web.test;192.0.2.7;web;CVE-2024-0001,CVE-2024-0002;9.8;7;N;o;443;TCP;Critical;FIXED\n"
                        + "3;web.test;192.0.2.7;web;;5.0;8;M;o;443;TCP;Medium;ACTIVE\n");

        assertThat(scan.findings()).hasSize(2);
        assertThat(scan.finding(0).path("state").textValue()).isEqualTo("FIXED");
        assertThat(scan.finding(0).path("newPort").booleanValue()).isFalse();
        assertThat(scan.finding(1).path("newPort").booleanValue()).isTrue();
        assertThat(scan.finding(0).path("severity").intValue()).isEqualTo(4);
        assertThat(texts(scan.finding(0).path("cves"))).hasSize(2);
    }

    @Test
    void readsAWebApplicationScan() throws IOException {
        Outcome scan = read(
                dir,
                "Plugin ID,CVE,CVSS,CVSSv3,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n"
                        + "98104,,7.5,7.1,high,https://app.test/shop,TCP,443,XSS,,D,F,,out\n");

        assertThat(scan.hosts().get(0).path("url").textValue()).isEqualTo("https://app.test/shop");
        assertThat(scan.finding(0).path("severity").intValue()).isEqualTo(3);
        assertThat(scan.finding(0).path("cvss3").path("score").doubleValue()).isEqualTo(7.1);
    }

    @Test
    void takesAComplianceCheckFromItsDescription() throws IOException {
        Outcome scan = read(
                dir,
                A + "21157,,,High,h,tcp,0,Unix Compliance Checks,,\"\"\"Check one\"\" : [FAILED]\n\nmore\",,,\n"
                        + "21157,,,High,h,tcp,0,Unix Compliance Checks,,\"\"\"Check two\"\" : [FAILED]\n\nmore\",,,\n");

        assertThat(scan.findings().stream()
                        .map(f -> f.path("compliance").path("checkName").asText()))
                .containsExactly("Check one", "Check two");
    }

    @Test
    void namesTheColumnsThatAreMissing() throws IOException {
        Outcome scan = read(dir, "Plugin ID,Name,Host,Notes\n1,a,b,c\n");

        assertThat(scan.codes()).containsExactly("file.csv_columns");
        assertThat(scan.faults().get(0))
                .hasMessageContaining("Protocol, Port, Risk (or Severity)")
                .hasMessageContaining("Plugin ID, Name, Host, Notes");
        assertThat(read(dir, "a,b,c\n1,2,3\n").codes()).containsExactly("file.csv_columns");
    }

    @Test
    void readsOnAfterARowWithTheWrongNumberOfCells() throws IOException {
        Outcome scan = read(
                dir,
                A
                        + "1,,,Low,h,tcp,80,N,,,,,o\n2,,,Low,h,tcp,80,N,,,,,o,p\n3,,,Low\n4,,,Low,h,tcp,80,N,,,,,o,,,\n5,,,Low,h,tcp,80,N\n");

        assertThat(scan.codes()).containsExactly("file.csv_row", "file.csv_row");
        assertThat(scan.faults()).allMatch(ScanException::recoverable);
        assertThat(scan.faults().get(0))
                .hasMessageContaining("line 3")
                .hasMessageContaining("14 cells under 13 columns");
        assertThat(scan.findings().stream().map(f -> f.path("plugin").path("id").asText()))
                .containsExactly("1", "4", "5");
    }

    @Test
    void tellsACutCellFromAWholeOne() throws IOException {
        String row = "1,,,Low,h,tcp,80,N,,,,,\"out\"\n";
        assertThat(read(dir, A + row + "2,,,Low,h,tcp,80,N,,,,,\"half of\n").codes())
                .containsExactly("file.cut");
        assertThat(read(dir, A + row + "2,,,Low,h,tcp,80,N,,,,,\"half of\n").findings())
                .hasSize(1);
        assertThat(read(dir, A + row + "2,,,Low,h,t").codes()).containsExactly("file.cut");
        assertThat(read(dir, A + row.strip()).codes()).isEmpty();
        assertThat(read(dir, A + row.replace("out", "say \"\"so\"\"")).codes()).isEmpty();
        assertThat(read(dir, A + row.replace("out", "")).codes()).isEmpty();
        assertThat(read(dir, A + row.replace("out", "\"\"")).codes()).isEmpty();
        assertThat(read(dir, A + row.replace("\"out\"", "\"\"\"")).codes()).containsExactly("file.cut");
    }

    @Test
    void readsOtherEncodings() throws IOException {
        String text = A + "1,,,Low,h,tcp,80,caf\u00e9,,,,,o\n";
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8}) {
            Path file = Files.write(dir.resolve("scan"), ("\uFEFF" + text).getBytes(charset));
            assertThat(read(file).finding(0).path("plugin").path("name").asText())
                    .as(charset.name())
                    .isEqualTo("caf\u00e9");
        }
        Outcome ansi = read(Files.write(dir.resolve("scan"), text.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(ansi.finding(0).path("plugin").path("name").asText()).isEqualTo("caf\uFFFD");
        assertThat(ansi.repairs()).containsEntry(Repairs.INVALID_ENCODING, 1L);
    }

    @Test
    void refusesACellWithoutEnd() throws IOException {
        Outcome scan = read(
                ScanFiles.write(
                        dir, "scan", A + "1,,,Low,h,tcp,80,N,,,,,o\n2,,,Low,h,tcp,80,N,,,,,\"" + "x".repeat(3 << 20)),
                Limits.defaults().withTextChars(1 << 20, 1 << 20));

        assertThat(scan.codes()).containsExactly("file.too_large");
        assertThat(scan.findings()).hasSize(1);
    }

    @Test
    void resumesWithTheItemsThatWouldHaveFollowed() throws Exception {
        StringBuilder csv = new StringBuilder(A);
        for (int i = 0; i < 40; i++) {
            csv.append(i % 7)
                    .append(",CVE-2024-")
                    .append(1000 + i)
                    .append(",5,Low,192.0.2.")
                    .append(i % 5)
                    .append(",tcp,")
                    .append(80 + i % 3)
                    .append(",N,,,,,o")
                    .append(i % 2)
                    .append("\n");
        }
        Path file = ScanFiles.write(dir, "scan", csv.toString());
        ScanFiles.assertResumesAnywhere(file);
    }
}
