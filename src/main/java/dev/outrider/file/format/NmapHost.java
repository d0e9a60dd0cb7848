package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One host of an nmap file while it is read: its node and its open ports, bounded together. */
final class NmapHost {
    private final HostNode node;
    private final Repairs repairs;
    private final int maxChars;
    private final String file;
    private final List<ObjectNode> open = new ArrayList<>();
    private final NessusHost seen;

    private boolean up = true;
    private boolean osKnown;
    private ObjectNode port;
    private boolean portOpen;
    private boolean inOsMatch;
    private long chars;

    NmapHost(Repairs repairs, int maxChars, String file) {
        this.node = new HostNode("", "", repairs);
        this.seen = new NessusHost(node);
        this.repairs = repairs;
        this.maxChars = maxChars;
        this.file = file;
    }

    void times(String start, String end) {
        if (!start.isEmpty()) {
            node.epoch("start", start);
        }
        if (!end.isEmpty()) {
            node.epoch("end", end);
        }
    }

    void status(String state) {
        up = !state.equals("down");
    }

    void address(String address, String type) throws ScanException {
        count(address);
        if (type.equals("mac")) {
            node.lines("macs", address);
        } else {
            node.text("name", address);
            node.text("ip", address);
        }
    }

    /** A name that was asked for names the host; one from reverse DNS is only noted. */
    void hostname(String name, String type) throws ScanException {
        count(name);
        node.text(type.equals("user") ? "fqdn" : "rdns", name);
    }

    /** Matches come best first; the rest are guesses. */
    void os(String name) throws ScanException {
        count(name);
        inOsMatch = true;
        if (!osKnown) {
            osKnown = true;
            node.lines("os", name);
        }
    }

    /** CPEs of services are facts of an open port; those of an operating system match are guesses, kept out. */
    void cpe(String cpe) throws ScanException {
        count(cpe);
        if (!inOsMatch && portOpen) {
            node.cpe(cpe);
        }
    }

    void port(String number, String protocol) throws ScanException {
        count(protocol);
        port = Json.NODES.objectNode().put("type", "finding").put("port", Values.port(number, repairs));
        port.put("protocol", protocol);
    }

    void state(String state) {
        portOpen = port != null && state.equals("open");
    }

    void service(String name) throws ScanException {
        count(name);
        if (port != null && !name.isEmpty()) {
            port.put("service", name);
        }
    }

    void leave(String element) {
        if (element.equals("osmatch")) {
            inOsMatch = false;
        } else if (element.equals("port") && port != null) {
            if (portOpen) {
                open.add(port);
            }
            port = null;
            portOpen = false;
        }
    }

    void finish(Deque<ObjectNode> ready) {
        ObjectNode host = node.finish();
        if (!up || !host.has("dns")) {
            return;
        }
        ObjectNode item = Json.NODES.objectNode().put("type", "host");
        item.set("host", host);
        ready.add(item);
        for (ObjectNode finding : open) {
            finding.put("severity", 0);
            finding.put(
                    "newPort",
                    seen.newPort(
                            finding.path("port").intValue(),
                            finding.path("protocol").textValue()));
            finding.set("host", host);
            ready.add(finding);
        }
    }

    /** What is kept of a host costs its texts and something for each. */
    private void count(String text) throws ScanException {
        chars += text.length() + 32;
        if (chars > maxChars) {
            throw new ScanException(
                    "file.too_large",
                    file + ": a host holds more than " + maxChars + " characters; no scanner writes this");
        }
    }
}
