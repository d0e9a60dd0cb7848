package dev.outrider.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Parser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes scanner files and reads them to their end or fault. */
final class ScanFiles {
    static final Expression MAPPING =
            Parser.compile(Path.of("routes/nessus/item.jslt").toFile());

    /** @param faults in the order met, the last one final unless it is recoverable */
    record Outcome(List<JsonNode> items, List<ScanException> faults, Map<String, Long> repairs) {
        List<JsonNode> hosts() {
            return items.stream()
                    .filter(i -> i.path("type").asText().equals("host"))
                    .map(i -> i.path("host"))
                    .toList();
        }

        List<JsonNode> findings() {
            return items.stream()
                    .filter(i -> i.path("type").asText().equals("finding"))
                    .toList();
        }

        JsonNode finding(int n) {
            return findings().get(n);
        }

        List<String> codes() {
            return faults.stream().map(ScanException::code).toList();
        }
    }

    private ScanFiles() {}

    /** What the class's mapping makes of items, in their order. */
    static List<JsonNode> records(List<JsonNode> items) {
        var records = new ArrayList<JsonNode>();
        for (var item : items) {
            var mapped = MAPPING.apply(item);
            if (mapped.isArray()) {
                mapped.forEach(records::add);
            } else {
                records.add(mapped);
            }
        }
        return records;
    }

    static Outcome read(Path file) throws IOException {
        return read(file, Limits.defaults());
    }

    static Outcome read(Path file, Limits limits) throws IOException {
        return read(file, limits, null);
    }

    static Outcome read(Path file, Limits limits, TableMap map) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        List<ScanException> faults = new ArrayList<>();
        try (ScanReader reader = Formats.open(file, file.getFileName().toString(), limits, map)) {
            while (true) {
                try {
                    JsonNode item = reader.next();
                    if (item == null) {
                        return new Outcome(items, faults, reader.repairs());
                    }
                    items.add(item);
                } catch (ScanException e) {
                    faults.add(e);
                    if (!e.recoverable()) {
                        return new Outcome(items, faults, reader.repairs());
                    }
                }
            }
        } catch (ScanException e) {
            return new Outcome(items, List.of(e), Map.of());
        }
    }

    static Outcome read(Path dir, String content) throws IOException {
        return read(write(dir, "scan", content));
    }

    /** Reads the file from every place on: what follows must be what a reading from the beginning gives there. */
    static void assertResumesAnywhere(Path file) throws IOException, ScanException {
        Outcome all = read(file);
        for (int n = 0; n <= all.items().size(); n++) {
            try (ScanReader reader = Formats.open(file, "scan", Limits.defaults(), null)) {
                reader.skip(n);
                for (JsonNode expected : all.items().subList(n, all.items().size())) {
                    assertThat(reader.next()).isEqualTo(expected);
                }
                assertThat(reader.next()).isNull();
            }
        }
    }

    static Path write(Path dir, String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** @param namesAndContents name, content (text or bytes), name, content, … */
    static byte[] zip(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                zip.write(content instanceof byte[] raw ? raw : utf8((String) content));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    static String nessus(String... hosts) {
        return "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy><policyName>Basic</policyName></Policy>\n"
                + "<Report name=\"weekly\" xmlns:cm=\"http://www.nessus.org/cm\">\n" + String.join("\n", hosts)
                + "</Report>\n</NessusClientData_v2>\n";
    }

    /** @param inside properties and items */
    static String host(String name, String... inside) {
        return "<ReportHost name=\"" + name + "\">" + String.join("\n", inside) + "</ReportHost>\n";
    }

    /** @param tags name, value, name, value, … */
    static String properties(String... tags) {
        StringBuilder xml = new StringBuilder("<HostProperties>");
        for (int i = 0; i < tags.length; i += 2) {
            xml.append("<tag name=\"")
                    .append(tags[i])
                    .append("\">")
                    .append(tags[i + 1])
                    .append("</tag>");
        }
        return xml.append("</HostProperties>").toString();
    }

    static String item(int port, int severity, int plugin, String... children) {
        return "<ReportItem port=\"" + port + "\" svc_name=\"www\" protocol=\"tcp\" severity=\"" + severity
                + "\" pluginID=\""
                + plugin + "\" pluginName=\"Example " + plugin + "\" pluginFamily=\"Web Servers\">"
                + String.join("", children)
                + "</ReportItem>";
    }
}
