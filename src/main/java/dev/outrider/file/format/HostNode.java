package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A host under construction: {@code {name, dns, address, ip, fqdn, rdns, netbios, url, macs[], os[], cpes[], systemType, uuid,
 * start, end, credentialed, report}}. {@code name} is the target as it was typed; {@code dns} and {@code address} are what its
 * asset is known by, worked out here once because every finding of the host refers to them.
 */
final class HostNode {
    private final ObjectNode given = Json.NODES.objectNode();
    private final Repairs repairs;
    private String fqdns = "";

    HostNode(String name, String report, Repairs repairs) {
        this.repairs = repairs;
        text("name", name);
        text("report", report);
    }

    /** The first value that is not empty wins. */
    void text(String key, String value) {
        if (value != null && !value.isBlank() && !value.equalsIgnoreCase("null")) {
            given.putIfAbsent(key, Json.NODES.textNode(value.strip()));
        }
    }

    void lines(String key, String value) {
        for (String line : value.split("[\\r\\n]+")) {
            if (!line.isBlank()) {
                given.withArrayProperty(key).add(line.strip());
            }
        }
    }

    /** {@code cpe:/a:php:php:5.1.6 -> PHP PHP}: the part before the arrow, each once. */
    void cpe(String value) {
        for (String line : value.split("[\\r\\n]+")) {
            int arrow = line.indexOf(" -> ");
            String cpe = (arrow < 0 ? line : line.substring(0, arrow)).strip();
            if (cpe.startsWith("cpe:")) {
                for (var known : given.path("cpes")) {
                    if (known.textValue().equals(cpe)) {
                        return;
                    }
                }
                given.withArrayProperty("cpes").add(cpe);
            }
        }
    }

    void flag(String key, String value) {
        Boolean flag = Values.bool(value);
        if (flag != null) {
            given.put(key, flag);
        }
    }

    /** Seconds since the epoch; these come from the scanner and beat the local time that has no zone. */
    void epoch(String key, String value) {
        try {
            given.put(key, Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            repairs.add(Repairs.DATE);
        }
    }

    /** A written time, used when there was no epoch. */
    void time(String key, String value) {
        if (given.has(key) || value.isBlank()) {
            return;
        }
        Times.Moment at = Times.parse(value);
        if (at == null) {
            repairs.add(Repairs.DATE);
            return;
        }
        given.put(key, at.epochSecond());
        if (at.assumedUtc()) {
            given.put("timesAssumedUtc", true);
            repairs.add(Repairs.ZONE);
        }
    }

    /** JSON of names with their sources; only needed where no single name is given. */
    void fqdns(String json) {
        this.fqdns = json;
    }

    /** The finished node, a new one each time; what comes in later does not change it. */
    ObjectNode finish() {
        ObjectNode node = given.deepCopy();
        String name = given.path("name").asText("");
        String url = Hosts.isUrl(name) ? name : given.path("fqdn").asText("");
        String ip = firstAddress(given.path("ip").asText(""), plain(name));
        String fqdn = firstName(given.path("fqdn").asText(""), nameIn(fqdns), name);
        String dns = first(fqdn, ip, plain(name), given.path("netbios").asText(""));
        set(node, "url", Hosts.isUrl(url) ? url : "");
        set(node, "ip", ip);
        set(node, "fqdn", fqdn);
        set(node, "dns", dns);
        set(node, "address", first(ip, dns));
        return node;
    }

    private static void set(ObjectNode node, String key, String value) {
        if (value.isEmpty()) {
            node.remove(key);
        } else {
            node.put(key, value);
        }
    }

    private static String nameIn(String json) {
        int at = json.indexOf("\"FQDN\"");
        if (at < 0) {
            return "";
        }
        int from = json.indexOf('"', json.indexOf(':', at)) + 1;
        int to = json.indexOf('"', from);
        return from > 0 && to > from ? json.substring(from, to) : "";
    }

    private static String firstAddress(String... candidates) {
        for (String candidate : candidates) {
            String address = Hosts.trim(candidate);
            if (Hosts.isAddress(address)) {
                int zone = address.indexOf('%');
                return zone < 0 ? address : address.substring(0, zone);
            }
        }
        return "";
    }

    /** Host names that are no address; an address in their place says nothing new. */
    private static String firstName(String... candidates) {
        for (String candidate : candidates) {
            String host = plain(candidate);
            if (!host.isEmpty() && !Hosts.isAddress(host) && !host.equalsIgnoreCase("null")) {
                return host.toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private static String plain(String target) {
        return Hosts.isUrl(target) ? Hosts.hostOf(target) : Hosts.trim(target);
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
