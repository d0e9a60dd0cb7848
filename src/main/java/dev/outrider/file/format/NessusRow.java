package dev.outrider.file.format;

import static dev.outrider.file.format.NessusColumn.*;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one row of a Nessus CSV says: which finding it belongs to, on which host, and the finding itself. */
final class NessusRow {
    /** Columns that tell the rows of one finding from those of another, and the CVEs that are gathered over them. */
    static final Set<NessusColumn> IDENTITY =
            EnumSet.of(PLUGIN_ID, HOST, IP, FQDN, PROTOCOL, PORT, OUTPUT, DESCRIPTION, STATE, CVE);

    private static final Pattern PREFIX = Pattern.compile("^Plugin Output:[ \\t]*\\R?");
    private static final Pattern CHECK = Pattern.compile("^\"[^\\r\\n]{1,1000}\"\\s*:\\s*\\[[A-Z]+\\]");
    /** A list of numbers that a spreadsheet took for one: the digits are still there, the borders are not. */
    private static final Pattern DAMAGED_LIST = Pattern.compile("\\d{1,3}(,\\d{3})+");

    private final CsvRow row;

    NessusRow(CsvRow row) {
        this.row = row;
    }

    String plugin() {
        return row.get(PLUGIN_ID).strip();
    }

    String protocol() {
        return row.get(PROTOCOL).strip().toLowerCase(Locale.ROOT);
    }

    int port(Repairs repairs) {
        return Values.port(row.get(PORT), repairs);
    }

    String cves() {
        return row.get(CVE);
    }

    /** Names a host so that every row of it names it the same. */
    Digest host() {
        return Digest.of(row.get(HOST), row.get(IP), row.get(FQDN));
    }

    /** All rows with the same value are one finding, each giving one of its CVEs. */
    Digest group() {
        return Digest.of(
                row.get(HOST),
                row.get(IP),
                row.get(FQDN),
                plugin(),
                protocol(),
                row.get(PORT).strip(),
                row.get(OUTPUT),
                check(),
                state());
    }

    /** What is counted as the same finding met again on the same port. */
    Digest sighting() {
        return Digest.of(
                row.get(HOST),
                row.get(IP),
                row.get(FQDN),
                plugin(),
                protocol(),
                row.get(PORT).strip(),
                check());
    }

    private String state() {
        return row.get(STATE).strip().toUpperCase(Locale.ROOT);
    }

    /** One plugin makes all compliance checks; the first line of the description names the check. */
    private String check() {
        Matcher check = CHECK.matcher(row.get(DESCRIPTION));
        return check.find() ? check.group() : "";
    }

    /** What is wrong with the row as such, or null. */
    String fault(CsvHeader header) {
        if (row.surplus || row.fields < header.neededCells()) {
            return "has " + row.fields + " cells under " + header.names().size() + " columns";
        }
        if (plugin().isEmpty()) {
            return "has no plugin id";
        }
        if (row.get(HOST).isBlank() && row.get(IP).isBlank() && row.get(FQDN).isBlank()) {
            return "has no host";
        }
        return null;
    }

    ObjectNode hostNode(Repairs repairs) {
        HostNode host = new HostNode(first(row.get(HOST), row.get(FQDN), row.get(IP)), row.get(REPOSITORY), repairs);
        host.text("ip", row.get(IP));
        host.text("fqdn", row.get(FQDN));
        host.text("netbios", row.get(NETBIOS));
        host.text("systemType", row.get(SYSTEM_TYPE));
        host.text("uuid", row.get(UUID));
        host.lines("macs", row.get(MAC));
        host.lines("os", row.get(OS));
        host.time("start", row.get(HOST_START));
        host.time("end", first(row.get(HOST_END), row.get(LAST_FOUND)));
        return host.finish();
    }

