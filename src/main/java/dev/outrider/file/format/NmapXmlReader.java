package dev.outrider.file.format;

import com.ctc.wstx.exc.WstxLazyException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Reads nmap's XML: for each host that is up its host item, then one finding of severity 0 for each open port, in the shape of the
 * Nessus readers so that one mapping serves both. A host is given when its element ends; a cut file loses at most the last one.
 */
final class NmapXmlReader implements ScanReader {
    private final String name;
    private final Repairs repairs = new Repairs();
    private final RepairedText source;
    private final XmlCursor xml;
    private final Deque<ObjectNode> ready = new ArrayDeque<>();
    private final int maxHostChars;

    private boolean rootSeen;
    private boolean done;
    private ScanException failure;

    NmapXmlReader(Content content, Head head, Limits limits) throws IOException {
        this.name = content.name();
        this.maxHostChars = limits.maxItemChars();
        this.source = RepairedText.of(content, head);
        try {
            this.xml = new XmlCursor(source, limits, repairs, name);
        } catch (XMLStreamException e) {
            source.close();
            throw new ScanIOException(Faults.of(e, name, source));
        }
    }

    @Override
    public String format() {
        return NmapXml.ID;
    }

    @Override
    public JsonNode next() throws ScanException {
        while (ready.isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            if (done) {
                return null;
            }
            try {
                advance();
            } catch (ScanException e) {
                failure = e;
            } catch (XMLStreamException | WstxLazyException e) {
                failure = Faults.of(e, name, source);
            }
        }
        return ready.poll();
    }

    private void advance() throws XMLStreamException, ScanException {
        int event = xml.next();
        if (event == XMLStreamConstants.END_DOCUMENT) {
            done = true;
        } else if (event == XmlCursor.START) {
            if (!rootSeen) {
                rootSeen = true;
            } else if (xml.name().equals("host")) {
                host();
            } else {
                xml.skip();
            }
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

    @Override
    public Map<String, Long> repairs() {
        source.countInto(repairs);
        return repairs.asMap();
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
