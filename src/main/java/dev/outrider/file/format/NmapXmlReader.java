package dev.outrider.file.format;

import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/**
 * Reads nmap's XML: for each host that is up its host item, then one finding of severity 0 for each open port, in the shape of the
 * Nessus readers so that one mapping serves both. A host is given when its element ends; a cut file loses at most the last one.
 */
final class NmapXmlReader extends XmlScanReader {
    private final int maxHostChars;

    NmapXmlReader(Content content, Head head, Limits limits) throws IOException {
        super(content, head, limits);
        this.maxHostChars = limits.maxItemChars();
    }

    @Override
    public String format() {
        return NmapXml.ID;
    }

    @Override
    void element(String element) throws XMLStreamException, ScanException {
        if (element.equals("host")) {
            host();
        } else {
            xml.skip();
        }
    }

    private void host() throws XMLStreamException, ScanException {
        NmapHost host = new NmapHost(repairs, maxHostChars, name);
        host.times(attribute("starttime"), attribute("endtime"));
        // Depth within the host: what matters is told by an element's name alone, wherever it stands.
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XmlCursor.END) {
                depth--;
                host.leave(xml.name());
            } else if (event == XmlCursor.START && skipped(xml.name())) {
                xml.skip();
            } else if (event == XmlCursor.START && xml.name().equals("cpe")) {
                xml.newBudget();
                host.cpe(xml.text());
            } else if (event == XmlCursor.START) {
                depth++;
                element(host);
            }
        }
        host.finish(ready);
    }

    /** Hops and the output of scripts name other machines and ports than this host's own. */
    private static boolean skipped(String element) {
        return switch (element) {
            case "script", "hostscript", "trace", "extraports" -> true;
            default -> false;
        };
    }

    private void element(NmapHost host) throws ScanException {
        switch (xml.name()) {
            case "status" -> host.status(attribute("state"));
            case "address" -> host.address(attribute("addr"), attribute("addrtype"));
            case "hostname" -> host.hostname(attribute("name"), attribute("type"));
            case "osmatch" -> host.os(attribute("name"));
            case "port" -> host.port(attribute("portid"), attribute("protocol"));
            case "state" -> host.state(attribute("state"));
            case "service" -> host.service(attribute("name"));
            default -> {
                // A container, or something that gives no record.
            }
        }
    }

    private String attribute(String wanted) throws ScanException {
        String value = xml.attribute(wanted);
        return value == null ? "" : value.strip();
    }
}
