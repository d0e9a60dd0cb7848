package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Reads the hosts of a Nexpose export in a second pass, after {@link NexposeDefinitions}: for each node its host item, for each service a
 * finding of severity 0 with the port and what runs there, for each test a finding, in the shape of the Nessus readers so that one mapping
 * serves all. A test's result stays in {@code status}; what it means is the mapping's.
 */
final class NexposeXmlReader extends XmlScanReader {
    private static final int MAX_SCANS = 10_000;

    private static final int MAX_CPES = 100;

    private record Span(String start, String end) {}

    /** @param port 0 for the host itself */
    private record Place(int port, String protocol, String service) {
        /** What the Nessus formats write where no port is meant. */
        static final Place HOST = new Place(0, "tcp", "");
    }

    private final NexposeDefinitions definitions;
    private final Map<String, Span> scans = new HashMap<>();
    private final Limits limits;
    private NessusHost host;
    private boolean osKnown;
    /** The port being read, null outside of one; its service once one has begun. */
    private Place endpoint;

    private boolean served;
    private Place service;
    /** What runs in the service being read; null once its item was made. */
    private List<String> cpes;

    private long hostChars;

    private NexposeXmlReader(Content content, Head head, Limits limits, NexposeDefinitions definitions)
            throws IOException {
        super(content, head, limits);
        this.definitions = definitions;
        this.limits = limits;
    }

    static NexposeXmlReader open(Content content, Head head, Limits limits) throws IOException, ScanException {
        NexposeDefinitions definitions;
        Map<String, Long> repaired;
        try (var first = new NexposeDefinitionReader(content, head, limits)) {
            definitions = NexposeDefinitions.of(first, content.name());
            repaired = first.repairs.asMap();
        }
        try {
            var reader = new NexposeXmlReader(content, head, limits, definitions);
            reader.repairs.addAll(repaired);
            return reader;
        } catch (IOException | RuntimeException e) {
            definitions.close();
            throw e;
        }
    }

    @Override
    public String format() {
        return NexposeXml.ID;
    }

    /** Nothing but a test, an attribute's element or something unknown is read at once: a node may hold a million tests. */
    @Override
    void element(String element) throws XMLStreamException, ScanException {
        switch (element) {
            case "scan" -> scan();
            case "node" -> node();
            case "scans", "nodes" -> {
                // What they hold comes as elements of its own, as with the containers below.
            }
            default -> {
                if (host == null) {
                    xml.skip();
                } else {
                    inNode(element);
                }
            }
        }
    }

    private void inNode(String element) throws XMLStreamException, ScanException {
        switch (element) {
            case "names", "fingerprints", "software", "tests", "endpoints", "services" -> {
                // Containers.
            }
            case "name" -> name();
            case "os" -> os();
            case "fingerprint" -> fingerprint();
            case "endpoint" -> endpoint();
            case "service" -> service();
            case "test" -> test();
            default -> xml.skip();
        }
    }

    @Override
    void leave() throws ScanException {
        if (host == null) {
            return;
        }
        switch (xml.name()) {
            case "node" -> {
                publish();
                host = null;
            }
            case "service" -> {
                observe();
                service = null;
            }
            case "endpoint" -> {
                if (!served) {
                    ready.add(observed(endpoint));
                }
                endpoint = null;
            }
            default -> {
                // A container.
            }
        }
    }

    private void scan() throws XMLStreamException, ScanException {
        var span = new Span(attribute("startTime"), attribute("endTime"));
        if (scans.size() < MAX_SCANS && span.start().length() < 40 && span.end().length() < 40) {
            scans.put(attribute("id"), span);
        }
        xml.skip();
    }

    private void node() throws ScanException {
        var address = attribute("address");
        var properties = new HostNode(address, attribute("site-name"), repairs);
        properties.text("ip", address);
        var hardware = attribute("hardware-address");
        properties.lines(
                "macs", hardware.matches("\\p{XDigit}{12}") ? hardware.replaceAll("(..)(?!$)", "$1:") : hardware);
        if (scans.size() == 1) {
            var span = scans.values().iterator().next();
            properties.time("start", span.start());
            properties.time("end", span.end());
        }
        host = new NessusHost(properties);
        osKnown = false;
        hostChars = 0;
    }

