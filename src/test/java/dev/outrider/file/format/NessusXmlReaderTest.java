package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.host;
import static dev.outrider.file.format.ScanFiles.item;
import static dev.outrider.file.format.ScanFiles.nessus;
import static dev.outrider.file.format.ScanFiles.properties;
import static dev.outrider.file.format.ScanFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NessusXmlReaderTest {
    @TempDir
    Path dir;

    @Test
    void readsEveryFieldOfAFinding() throws IOException {
        JsonNode finding = read(
                        dir,
                        nessus(
                                host(
                                        "192.0.2.7",
                                        properties("host-ip", "192.0.2.7"),
                                        item(
                                                443,
                                                3,
                                                900001,
                                                "<synopsis>It is old.</synopsis><description>Very\nold.</description><solution>Upgrade.</solution>",
                                                "<plugin_output>\n\n  Version : 1.1\n  Fixed   : 1.2\n</plugin_output><risk_factor>High</risk_factor>",
                                                "<cve>cve-2024-0001</cve><cve>CVE-2024-0002</cve><cve>CVE-2024-0001</cve>",
                                                "<xref>CWE:79</xref><xref>IAVA:2024-A-0001</xref><cwe>20</cwe><bid>12345</bid>",
                                                "<see_also>https://a.test\nhttps://b.test</see_also><see_also>https://c.test</see_also>",
                                                "<cvss_base_score>7.5</cvss_base_score><cvss_vector>CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P</cvss_vector>",
                                                "<cvss3_base_score>8.1</cvss3_base_score><cvss3_vector>AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H</cvss3_vector>",
                                                "<cvss4_base_score>9.3</cvss4_base_score><vpr_score>6.7</vpr_score><epss_score>0.38</epss_score>",
                                                "<exploit_available>true</exploit_available><exploit_framework_metasploit>true</exploit_framework_metasploit>",
                                                "<vuln_publication_date>2022/01/18</vuln_publication_date><attachment name=\"a\">QUJD</attachment>"))))
                .finding(0);

        assertThat(finding.path("plugin").toString())
                .isEqualTo("{\"id\":\"900001\",\"name\":\"Example 900001\",\"family\":\"Web Servers\"}");
        assertThat(finding.path("port").intValue()).isEqualTo(443);
        assertThat(finding.path("protocol").textValue()).isEqualTo("tcp");
        assertThat(finding.path("service").textValue()).isEqualTo("www");
        assertThat(finding.path("severity").intValue()).isEqualTo(3);
        assertThat(finding.path("cves").toString()).isEqualTo("[\"CVE-2024-0001\",\"CVE-2024-0002\"]");
        assertThat(finding.path("cwes").toString()).isEqualTo("[\"CWE-79\",\"CWE-20\"]");
        assertThat(finding.path("xrefs").toString()).isEqualTo("[\"CWE:79\",\"IAVA:2024-A-0001\"]");
        assertThat(finding.path("bids").toString()).isEqualTo("[\"12345\"]");
        assertThat(finding.path("seeAlso").toString())
                .isEqualTo("[\"https://a.test\",\"https://b.test\",\"https://c.test\"]");
        assertThat(finding.path("cvss2").toString())
                .isEqualTo("{\"score\":7.5,\"vector\":\"AV:N/AC:L/Au:N/C:P/I:P/A:P\"}");
        assertThat(finding.path("cvss3").toString())
                .isEqualTo("{\"score\":8.1,\"vector\":\"CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H\"}");
        assertThat(finding.path("cvss4").path("score").doubleValue()).isEqualTo(9.3);
        assertThat(finding.path("vpr").doubleValue()).isEqualTo(6.7);
        assertThat(finding.path("epss").doubleValue()).isEqualTo(0.38);
        assertThat(finding.path("output").textValue()).isEqualTo("  Version : 1.1\n  Fixed   : 1.2");
        assertThat(finding.path("description").textValue()).isEqualTo("Very\nold.");
        assertThat(finding.path("exploitAvailable").booleanValue()).isTrue();
        assertThat(finding.path("exploitFrameworks").toString()).isEqualTo("[\"metasploit\"]");
        assertThat(finding.path("vulnPublished").textValue()).isEqualTo("2022-01-18");
        assertThat(finding.has("attachment")).isFalse();
    }

    @Test
    void readsHostPropertiesInAnyOrderAndDropsTheUnbounded() throws IOException {
        JsonNode host = read(
                        dir,
                        nessus(host(
                                "www.example.test",
                                properties(
                                        "traceroute-hop-0", "?",
                                        "patch-summary-cves-0123", "CVE-2024-0009",
                                        "cpe-1", "cpe:/a:nginx:nginx:1.19.0 -&gt; Nginx",
                                        "cpe", "cpe:/o:linux:linux_kernel",
                                        "cpe-0", "cpe:/o:linux:linux_kernel -&gt; Linux Kernel",
                                        "mac-address", "02:00:00:00:00:01\n02:00:00:00:00:02",
                                        "operating-system", "Linux Kernel 5.15\nLinux Kernel 6.1",
                                        "HOST_END", "Wed Mar  2 15:07:52 2022",
                                        "HOST_END_TIMESTAMP", "1700000000",
                                        "HOST_START", "Wed Mar  2 14:07:52 2022",
                                        "Credentialed_Scan", "true",
                                        "netbios-name", "WWW",
                                        "host-rdns", "r.example.test",
                                        "host-fqdn", "WWW.Example.TEST.",
                                        "host-ip", "192.0.2.7"))))
                .hosts()
                .get(0);

        assertThat(host.path("name").textValue()).isEqualTo("www.example.test");
        assertThat(host.path("dns").textValue()).isEqualTo("www.example.test");
        assertThat(host.path("address").textValue()).isEqualTo("192.0.2.7");
        assertThat(host.path("cpes").toString())
                .isEqualTo("[\"cpe:/a:nginx:nginx:1.19.0\",\"cpe:/o:linux:linux_kernel\"]");
        assertThat(host.path("macs")).hasSize(2);
        assertThat(host.path("os")).hasSize(2);
        assertThat(host.path("end").longValue()).isEqualTo(1_700_000_000L);
        assertThat(host.path("start").longValue()).isEqualTo(1_646_230_072L);
        assertThat(host.path("timesAssumedUtc").booleanValue()).isTrue();
        assertThat(host.path("credentialed").booleanValue()).isTrue();
        assertThat(host.path("report").textValue()).isEqualTo("weekly");
        assertThat(host.toString()).doesNotContain("traceroute").doesNotContain("CVE-2024-0009");
    }

    @Test
    void namesAHostByItsAddressWhenNothingElseIsKnown() throws IOException {
        JsonNode host =
                read(dir, nessus(host("2001:db8::7", item(0, 1, 1)))).hosts().get(0);

        assertThat(host.path("dns").textValue()).isEqualTo("2001:db8::7");
        assertThat(host.path("address").textValue()).isEqualTo("2001:db8::7");
        assertThat(host.has("end")).isFalse();
    }

    @Test
    void readsAWebApplicationScan() throws IOException {
        Outcome scan = read(
                dir,
                nessus(host(
                        "https://app.example.test:8443/shop/",
                        properties(
                                "host-fqdn", "https://app.example.test:8443/shop/",
                                "HOST_END", "2021-03-12T14:35:34.341269+00:00"),
                        "<ReportItem port=\"8443\" svc_name=\"http\" protocol=\"TCP\" severity=\"3\" pluginID=\"98104\" pluginName=\"XSS\""
                                + " pluginFamily=\"Cross Site Scripting\"><cvss>7.5</cvss><cvssv3>7.1</cvssv3><risk_factor>high</risk_factor>"
                                + "</ReportItem>")));

        assertThat(scan.hosts().get(0).path("url").textValue()).isEqualTo("https://app.example.test:8443/shop/");
        assertThat(scan.hosts().get(0).path("dns").textValue()).isEqualTo("app.example.test");
        assertThat(scan.hosts().get(0).path("end").longValue()).isEqualTo(1_615_559_734L);
        assertThat(scan.hosts().get(0).has("timesAssumedUtc")).isFalse();
        assertThat(scan.finding(0).path("protocol").textValue()).isEqualTo("tcp");
        assertThat(scan.finding(0).path("newPort").booleanValue()).isTrue();
        assertThat(scan.finding(0).path("cvss2").path("score").doubleValue()).isEqualTo(7.5);
        assertThat(scan.finding(0).path("cvss3").path("score").doubleValue()).isEqualTo(7.1);
    }

    @Test
    void keepsAPortAndNothingElseOfAnItemThatInforms() throws IOException {
        JsonNode finding = read(
                        dir, nessus(host("192.0.2.7", item(22, 0, 10267, "<plugin_output>SSH</plugin_output>"))))
                .finding(0);

        assertThat(finding.path("newPort").booleanValue()).isTrue();
        assertThat(finding.path("port").intValue()).isEqualTo(22);
        assertThat(finding.has("output")).isFalse();
    }

    @Test
    void tellsTheFirstItemOnAPortAndCountsRepetitions() throws IOException {
        Outcome scan = read(
                dir,
                nessus(
                        host(
                                "192.0.2.7",
                                item(443, 1, 7),
                                item(443, 1, 7),
                                item(443, 2, 8),
                                item(80, 1, 7),
                                item(0, 1, 7)),
                        host("192.0.2.8", item(443, 1, 7))));

        assertThat(scan.findings().stream().map(f -> f.path("newPort").booleanValue()))
                .containsExactly(true, false, false, true, false, true);
        assertThat(scan.findings().stream().map(f -> f.path("occurrence").intValue()))
                .containsExactly(1, 2, 1, 1, 1, 1);
        assertThat(scan.finding(0).path("host")).isSameAs(scan.hosts().get(0));
        assertThat(scan.finding(5).path("host")).isSameAs(scan.hosts().get(1));
    }

    @Test
    void readsComplianceItemsByTheirCheck() throws IOException {
        JsonNode finding = read(
                        dir,
                        nessus(
                                host(
                                        "192.0.2.7",
                                        "<ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\""
                                                + " severity=\"3\" pluginID=\"21157\" pluginName=\"Unix Compliance Checks\" pluginFamily=\"Policy Compliance\">"
                                                + "<compliance>true</compliance><cm:compliance-check-name></cm:compliance-check-name>"
                                                + "<cm:compliance-check-name>1.1 Ensure x</cm:compliance-check-name>"
                                                + "<cm:compliance-check-id>abc123</cm:compliance-check-id><cm:compliance-result>FAILED</cm:compliance-result>"
                                                + "<cm:compliance-actual-value>no\nnever</cm:compliance-actual-value>"
                                                + "<cm:compliance-reference>800-53|AC-2,CCI|CCI-000366</cm:compliance-reference></ReportItem>")))
                .finding(0);

        JsonNode compliance = finding.path("compliance");
        assertThat(compliance.path("checkId").textValue()).isEqualTo("abc123");
        assertThat(compliance.path("checkName").textValue()).isEqualTo("1.1 Ensure x");
        assertThat(compliance.path("result").textValue()).isEqualTo("FAILED");
        assertThat(compliance.path("actualValue").textValue()).isEqualTo("no\nnever");
        assertThat(compliance.path("references").toString()).isEqualTo("[\"800-53|AC-2\",\"CCI|CCI-000366\"]");
    }

    @Test
    void takesAnOldComplianceCheckFromItsDescription() throws IOException {
        JsonNode finding = read(
                        dir,
                        nessus(
                                host(
                                        "192.0.2.7",
                                        "<ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\""
                                                + " severity=\"3\" pluginID=\"21156\" pluginName=\"Windows Compliance Checks\" pluginFamily=\"Policy Compliance\">"
                                                + "<description>\"Password length\" : [FAILED]\n\nmore</description></ReportItem>")))
                .finding(0);

        assertThat(finding.path("compliance").toString())
                .isEqualTo("{\"checkName\":\"Password length\",\"result\":\"FAILED\"}");
    }

    @Test
    void readsCompliancePrefixesOfOtherToolsAndUndeclaredOnes() throws IOException {
        JsonNode finding = read(
                        dir,
                        "<NessusClientData_v2><Report><ReportHost name=\"h\"><ReportItem severity=\"2\" pluginID=\"1\""
                                + " port=\"0\" protocol=\"tcp\"><ns0:compliance-check-id>x</ns0:compliance-check-id></ReportItem>"
                                + "</ReportHost></Report></NessusClientData_v2>")
                .finding(0);

        assertThat(finding.path("compliance").path("checkId").textValue()).isEqualTo("x");
    }

    @Test
    void waitsForPropertiesThatComeAfterTheItems() throws IOException {
        Outcome scan =
                read(dir, nessus(host("web", item(80, 1, 1), item(443, 1, 2), properties("host-ip", "192.0.2.9"))));

        assertThat(scan.hosts()).hasSize(1);
        assertThat(scan.items().get(0).path("type").textValue()).isEqualTo("host");
        assertThat(scan.findings())
                .allMatch(f -> f.path("host").path("address").asText().equals("192.0.2.9"));
    }

    @Test
    void doesNotWaitForEverForProperties() throws IOException {
        String[] items = new String[1500];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(i + 1, 1, i);
        }
        Outcome scan = read(dir, nessus(host("web", String.join("", items), properties("host-ip", "192.0.2.9"))));

        assertThat(scan.findings()).hasSize(1500);
        assertThat(scan.hosts()).hasSize(2);
        assertThat(scan.hosts().get(1).path("address").textValue()).isEqualTo("192.0.2.9");
        assertThat(scan.repairs()).containsEntry(Repairs.LATE_PROPERTIES, 1L);
    }

    @Test
    void givesNothingForAPolicyAlone() throws IOException {
        Outcome scan =
                read(dir, "<NessusClientData_v2><Policy><policyName>x</policyName></Policy></NessusClientData_v2>");

        assertThat(scan.items()).isEmpty();
        assertThat(scan.faults()).isEmpty();
    }

    @Test
    void keepsScoresOutOfRangeOutAndCountsThem() throws IOException {
        Outcome scan = read(
                dir,
                nessus(host("h", item(1, 3, 1, "<cvss_base_score>75</cvss_base_score><vpr_score>n/a</vpr_score>"))));

        assertThat(scan.finding(0).has("cvss2")).isFalse();
        assertThat(scan.repairs()).containsEntry(Repairs.SCORE, 1L).hasSize(1);
    }

    @Test
    void resumesWithTheItemsThatWouldHaveFollowed() throws Exception {
        Path file = ScanFiles.write(
                dir,
                "scan",
                nessus(
                        host(
                                "192.0.2.7",
                                properties("host-ip", "192.0.2.7"),
                                item(443, 1, 7),
                                item(443, 3, 7),
                                item(80, 0, 8),
                                item(80, 2, 9)),
                        host("192.0.2.8", item(443, 1, 7))));
        ScanFiles.assertResumesAnywhere(file);
    }
}
