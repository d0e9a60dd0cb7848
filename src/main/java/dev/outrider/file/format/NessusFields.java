package dev.outrider.file.format;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Which children of a ReportItem are read and what they become; the rest is passed over. */
final class NessusFields {
    private static final Map<String, BiConsumer<Finding, String>> FIELDS = new HashMap<>();

    static {
        for (String same : new String[] {"synopsis", "description"}) {
            put(same, (f, v) -> f.text(same, v));
        }
        put("solution", (f, v) -> f.text("solution", v.strip().equalsIgnoreCase("n/a") ? "" : v));
        put("plugin_output", Finding::output);
        put("plugin_name", (f, v) -> f.text("title", v));
        put("risk_factor", (f, v) -> f.text("riskFactor", v));
        put("see_also", Finding::seeAlso);
        put("cve", Finding::cves);
        put("cwe", Finding::cwe);
        put("xref", Finding::xref);
        put("bid", (f, v) -> f.add("bids", v));
        cvss("cvss2", "cvss_base_score", "cvss_vector", "cvss_temporal_score", "cvss_temporal_vector");
        cvss("cvss3", "cvss3_base_score", "cvss3_vector", "cvss3_temporal_score", "cvss3_temporal_vector");
        cvss("cvss4", "cvss4_base_score", "cvss4_vector", "cvss4_threat_score", "cvss4_threat_vector");
        put("cvss", (f, v) -> f.score("cvss2", "score", v));
        put("cvssv3", (f, v) -> f.score("cvss3", "score", v));
        put("cvssv4", (f, v) -> f.score("cvss4", "score", v));
        put("vpr_score", (f, v) -> f.number("vpr", v, 10));
        put("epss_score", (f, v) -> f.number("epss", v, 1));
        put("exploit_available", (f, v) -> f.flag("exploitAvailable", v));
        put("exploitability_ease", (f, v) -> f.text("exploitEase", v));
        put("exploit_code_maturity", (f, v) -> f.text("exploitMaturity", v));
        put("exploited_by_malware", (f, v) -> f.flag("exploitedByMalware", v));
        put("exploited_by_nessus", (f, v) -> f.flag("exploitedByNessus", v));
        put("in_the_news", (f, v) -> f.flag("inTheNews", v));
        put("default_account", (f, v) -> f.flag("defaultAccount", v));
        put("unsupported_by_vendor", (f, v) -> f.flag("unsupportedByVendor", v));
        put("stig_severity", (f, v) -> f.text("stigSeverity", v));
        put("plugin_publication_date", (f, v) -> f.date("pluginPublished", v));
        put("plugin_modification_date", (f, v) -> f.date("pluginModified", v));
        put("vuln_publication_date", (f, v) -> f.date("vulnPublished", v));
        put("patch_publication_date", (f, v) -> f.date("patchPublished", v));
        for (String framework : new String[] {"metasploit", "core", "canvas", "d2_elliot", "exploithub"}) {
            put("exploit_framework_" + framework, (f, v) -> {
                if (Boolean.TRUE.equals(Values.bool(v))) {
                    f.add("exploitFrameworks", framework);
                }
            });
        }
        compliance();
    }

    private NessusFields() {}

    /** What to do with the text of this child, or null when it is not wanted. */
    static BiConsumer<Finding, String> of(String name) {
        return FIELDS.get(name);
    }

    private static void compliance() {
        put("compliance", (f, v) -> {
            if (Boolean.TRUE.equals(Values.bool(v))) {
                f.compliance();
            }
        });
        put("compliance-reference", Finding::references);
        put("compliance-see-also", Finding::seeAlso);
        String[][] texts = {
            {"check-id", "checkId"},
            {"check-name", "checkName"},
            {"result", "result"},
            {"actual-value", "actualValue"},
            {"policy-value", "policyValue"},
            {"info", "info"},
            {"solution", "solution"},
            {"output", "output"},
            {"audit-file", "auditFile"},
            {"source", "source"},
            {"uname", "uname"},
            {"control-id", "controlId"},
            {"benchmark-name", "benchmark"},
            {"benchmark-version", "benchmarkVersion"},
            {"benchmark-profile", "benchmarkProfile"},
            {"full-id", "fullId"},
            {"functional-id", "functionalId"},
            {"informational-plugin-id", "informationalPluginId"},
            {"error", "error"},
        };
        for (String[] text : texts) {
            put("compliance-" + text[0], (f, v) -> f.compliance(text[1], v));
        }
    }

    private static void cvss(String version, String score, String vector, String temporal, String temporalVector) {
        put(score, (f, v) -> f.score(version, "score", v));
        put(vector, (f, v) -> f.vector(version, "vector", v));
        put(temporal, (f, v) -> f.score(version, "temporalScore", v));
        put(temporalVector, (f, v) -> f.vector(version, "temporalVector", v));
    }

    private static void put(String child, BiConsumer<Finding, String> field) {
        FIELDS.put(child, field);
    }
}