    /** Names stand without saying what they are: one with a dot is the host's full name, another its short one. */
    private void name() throws XMLStreamException, ScanException {
        xml.newBudget();
        var text = xml.text().strip();
        if (!Hosts.isAddress(text)) {
            host.properties.text(text.indexOf('.') > 0 ? "fqdn" : "netbios", text);
        }
    }

    /** Guesses come best first. */
    private void os() throws XMLStreamException, ScanException {
        if (!osKnown && host.published == null) {
            osKnown = true;
            var words = String.join(" ", attribute("vendor"), attribute("product"), attribute("version"));
            host.properties.lines("os", words.replaceAll("\\s+", " ").strip());
            host.properties.text("systemType", attribute("device-class"));
        }
        xml.skip();
    }

    private void fingerprint() throws XMLStreamException, ScanException {
        var cpe = attribute("cpe");
        if (cpe.startsWith("cpe:") && service != null && cpes != null) {
            if (cpes.size() < MAX_CPES && !cpes.contains(cpe)) {
                cpes.add(cpe);
            }
        } else if (cpe.startsWith("cpe:") && host.published == null) {
            // Each is compared with all before it, which costs more than its text.
            hostChars += cpe.length() + 2048;
            if (hostChars > limits.maxItemChars()) {
                throw new ScanException(
                        "file.too_large",
                        name + ": a host holds more than " + limits.maxItemChars()
                                + " characters; no scanner writes this");
            }
            host.properties.cpe(cpe);
        }
        xml.skip();
    }

    private void endpoint() throws XMLStreamException, ScanException {
        publish();
        var status = attribute("status");
        if (!status.isEmpty() && !status.equals("open")) {
            xml.skip();
            return;
        }
        endpoint = new Place(
                Values.port(attribute("port"), repairs), attribute("protocol").toLowerCase(Locale.ROOT), "");
        served = false;
    }

    private void service() throws XMLStreamException, ScanException {
        if (endpoint == null) {
            xml.skip();
            return;
        }
        served = true;
        service = new Place(endpoint.port(), endpoint.protocol(), attribute("name"));
        cpes = new ArrayList<>();
    }

    /** The service itself becomes an item, before its first test. */
    private void observe() {
        if (cpes != null) {
            var node = observed(service);
            cpes.forEach(node.withArrayProperty("cpes")::add);
            cpes = null;
            ready.add(node);
        }
    }

    private ObjectNode observed(Place place) {
        return placed(new Finding(repairs).node(), place).put("severity", 0);
    }

    private void test() throws XMLStreamException, ScanException {
        publish();
        observe();
        xml.newBudget();
        var place = service != null ? service : endpoint != null ? endpoint : Place.HOST;
        var id = NexposeDefinitionReader.folded(xml.attribute("id"));
        var finding = new Finding(repairs);
        finding.text("status", attribute("status").toLowerCase(Locale.ROOT));
        finding.time("firstFound", attribute("vulnerable-since"));
        var span = scans.get(attribute("scan-id"));
        finding.time("lastFound", span == null ? "" : span.end());
        finding.text("output", xml.allText("LinkURL"));
        var node = definition(id);
        node.setAll(finding.finish());
        node.put("occurrence", host.occurrence(id, place.port(), place.protocol()));
        ready.add(placed(node, place));
    }

    /** One that the export does not define keeps its id as its name, and says so where the export is cut before it could. */
    private ObjectNode definition(String id) throws ScanException {
        try {
            var node = definitions.find(id);
            if (node == null) {
                var finding = new Finding(repairs);
                finding.plugin(id, id, "");
                node = finding.finish();
                if (!definitions.whole()) {
                    node.put("undefined", true);
                }
            }
            return node;
        } catch (IOException e) {
            throw new ScanException(
                    "file.failed", name + ": its definitions cannot be read back: " + e.getMessage(), e);
        }
    }

    private ObjectNode placed(ObjectNode node, Place place) {
        node.put("port", place.port()).put("protocol", place.protocol());
        if (!place.service().isEmpty()) {
            node.put("service", place.service());
        }
        node.put("newPort", host.newPort(place.port(), place.protocol()));
        node.set("host", host.published);
        return node;
    }

    private void publish() {
        if (host.published == null) {
            host.published = host.properties.finish();
            var item = Json.NODES.objectNode().put("type", "host");
            item.set("host", host.published);
            ready.add(item);
        }
    }

    private String attribute(String wanted) throws ScanException {
        var value = xml.attribute(wanted);
        return value == null ? "" : value.strip();
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            definitions.close();
        }
    }
}
