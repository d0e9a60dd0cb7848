package dev.outrider.file.format;

import java.io.IOException;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/**
 * Reads only the vulnerability definitions of a Nexpose export, each as the part of a finding that is the same wherever it is found:
 * {@code {plugin{id,name,family}, severity, cves[], cvss2{score,vector}, description, solution, …}}.
 */
final class NexposeDefinitionReader extends XmlScanReader {
    NexposeDefinitionReader(Content content, Head head, Limits limits) throws IOException {
        super(content, head, limits);
    }

    @Override
    public String format() {
        return NexposeXml.ID;
    }

    @Override
    void element(String element) throws XMLStreamException, ScanException {
        if (element.equals("vulnerability")) {
            definition();
        } else if (!element.equals("VulnerabilityDefinitions")) {
            xml.skip();
        }
    }

    /** Tests and definitions write the same id in different cases. */
    static String folded(String id) {
        return id == null ? "" : id.strip().toLowerCase(Locale.ROOT);
    }

    private void definition() throws XMLStreamException, ScanException {
        xml.newBudget();
        var finding = new Finding(repairs);
        var id = folded(xml.attribute("id"));
        var title = text(xml.attribute("title"));
        var severity = text(xml.attribute("severity"));
        cvss(finding, text(xml.attribute("cvssScore")), text(xml.attribute("cvssVector")));
        finding.date("vulnPublished", text(xml.attribute("published")));
        finding.date("pluginPublished", text(xml.attribute("added")));
        finding.date("pluginModified", text(xml.attribute("modified")));
        var family = new StringBuilder();
        for (int event = xml.next(); event != XmlCursor.END; event = xml.next()) {
            if (event == XmlCursor.START) {
                child(finding, family);
            }
        }
        finding.plugin(id, title.isEmpty() ? id : title, family.toString());
        var node = finding.finish();
        int rank = rank(severity);
        if (rank >= 0) {
            node.put("severity", rank);
        }
        ready.add(node);
    }

    private void child(Finding finding, StringBuilder family) throws XMLStreamException, ScanException {
        switch (xml.name()) {
            case "description" -> finding.text("description", xml.allText("LinkURL"));
            case "solution" -> finding.text("solution", xml.allText("LinkURL"));
            case "references" ->
                each("reference", () -> {
                    var source = text(xml.attribute("source"));
                    reference(finding, source, xml.text().strip());
                });
            case "tags" ->
                each("tag", () -> {
                    var tag = xml.text().strip();
                    family.append(family.length() == 0 || tag.isEmpty() ? "" : ", ")
                            .append(tag);
                });
            case "exploits" ->
                each("exploit", () -> {
                    finding.flag("exploitAvailable", "true");
                    xml.skip();
                });
            case "malware" ->
                each("name", () -> {
                    finding.flag("exploitedByMalware", "true");
                    xml.skip();
                });
            default -> xml.skip();
        }
    }

    private interface Child {
        /** Takes the element that was begun to its end. */
        void read() throws XMLStreamException, ScanException;
    }

    private void each(String name, Child child) throws XMLStreamException, ScanException {
        for (int event = xml.next(); event != XmlCursor.END; event = xml.next()) {
            if (event == XmlCursor.START && xml.name().equals(name)) {
                child.read();
            } else if (event == XmlCursor.START) {
                xml.skip();
            }
        }
    }

    private static void reference(Finding finding, String source, String value) {
        switch (source.toUpperCase(Locale.ROOT)) {
            case "CVE" -> finding.cves(value.startsWith("CVE") || value.isEmpty() ? value : "CVE-" + value);
            case "CWE" -> finding.xref(value.toUpperCase(Locale.ROOT).startsWith("CWE") ? value : "CWE:" + value);
            case "BID" -> finding.add("bids", value);
            case "URL" -> finding.seeAlso(value);
            default -> finding.xref(source + ":" + value);
        }
    }

    /** The score is of version 2, unless its vector says otherwise; a negative one means none. */
    private static void cvss(Finding finding, String score, String vector) {
        var version = vector.startsWith("CVSS:4") ? "cvss4" : vector.startsWith("CVSS:3") ? "cvss3" : "cvss2";
        if (!score.startsWith("-")) {
            finding.score(version, "score", score);
        }
        finding.vector(version, "vector", vector);
    }

    /** Ten levels to five, at the bounds of CVSS; how Nexpose cuts them itself is not published. */
    private int rank(String severity) {
        double level = Values.number(severity, 10, repairs);
        return level < 0 ? -1 : level < 0.1 ? 0 : level < 4 ? 1 : level < 7 ? 2 : level < 9 ? 3 : 4;
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }
}
