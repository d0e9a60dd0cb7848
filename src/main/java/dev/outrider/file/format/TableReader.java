package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a table in two passes: the first gathers the CVEs of each finding, the second gives each finding at its
 * first row, and each host before its first finding. Memory is some 100 bytes a finding, whatever the rows hold.
 */
final class TableReader implements ScanReader {
    /** Hosts of late, so that neighbouring rows share one node; a host that comes back later gets an equal one. */
    private static final int RECENT_HOSTS = 256;

    private final Table table;
    private final Repairs repairs = new Repairs();
    private final CveGroups groups = new CveGroups();
    private final DigestMap hosts = new DigestMap();
    private final DigestMap ports = new DigestMap();
    private final DigestMap sightings = new DigestMap();
    private final Map<Digest, ObjectNode> recent = new LinkedHashMap<>();
    private final Deque<ObjectNode> ready = new ArrayDeque<>();
    private final Rows rows;

    TableReader(Table table) throws IOException, ScanException {
        this.table = table;
        gather();
        this.rows = table.rows(EnumSet.allOf(NessusColumn.class));
    }

    /** The first pass. A fault of the file is left for the second, which meets it at the same place. */
    private void gather() throws IOException, ScanException {
        try (Rows pass = table.rows(NessusRow.IDENTITY)) {
            while (true) {
                Row row;
                try {
                    row = pass.next();
                } catch (ScanException fault) {
                    return;
                }
                if (row == null) {
                    table.checked();
                    return;
                }
                gather(new NessusRow(row, table), row);
            }
        }
    }

    private void gather(NessusRow nessus, Row row) throws ScanException {
        if (!row.blank() && nessus.fault() == null) {
            groups.add(nessus.group(), nessus.cves());
        }
        if (groups.full()) {
            throw new ScanException(
                    "file.too_large",
                    table.name() + ": more than " + CveGroups.MAX_FINDINGS
                            + " findings in one table; export .nessus, or fewer hosts to a file");
        }
    }

    @Override
    public String format() {
        return table.format();
    }

    @Override
    public JsonNode next() throws ScanException {
        while (ready.isEmpty()) {
            Row row = rows.next();
            if (row == null) {
                return null;
            }
            read(row);
        }
        return ready.poll();
    }

    /** Rows that were refused on the way were reported when the items after them were first read. */
    @Override
    public void skip(long n) throws ScanException {
        for (long left = n; left > 0; ) {
            try {
                if (next() == null) {
                    return;
                }
                left--;
            } catch (ScanException e) {
                if (!e.recoverable()) {
                    throw e;
                }
            }
        }
    }

    private void read(Row row) throws ScanException {
        if (row.blank()) {
            return;
        }
        NessusRow nessus = new NessusRow(row, table);
        String fault = nessus.fault();
        if (fault != null) {
            throw new ScanException(
                    table.rowCode(),
                    table.name() + ": " + row.where() + ": the row " + fault
                            + "; repair the row or export the scan again",
                    null,
                    true);
        }
        List<String> cves = groups.take(nessus.group());
        if (cves != null) {
            emit(nessus, nessus.finding(cves, repairs));
        }
    }

    private void emit(NessusRow row, Finding finding) {
        ObjectNode host = host(row);
        ObjectNode node = finding.finish();
        if (row.plugin().isEmpty()) {
            observed(row, node, host);
            return;
        }
        boolean fixed = node.path("state").asText("").equals("FIXED");
        // What was fixed says nothing of a port being open now.
        node.put("newPort", !fixed && newPort(row, node));
        node.put("occurrence", fixed ? 1 : sightings.increment(row.sighting()));
        node.set("host", host);
        ready.add(node);
    }

    /** A row without a finding tells of a port that is open, or only of the host. */
    private void observed(NessusRow row, ObjectNode node, ObjectNode host) {
        if (newPort(row, node)) {
            node.put("severity", 0).put("newPort", true);
            node.set("host", host);
            ready.add(node);
        }
    }

    private boolean newPort(NessusRow row, ObjectNode node) {
        int port = node.path("port").intValue();
        String protocol = node.path("protocol").asText("");
        if (port == 0 || !protocol.equals("tcp") && !protocol.equals("udp")) {
            return false;
        }
        Digest host = row.host();
        return ports.increment(Digest.of(host.high() + "/" + host.low(), protocol, String.valueOf(port))) == 1;
    }

    private ObjectNode host(NessusRow row) {
        Digest key = row.host();
        boolean first = hosts.increment(key) == 1;
        ObjectNode node = recent.get(key);
        if (node == null) {
            node = row.hostNode(first ? repairs : new Repairs());
            if (recent.size() >= RECENT_HOSTS) {
                recent.remove(recent.keySet().iterator().next());
            }
            recent.put(key, node);
        }
        if (first) {
            ObjectNode item = Json.NODES.objectNode();
            item.put("type", "host");
            item.set("host", node);
            ready.add(item);
        }
        return node;
    }

    @Override
    public Map<String, Long> repairs() {
        rows.countInto(repairs);
        return repairs.asMap();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
