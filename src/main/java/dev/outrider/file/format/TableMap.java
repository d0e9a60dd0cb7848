package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the columns of another maker's table mean: the settings {@code columns} (field to column name, or to several of which the first
 * with a value counts; one that ends in {@code ?} may be missing), {@code items}, {@code delimiter}, {@code encoding} and
 * {@code severities}.
 */
public final class TableMap {
    private static final Map<String, NessusColumn> FIELDS = Map.ofEntries(
            Map.entry("host", NessusColumn.HOST),
            Map.entry("ip", NessusColumn.IP),
            Map.entry("dns", NessusColumn.FQDN),
            Map.entry("netbios", NessusColumn.NETBIOS),
            Map.entry("mac", NessusColumn.MAC),
            Map.entry("os", NessusColumn.OS),
            Map.entry("port", NessusColumn.PORT),
            Map.entry("protocol", NessusColumn.PROTOCOL),
            Map.entry("service", NessusColumn.SERVICE),
            Map.entry("id", NessusColumn.PLUGIN_ID),
            Map.entry("title", NessusColumn.NAME),
            Map.entry("family", NessusColumn.FAMILY),
            Map.entry("severity", NessusColumn.SEVERITY),
            Map.entry("cvss2", NessusColumn.CVSS2),
            Map.entry("cvss2Vector", NessusColumn.CVSS2_VECTOR),
            Map.entry("cvss3", NessusColumn.CVSS3),
            Map.entry("cvss3Vector", NessusColumn.CVSS3_VECTOR),
            Map.entry("cvss4", NessusColumn.CVSS4),
            Map.entry("cvss4Vector", NessusColumn.CVSS4_VECTOR),
            Map.entry("epss", NessusColumn.EPSS),
            Map.entry("cve", NessusColumn.CVE),
            Map.entry("cwe", NessusColumn.CWE),
            Map.entry("description", NessusColumn.DESCRIPTION),
            Map.entry("solution", NessusColumn.SOLUTION),
            Map.entry("output", NessusColumn.OUTPUT),
            Map.entry("references", NessusColumn.SEE_ALSO),
            Map.entry("exploitAvailable", NessusColumn.EXPLOIT),
            Map.entry("state", NessusColumn.STATE),
            Map.entry("firstFound", NessusColumn.FIRST_FOUND),
            Map.entry("lastFound", NessusColumn.LAST_FOUND));

    /**
     * Where a field is had from.
     *
     * @param field its name in the settings
     * @param names columns of the file, the first with a value counts
     * @param needed whether a file without any of them is refused
     */
    record Source(String field, List<String> names, boolean needed) {}

    private final Map<NessusColumn, Source> sources = new EnumMap<>(NessusColumn.class);
    private final Map<String, String> severities = new HashMap<>();
    private final List<String> items;
    private final Character delimiter;
    private final Charset encoding;

    private TableMap(JsonNode settings) {
        settings.path("columns").fields().forEachRemaining(entry -> add(entry.getKey(), entry.getValue()));
        settings.path("severities")
                .fields()
                .forEachRemaining(entry -> severities.put(
                        entry.getKey().strip().toLowerCase(Locale.ROOT),
                        entry.getValue().asText()));
        items = segments(settings.path("items").asText(""));
        var separator = settings.path("delimiter").asText("");
        delimiter = separator.isEmpty() ? null : separator.charAt(0);
        var charset = settings.path("encoding").asText("");
        encoding = charset.isEmpty() ? null : Charset.forName(charset);
    }

    /**
     * The map that an integration's settings give, or null where they give none.
     *
     * @throws IllegalArgumentException where a field or an encoding is none that exists
     */
    public static TableMap of(JsonNode settings) {
        return settings.path("columns").isObject() ? new TableMap(settings) : null;
    }

    private void add(String field, JsonNode value) {
        var column = FIELDS.get(field);
        if (column == null) {
            throw new IllegalArgumentException("columns." + field + " is none of "
                    + FIELDS.keySet().stream().sorted().toList());
        }
        var names = new ArrayList<String>();
        boolean needed = true;
        for (var one : value.isArray() ? value : List.of(value)) {
            var name = one.asText();
            needed &= !name.endsWith("?");
            names.add(name.endsWith("?") ? name.substring(0, name.length() - 1) : name);
        }
        sources.put(column, new Source(field, List.copyOf(names), needed));
    }

    /** The parts of a JSON pointer, which may hold a {@code *} for every element of a list. */
    static List<String> segments(String pointer) {
        var parts = new ArrayList<String>();
        if (pointer.startsWith("/")) {
            for (var part : pointer.substring(1).split("/", -1)) {
                parts.add(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return parts;
    }

    Map<NessusColumn, Source> sources() {
        return sources;
    }

    /** Where the list of items is in a JSON document; empty where it is the document. */
    List<String> items() {
        return items;
    }

    /** What separates the cells of a CSV, or null where that is to be found out. */
    Character delimiter() {
        return delimiter;
    }

    /** The encoding of files that do not show theirs, or null. */
    Charset encoding() {
        return encoding;
    }

    /** The row's cells in the words of a Nessus export. */
    Cells cells(Row row) {
        return new MappedCells(row, severities);
    }

    /** For a file that lacks columns: which, for what, and what it has. */
    ScanException missing(String file, List<Source> lacking, List<String> found) {
        var what = lacking.stream()
                .map(source -> "'" + String.join("' or '", source.names()) + "' (columns." + source.field() + ")")
                .toList();
        var shown = found.stream().limit(40).map(NessusCsv::shown).toList();
        return new ScanException(
                "file.columns",
                file + ": has no column " + String.join(", no ", what) + "; it has: " + String.join(", ", shown)
                        + (found.size() > shown.size() ? ", …" : "")
                        + ". Correct the setting 'columns'; a name that ends in ? may be missing");
    }
}
