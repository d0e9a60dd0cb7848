package dev.outrider.file.format;

import java.util.List;
import java.util.Locale;

/**
 * What the columns of the scanner's CSV exports mean, by every name they have there: Nessus (default, newer, all columns), Tenable
 * VM, Tenable.sc, Tenable's findings explorer and web application scans; and those of Qualys, whose cells {@link QualysCells} reads. A row's value is the first that is not empty, in this order
 * of names.
 */
enum NessusColumn {
    PLUGIN_ID("plugin id", "plugin", "definition.id", "qid"),
    NAME("name", "plugin name", "definition.name", "title"),
    HOST("host", "asset.name", "asset name"),
    IP("ip address", "asset.display_ipv4_address", "asset.display_ipv6_address", "ip", "asset ipv4", "asset ipv6"),
    FQDN("fqdn", "dns name", "asset.display_fqdn", "asset.host_name", "dns"),
    PROTOCOL("protocol"),
    PORT("port"),
    RISK("risk"),
    SEVERITY("severity"),
    CVE("cve", "definition.cve", "cve id"),
    OUTPUT("plugin output", "plugin text", "output", "results"),
    DESCRIPTION("description", "definition.description", "threat"),
    STATE("vulnerability state", "state", "vuln status"),
    TYPE("type"),
    MODIFICATION("modification", "risk_modified"),
    ACCEPTED("accept risk?"),
    SYNOPSIS("synopsis", "definition.synopsis"),
    SOLUTION("solution", "steps to remediate", "definition.solution"),
    SEE_ALSO("see also", "definition.see_also"),
    FAMILY("plugin family", "family", "definition.family", "category"),
    SERVICE("service"),
    RISK_FACTOR("risk factor"),
    CVSS2(
            "cvss v2.0 base score",
            "cvss base score",
            "cvss v2 base score",
            "definition.cvss2.base_score",
            "cvss",
            "cvss base"),
    CVSS2_VECTOR("cvss vector", "cvss v2.0 vector", "cvss v2 vector", "definition.cvss2.base_vector", "cvss base"),
    CVSS2_TEMPORAL(
            "cvss v2.0 temporal score",
            "cvss temporal score",
            "cvss v2 temporal score",
            "definition.cvss2.temporal_score"),
    CVSS3(
            "cvss v3.0 base score",
            "cvss3 base score",
            "cvss v3 base score",
            "definition.cvss3.base_score",
            "cvssv3",
            "cvss3 base",
            "cvss3.1 base"),
    CVSS3_VECTOR(
            "cvss3 vector",
            "cvss v3.0 vector",
            "cvss v3 vector",
            "definition.cvss3.base_vector",
            "cvss3 base",
            "cvss3.1 base"),
    CVSS3_TEMPORAL(
            "cvss v3.0 temporal score",
            "cvss3 temporal score",
            "cvss v3 temporal score",
            "definition.cvss3.temporal_score"),
    CVSS4("cvss v4.0 base score", "cvss4 base score", "cvss v4 base score", "definition.cvss4.base_score", "cvssv4"),
    CVSS4_VECTOR("cvss4 vector", "cvss v4.0 vector", "cvss v4 vector", "definition.cvss4.base_vector"),
    VPR("vpr score", "vulnerability priority rating (vpr)", "vulnerability priority rating", "definition.vpr.score"),
    EPSS("epss score", "definition.epss.score"),
    STIG("stig severity", "definition.stig_severity"),
    BID("bid", "definition.bugtraq"),
    XREF("xref", "cross references", "definition.references"),
    CWE("cwe", "definition.cwe"),
    EXPLOIT("exploit available", "exploit?"),
    EXPLOIT_EASE("exploit ease", "definition.exploitability_ease"),
    EXPLOIT_FRAMEWORKS("exploit frameworks"),
    METASPLOIT("metasploit"),
    CORE("core impact", "core exploits"),
    CANVAS("canvas"),
    D2("d2 elliot"),
    EXPLOITHUB("exploithub"),
    MALWARE("exploited by malware", "definition.exploited_by_malware"),
    NEWS("in the news", "definition.in_the_news"),
    DEFAULT_ACCOUNT("default account", "default_account"),
    UNSUPPORTED("unsupported by vendor", "definition.unsupported_by_vendor"),
    VULN_PUBLISHED("vuln publication date", "definition.vulnerability_published"),
    PATCH_PUBLISHED("patch publication date", "definition.patch_published"),
    PLUGIN_PUBLISHED("plugin publication date", "definition.plugin_published"),
    PLUGIN_MODIFIED("plugin modification date", "definition.plugin_updated"),
    FIRST_FOUND("first found", "first discovered", "first_observed", "first detected"),
    LAST_FOUND("last found", "last observed", "last_seen", "last detected"),
    HOST_START("host start"),
    HOST_END("host end"),
    NETBIOS("netbios", "netbios name", "asset.netbios_name"),
    MAC("mac address", "asset.display_mac_address"),
    OS("os", "asset.operating_system"),
    SYSTEM_TYPE("system type", "asset.system_type"),
    UUID("asset.id", "host id"),
    REPOSITORY("repository", "asset.network.name");

    private final List<String> names;

    NessusColumn(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }

    /** Header names are compared without case, blanks around and quotes that a spreadsheet left. */
    static String folded(String header) {
        return header.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
