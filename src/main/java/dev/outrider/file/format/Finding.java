package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A finding under construction, the same shape for every Nessus format:
 * {@code {type, host, plugin{id,name,family}, port, protocol, service, severity, newPort, occurrence, cves[], cwes[], xrefs[],
 * bids[], seeAlso[], cvss2{score,vector}, cvss3, cvss4, vpr, epss, riskFactor, synopsis, description, solution, output, …,
 * compliance{checkId,checkName,result,…}}}. The first value of a field that is not empty wins.
 */
final class Finding {
    private static final Pattern SEPARATORS = Pattern.compile("[,;\\s]+");

    private final ObjectNode node = Json.NODES.objectNode();
    private final Repairs repairs;
    private Set<String> cves;
    private Set<String> cwes;
    private ObjectNode compliance;

    Finding(Repairs repairs) {
        this.repairs = repairs;
        node.put("type", "finding");
    }

    ObjectNode node() {
        return node;
    }

    void plugin(String id, String name, String family) {
        ObjectNode plugin = node.putObject("plugin");
        putIfText(plugin, "id", id);
        putIfText(plugin, "name", name);
        putIfText(plugin, "family", family);
    }

    void service(int port, String protocol, String service) {
        node.put("port", port);
        node.put("protocol", protocol);
        putIfText(node, "service", service);
    }

    void text(String key, String value) {
        putIfText(node, key, value.strip());
    }

    /** Plugin output: blank lines around it go, the indentation of its first line stays. */
    void output(String value) {
        int from = 0;
        for (int i = 0; i < value.length() && value.charAt(i) <= ' '; i++) {
            if (value.charAt(i) == '\n') {
                from = i + 1;
            }
        }
        putIfText(node, "output", value.substring(from).stripTrailing());
    }

    /** A day, {@code 2022-01-18}, whatever way it was written; times of day mean nothing here. */
    void date(String key, String value) {
        String date = value.strip();
        if (date.length() == 10 && date.charAt(4) == '/' && date.charAt(7) == '/') {
            putIfText(node, key, date.replace('/', '-'));
        } else if (!date.isEmpty() && !date.equalsIgnoreCase("n/a")) {
            Times.Moment at = Times.parse(date);
            if (at == null) {
                repairs.add(Repairs.DATE);
            } else {
                putIfText(node, key, Times.day(at));
            }
        }
    }

    /** Seconds since the epoch. */
    void time(String key, String value) {
        if (!value.isBlank() && !value.strip().equalsIgnoreCase("n/a")) {
            Times.Moment at = Times.parse(value);
            if (at == null) {
                repairs.add(Repairs.DATE);
            } else {
                node.put(key, at.epochSecond());
            }
        }
    }

    void flag(String key, String value) {
        Boolean flag = Values.bool(value);
        if (flag != null && !node.has(key)) {
            node.put(key, flag);
        }
    }

    void number(String key, String value, double max) {
        double number = Values.number(value, max, repairs);
        if (number >= 0 && !node.has(key)) {
            node.put(key, number);
        }
    }

    void score(String version, String key, String value) {
        double score = Values.number(value, 10, repairs);
        if (score >= 0) {
            ObjectNode cvss = node.withObjectProperty(version);
            if (!cvss.has(key)) {
                cvss.put(key, score);
            }
        }
    }

    void vector(String version, String key, String value) {
        String vector = Values.vector(version, value.strip());
        if (!vector.isEmpty()) {
            putIfText(node.withObjectProperty(version), key, vector);
        }
    }

    /** Addresses one to a line, or several in a line; anything else in a line stays together. */
    void seeAlso(String value) {
        value.lines().forEach(line -> {
            if (line.indexOf(" http") < 0) {
                add("seeAlso", line);
            } else {
                for (String part : line.strip().split("\\s+")) {
                    add("seeAlso", part);
                }
            }
        });
    }

    void add(String key, String value) {
        if (!value.isBlank()) {
            node.withArrayProperty(key).add(value.strip());
        }
    }