    Finding finding(List<String> cves, Repairs repairs) {
        Finding finding = new Finding(repairs);
        finding.plugin(plugin(), row.get(NAME).strip(), row.get(FAMILY).strip());
        finding.service(port(repairs), protocol(), row.get(SERVICE).strip());
        cves.forEach(finding::cve);
        finding.output(PREFIX.matcher(row.get(OUTPUT)).replaceFirst(""));
        finding.text("synopsis", row.get(SYNOPSIS));
        finding.text("description", row.get(DESCRIPTION));
        finding.text("solution", row.get(SOLUTION).strip().equalsIgnoreCase("n/a") ? "" : row.get(SOLUTION));
        finding.seeAlso(row.get(SEE_ALSO));
        finding.text("riskFactor", first(row.get(RISK_FACTOR), row.get(RISK)));
        finding.text("stigSeverity", row.get(STIG));
        scores(finding);
        references(finding);
        exploits(finding);
        dates(finding);
        finding.text("state", state());
        boolean accepted = Boolean.TRUE.equals(Values.bool(row.get(ACCEPTED)));
        finding.text(
                "riskModified", accepted ? "ACCEPTED" : row.get(MODIFICATION).toUpperCase(Locale.ROOT));
        if (!check().isEmpty()) {
            NessusCompliance.complete(finding);
        }
        return finding;
    }

    /** 0 to 4: the scanner's own verdict, which a person may have changed, before the risk factor of the plugin. */
    int severity(Finding finding, Repairs repairs) {
        for (NessusColumn column : new NessusColumn[] {RISK, SEVERITY, RISK_FACTOR}) {
            int severity = Values.severity(row.get(column));
            if (severity >= 0) {
                return severity;
            }
        }
        repairs.add(Repairs.VALUE);
        double score = Math.max(
                finding.node().path("cvss3").path("score").asDouble(),
                finding.node().path("cvss2").path("score").asDouble());
        return score >= 9 ? 4 : score >= 7 ? 3 : score >= 4 ? 2 : score > 0 ? 1 : 0;
    }

    private void scores(Finding finding) {
        finding.score("cvss2", "score", row.get(CVSS2));
        finding.vector("cvss2", "vector", row.get(CVSS2_VECTOR));
        finding.score("cvss2", "temporalScore", row.get(CVSS2_TEMPORAL));
        finding.score("cvss3", "score", row.get(CVSS3));
        finding.vector("cvss3", "vector", row.get(CVSS3_VECTOR));
        finding.score("cvss3", "temporalScore", row.get(CVSS3_TEMPORAL));
        finding.score("cvss4", "score", row.get(CVSS4));
        finding.vector("cvss4", "vector", row.get(CVSS4_VECTOR));
        finding.number("vpr", row.get(VPR), 10);
        finding.number("epss", row.get(EPSS), 1);
    }

    private void references(Finding finding) {
        for (String part : row.get(XREF).split("[,\\r\\n]+")) {
            // Tenable.sc writes "CWE #310" where others write "CWE:310".
            finding.xref(part.replaceFirst(" #", ":"));
        }
        for (String part : row.get(CWE).split("[,\\s]+")) {
            finding.cwe(part);
        }
        String bids = row.get(BID).strip();
        if (!DAMAGED_LIST.matcher(bids).matches()) {
            for (String bid : bids.split("[,\\s]+")) {
                finding.add("bids", bid);
            }
        }
    }

    private void exploits(Finding finding) {
        finding.flag("exploitAvailable", row.get(EXPLOIT));
        finding.text("exploitEase", row.get(EXPLOIT_EASE));
        finding.flag("exploitedByMalware", row.get(MALWARE));
        finding.flag("inTheNews", row.get(NEWS));
        finding.flag("defaultAccount", row.get(DEFAULT_ACCOUNT));
        finding.flag("unsupportedByVendor", row.get(UNSUPPORTED));
        for (NessusColumn framework : new NessusColumn[] {METASPLOIT, CORE, CANVAS, D2, EXPLOITHUB}) {
            if (Boolean.TRUE.equals(Values.bool(row.get(framework)))) {
                finding.add("exploitFrameworks", framework.name().toLowerCase(Locale.ROOT));
            }
        }
        for (String framework : row.get(EXPLOIT_FRAMEWORKS).split(",")) {
            finding.add("exploitFrameworks", framework);
        }
    }

    private void dates(Finding finding) {
        finding.date("vulnPublished", row.get(VULN_PUBLISHED));
        finding.date("patchPublished", row.get(PATCH_PUBLISHED));
        finding.date("pluginPublished", row.get(PLUGIN_PUBLISHED));
        finding.date("pluginModified", row.get(PLUGIN_MODIFIED));
        finding.time("firstFound", row.get(FIRST_FOUND));
        finding.time("lastFound", row.get(LAST_FOUND));
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isBlank()) {
                return candidate;
            }
        }
        return "";
    }
}
