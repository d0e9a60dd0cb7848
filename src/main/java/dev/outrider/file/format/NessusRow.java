package dev.outrider.file.format;

import static dev.outrider.file.format.NessusColumn.*;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one row of a CSV says: which finding it belongs to, on which host, and the finding itself. */
final class NessusRow {
    /** Columns that tell the rows of one finding from those of another, and the CVEs that are gathered over them. */
    static final Set<NessusColumn> IDENTITY =
            EnumSet.of(PLUGIN_ID, NAME, HOST, IP, FQDN, PROTOCOL, PORT, OUTPUT, DESCRIPTION, STATE, CVE);

    private static final Pattern PREFIX = Pattern.compile("^Plugin Output:[ \\t]*\\R?");
    private static final Pattern CHECK = Pattern.compile("^\"[^\\r\\n]{1,1000}\"\\s*:\\s*\\[[A-Z]+\\]");
    /** A list of numbers that a spreadsheet took for one: the digits are still there, the borders are not. */
    private static final Pattern DAMAGED_LIST = Pattern.compile("\\d{1,3}(,\\d{3})+");

    private final Row row;
    private final Table table;
    private final Cells cells;

    NessusRow(Row row, Table table) {
        this.row = row;
        this.table = table;
        this.cells = table.cells(row);
    }

    private String get(NessusColumn column) {
        return cells.get(column);
    }

    /** What names the kind of finding: its id, or its title where there is none; empty where the row tells of no finding. */
    String plugin() {
        return first(get(PLUGIN_ID), table.findingsOnly() ? "" : get(NAME)).strip();
    }

    String protocol() {
        return get(PROTOCOL).strip().toLowerCase(Locale.ROOT);
    }

    int port(Repairs repairs) {
        return Values.port(get(PORT), repairs);
    }

    String cves() {
        return get(CVE);
    }

    /** Names a host so that every row of it names it the same. */
    Digest host() {
        return Digest.of(get(HOST), get(IP), get(FQDN));
    }

    /** All rows with the same value are one finding, each giving one of its CVEs. */
    Digest group() {
        return Digest.of(
                get(HOST), get(IP), get(FQDN), plugin(), protocol(), get(PORT).strip(), get(OUTPUT), check(), state());
    }

    /** What is counted as the same finding met again on the same port. */
    Digest sighting() {
        return Digest.of(
                get(HOST), get(IP), get(FQDN), plugin(), protocol(), get(PORT).strip(), check());
    }

    private String state() {
        return get(STATE).strip().toUpperCase(Locale.ROOT);
    }

    /** One plugin makes all compliance checks; the first line of the description names the check. */
    private String check() {
        Matcher check = CHECK.matcher(get(DESCRIPTION));
        return check.find() ? check.group() : "";
    }

    /** What is wrong with the row as such, or null. */
    String fault() {
        if (row.fault() != null) {
            return row.fault();
        }
        if (table.findingsOnly() && plugin().isEmpty()) {
            return "has no plugin id";
        }
        if (get(HOST).isBlank() && get(IP).isBlank() && get(FQDN).isBlank()) {
            return "has no host";
        }
        return null;
    }

    ObjectNode hostNode(Repairs repairs) {
        HostNode host = new HostNode(first(get(HOST), get(FQDN), get(IP)), get(REPOSITORY), repairs);
        host.text("ip", get(IP));
        host.text("fqdn", get(FQDN));
        host.text("netbios", get(NETBIOS));
        host.text("systemType", get(SYSTEM_TYPE));
        host.text("uuid", get(UUID));
        host.lines("macs", get(MAC));
        host.lines("os", get(OS));
        host.time("start", get(HOST_START));
        host.time("end", first(get(HOST_END), get(LAST_FOUND)));
        return host.finish();
    }

