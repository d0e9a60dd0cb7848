package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.BiConsumer;
import javax.xml.stream.XMLStreamException;

/**
 * Reads {@code .nessus} version 2: a host item for each ReportHost, then a finding item for each of its ReportItems. Nothing is
 * built of the Policy block, of children nobody needs, and of the texts of items of severity 0, which give at most a port.
 */
final class NessusXmlReader extends XmlScanReader {
    /** Items kept while the properties of their host have not come; scanners write these first, so this is for odd tools. */
    private static final int MAX_WAITING = 1000;

    private final Deque<ObjectNode> waiting = new ArrayDeque<>();

    private boolean inReport;
    private String report = "";
    private NessusHost host;
    private boolean skipping;

    NessusXmlReader(Content content, Head head, Limits limits) throws IOException {
        super(content, head, limits);
    }

    @Override
    public String format() {
        return NessusXml.ID;
    }

    @Override
    public void skip(long n) throws ScanException {
        skipping = true;
        try {
            for (long i = 0; i < n && next() != null; i++) {}
        } finally {
            skipping = false;
        }
    }

    @Override
    void broken() {
        if (host != null && !waiting.isEmpty()) {
            publish();
        }
    }

    @Override
    void element(String element) throws XMLStreamException, ScanException {
        if (host != null && element.equals("ReportItem")) {
            item();
        } else if (host != null && element.equals("HostProperties")) {
            properties();
        } else if (host == null && inReport && element.equals("ReportHost")) {
            host = new NessusHost(new HostNode(xml.attribute("name"), report, repairs));
        } else if (!inReport && element.equals("Report")) {
            inReport = true;
            report = xml.attribute("name");
        } else {
            xml.skip();
        }
    }

    @Override
    void leave() {
        if (host != null) {
            if (host.published == null) {
                publish();
            }
            host = null;
        } else {
            inReport = false;
        }
    }

    /** Makes the host item, and after it the findings that waited for it. */
    private void publish() {
        host.published = host.properties.finish();
        ObjectNode item = Json.NODES.objectNode();
        item.put("type", "host");
        item.set("host", host.published);
        ready.add(item);
        for (ObjectNode finding; (finding = waiting.poll()) != null; ) {
            finding.set("host", host.published);
            ready.add(finding);
        }
    }

    private void properties() throws XMLStreamException, ScanException {
        xml.newBudget();
        NessusTags tags = new NessusTags(host.properties);
        for (int event = xml.next(); event != XmlCursor.END; event = xml.next()) {
            if (event == XmlCursor.START) {
                String tag = xml.name().equals("tag") ? xml.attribute("name") : null;
                if (tag != null && NessusTags.wanted(tag)) {
                    tags.set(tag, xml.text());
                } else {
                    xml.skip();
                }
            }
        }
        tags.finish();
        if (host.published != null) {
            repairs.add(Repairs.LATE_PROPERTIES);
        }
        publish();
    }

    private void item() throws XMLStreamException, ScanException {
        xml.newBudget();
        String plugin = "";
        String title = "";
        String family = "";
        String service = "";
        String protocol = "";
        String port = "";
        String severityText = "";
        for (int i = 0; i < xml.attributes(); i++) {
            String value = xml.attribute(i);
            switch (xml.attributeName(i)) {
                case "pluginID" -> plugin = value.strip();
                case "pluginName" -> title = value.strip();
                case "pluginFamily" -> family = value.strip();
                case "svc_name" -> service = value.strip();
                case "protocol" -> protocol = value.strip().toLowerCase(Locale.ROOT);
                case "port" -> port = value;
                case "severity" -> severityText = value;
                default -> {
                    // Seven attributes are all that is known; another one is no reason to stop.
                }
            }
        }
        Finding finding = new Finding(repairs);
        int portNumber = Values.port(port, repairs);
        int severity = Values.severity(severityText);
        boolean compliance = family.startsWith("Policy Compliance");
        finding.plugin(plugin, title, family);
        finding.service(portNumber, protocol, service);
        if (severity == 0 || skipping && severity > 0 && !compliance) {
            xml.skip();
        } else {
            children(finding);
        }
        finding.severity(severityText);
        finish(finding, compliance);
    }

    private void children(Finding finding) throws XMLStreamException, ScanException {
        for (int event = xml.next(); event != XmlCursor.END; event = xml.next()) {
            if (event == XmlCursor.START) {
                BiConsumer<Finding, String> field = NessusFields.of(xml.name());
                if (field == null) {
                    xml.skip();
                } else {
                    field.accept(finding, xml.text());
                }
            }
        }
    }

    private void finish(Finding finding, boolean compliance) {
        if (compliance || finding.hasCompliance()) {
            NessusCompliance.complete(finding);
        }
        ObjectNode node = finding.finish();
        int port = node.path("port").intValue();
        String protocol = node.path("protocol").textValue();
        String identity = node.path("compliance")
                .path("checkId")
                .asText(node.path("plugin").path("id").asText(""));
        node.put("newPort", host.newPort(port, protocol));
        node.put("occurrence", host.occurrence(identity, port, protocol));
        if (host.published != null) {
            node.set("host", host.published);
            ready.add(node);
            return;
        }
        waiting.add(node);
        if (waiting.size() >= MAX_WAITING) {
            publish();
        }
    }
}
