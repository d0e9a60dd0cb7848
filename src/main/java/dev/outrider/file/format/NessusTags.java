package dev.outrider.file.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The tags of HostProperties that are read. Their names have no bound (one for each CVE, port, hop), so the rest is never kept. */
final class NessusTags {
    private static final Set<String> WANTED = Set.of(
            "host-ip",
            "host-fqdn",
            "host-fqdns",
            "host-rdns",
            "hostname",
            "netbios-name",
            "mac-address",
            "operating-system",
            "os",
            "system-type",
            "bios-uuid",
            "host-uuid",
            "Credentialed_Scan",
            "policy-used",
            "HOST_START",
            "HOST_END",
            "HOST_START_TIMESTAMP",
            "HOST_END_TIMESTAMP");

    private final HostNode host;
    private final Map<String, String> values = new HashMap<>();

    NessusTags(HostNode host) {
        this.host = host;
    }

    static boolean wanted(String tag) {
        return WANTED.contains(tag) || tag.equals("cpe") || tag.startsWith("cpe-");
    }

    void set(String tag, String value) {
        if (tag.startsWith("cpe")) {
            host.cpe(value);
        } else if (!value.isBlank()) {
            values.putIfAbsent(tag, value);
        }
    }

    /** Tags come in any order and some only count when others are missing, so they are weighed at the end. */
    void finish() {
        text("ip", "host-ip");
        text("fqdn", "host-fqdn");
        text("rdns", "host-rdns");
        text("hostname", "hostname");
        text("netbios", "netbios-name");
        text("systemType", "system-type");
        text("uuid", "host-uuid");
        text("uuid", "bios-uuid");
        text("policy", "policy-used");
        host.lines("macs", get("mac-address"));
        host.lines("os", get("operating-system").isEmpty() ? get("os") : get("operating-system"));
        host.fqdns(get("host-fqdns"));
        host.flag("credentialed", get("Credentialed_Scan"));
        for (String edge : new String[] {"start", "end"}) {
            String tag = edge.equals("start") ? "HOST_START" : "HOST_END";
            if (!get(tag + "_TIMESTAMP").isEmpty()) {
                host.epoch(edge, get(tag + "_TIMESTAMP"));
            }
            host.time(edge, get(tag));
        }
    }

    private void text(String key, String tag) {
        host.text(key, get(tag));
    }

    private String get(String tag) {
        return values.getOrDefault(tag, "");
    }
}