    Finding finding(List<String> cves, Repairs repairs) {
        Finding finding = new Finding(repairs);
        finding.plugin(get(PLUGIN_ID).strip(), get(NAME).strip(), get(FAMILY).strip());
        finding.service(port(repairs), protocol(), get(SERVICE).strip());
        cves.forEach(finding::cve);
        finding.output(PREFIX.matcher(get(OUTPUT)).replaceFirst(""));
        finding.text("synopsis", get(SYNOPSIS));
        finding.text("description", get(DESCRIPTION));
        finding.text("solution", get(SOLUTION).strip().equalsIgnoreCase("n/a") ? "" : get(SOLUTION));
        finding.seeAlso(get(SEE_ALSO));
        finding.text("riskFactor", first(get(RISK_FACTOR), get(RISK), table.findingsOnly() ? "" : get(SEVERITY)));
        finding.text("stigSeverity", get(STIG));
        scores(finding);
        finding.severity(verdict());
        references(finding);
        exploits(finding);
        dates(finding);
        finding.text("state", state());
        boolean accepted = Boolean.TRUE.equals(Values.bool(get(ACCEPTED)));
        finding.text("riskModified", accepted ? "ACCEPTED" : get(MODIFICATION).toUpperCase(Locale.ROOT));
        if (!check().isEmpty()) {
            NessusCompliance.complete(finding);
        }
        return finding;
    }

    /** The scanner's own verdict, which a person may have changed, before the risk factor of the plugin. */
    private String verdict() {
        String risk = get(RISK);
        return Values.severity(risk) < 0 && !get(SEVERITY).isBlank() ? get(SEVERITY) : risk;
    }

    private void scores(Finding finding) {
        finding.score("cvss2", "score", get(CVSS2));
        finding.vector("cvss2", "vector", get(CVSS2_VECTOR));
        finding.score("cvss2", "temporalScore", get(CVSS2_TEMPORAL));
        finding.score("cvss3", "score", get(CVSS3));
        finding.vector("cvss3", "vector", get(CVSS3_VECTOR));
        finding.score("cvss3", "temporalScore", get(CVSS3_TEMPORAL));
        finding.score("cvss4", "score", get(CVSS4));
        finding.vector("cvss4", "vector", get(CVSS4_VECTOR));
        finding.number("vpr", get(VPR), 10);
        finding.number("epss", get(EPSS), 1);
    }

    private void references(Finding finding) {
        for (String part : get(XREF).split("[,\\r\\n]+")) {
            // Tenable.sc writes "CWE #310" where others write "CWE:310".
            finding.xref(part.replaceFirst(" #", ":"));
        }
        for (String part : get(CWE).split("[,\\s]+")) {
            finding.cwe(part);
        }
        String bids = get(BID).strip();
        if (!DAMAGED_LIST.matcher(bids).matches()) {
            for (String bid : bids.split("[,\\s]+")) {
                finding.add("bids", bid);
            }
        }
    }

    private void exploits(Finding finding) {
        finding.flag("exploitAvailable", get(EXPLOIT));
        finding.text("exploitEase", get(EXPLOIT_EASE));
        finding.flag("exploitedByMalware", get(MALWARE));
        finding.flag("inTheNews", get(NEWS));
        finding.flag("defaultAccount", get(DEFAULT_ACCOUNT));
        finding.flag("unsupportedByVendor", get(UNSUPPORTED));
        for (NessusColumn framework : new NessusColumn[] {METASPLOIT, CORE, CANVAS, D2, EXPLOITHUB}) {
            if (Boolean.TRUE.equals(Values.bool(get(framework)))) {
                finding.add("exploitFrameworks", framework.name().toLowerCase(Locale.ROOT));
            }
        }
        for (String framework : get(EXPLOIT_FRAMEWORKS).split(",")) {
            finding.add("exploitFrameworks", framework);
        }
    }

    private void dates(Finding finding) {
        finding.date("vulnPublished", get(VULN_PUBLISHED));
        finding.date("patchPublished", get(PATCH_PUBLISHED));
        finding.date("pluginPublished", get(PLUGIN_PUBLISHED));
        finding.date("pluginModified", get(PLUGIN_MODIFIED));
        finding.time("firstFound", get(FIRST_FOUND));
        finding.time("lastFound", get(LAST_FOUND));
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