    void cves(String value) {
        // Scanners of today give one to an element; older exports list them.
        for (String part : one(value) ? List.of(value) : List.of(SEPARATORS.split(value))) {
            String cve = part.toUpperCase(Locale.ROOT);
            if (isCve(cve)) {
                cve(cve);
            } else if (!cve.isEmpty() && !cve.equals("NULL") && !cve.equals("N/A")) {
                repairs.add(Repairs.VALUE);
                node.withArrayProperty("xrefs").add(part);
            }
        }
    }

    private static boolean one(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == ',' || c == ';') {
                return false;
            }
        }
        return true;
    }

    void cve(String cve) {
        cves = cves == null ? new LinkedHashSet<>() : cves;
        cves.add(cve);
    }

    private static boolean isCve(String text) {
        return text.startsWith("CVE-") && text.length() > 8;
    }

    /** The CVEs of a cell, upper-cased. */
    static List<String> splitCves(String cell) {
        if (cell.isBlank()) {
            return List.of();
        }
        return Arrays.stream(SEPARATORS.split(cell.toUpperCase(Locale.ROOT)))
                .filter(Finding::isCve)
                .toList();
    }

    void cwe(String value) {
        var digits = new StringBuilder("CWE-");
        value.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        if (digits.length() > 4) {
            cwes = cwes == null ? new LinkedHashSet<>() : cwes;
            cwes.add(digits.toString());
        }
    }

    /** {@code TYPE:ID}; one of type CWE counts as a weakness too. */
    void xref(String value) {
        String xref = value.strip();
        if (!xref.isEmpty()) {
            node.withArrayProperty("xrefs").add(xref);
            if (xref.regionMatches(true, 0, "CWE", 0, 3)) {
                cwe(xref);
            }
        }
    }

    void compliance(String key, String value) {
        if (!value.isBlank()) {
            // The name becomes part of a key, where line breaks have no place.
            String text = key.equals("checkName") ? value.strip().replaceAll("\\s+", " ") : value.strip();
            putIfText(compliance(), key, text);
        }
    }

    /** {@code 800-53|AC-2,CCI|CCI-000366}: a list of pairs. */
    void references(String value) {
        for (String pair : value.split(",")) {
            if (!pair.isBlank()) {
                compliance().withArrayProperty("references").add(pair.strip());
            }
        }
    }

    ObjectNode compliance() {
        if (compliance == null) {
            compliance = Json.NODES.objectNode();
        }
        return compliance;
    }

    boolean hasCompliance() {
        return compliance != null;
    }

    String value(String key) {
        return node.path(key).asText("");
    }

    /**
     * How bad the scanner calls it, 0 to 4. Where that cannot be read a score decides, which it does by itself, and without one the plugin's
     * own word. Where nothing tells, the finding has no severity, and so is not taken for one that only informs.
     */
    void severity(String verdict) {
        int rank = Values.severity(verdict);
        if (rank < 0) {
            repairs.add(Repairs.VALUE);
            rank = scored() ? -1 : Values.severity(value("riskFactor"));
        }
        if (rank >= 0) {
            node.put("severity", rank);
        } else {
            text("riskFactor", verdict);
        }
    }

    private boolean scored() {
        return List.of("cvss2", "cvss3", "cvss4").stream()
                .anyMatch(version -> node.path(version).path("score").asDouble() > 0);
    }

    ObjectNode finish() {
        addAll("cves", cves);
        addAll("cwes", cwes);
        if (compliance != null) {
            node.set("compliance", compliance);
        }
        return node;
    }

    private void addAll(String key, Set<String> values) {
        if (values != null) {
            ArrayNode list = node.putArray(key);
            values.forEach(list::add);
        }
    }

    private static void putIfText(ObjectNode to, String key, String value) {
        if (value != null && !value.isEmpty()) {
            to.putIfAbsent(key, Json.NODES.textNode(value));
        }
    }
}
