package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is remembered of the host being read: its node once known, the ports named so far, how often each finding was seen. */
final class NessusHost {
    private record Sighting(String plugin, int port, String protocol) {}

    final HostNode properties;
    private final Set<Integer> ports = new HashSet<>();
    private final Map<Sighting, Integer> sightings = new HashMap<>();
    /** Read-only from the moment it was handed out: another thread may be mapping it. */
    ObjectNode published;

    NessusHost(HostNode properties) {
        this.properties = properties;
    }

    /** Whether this is the host's first item on a real port. */
    boolean newPort(int port, String protocol) {
        return port > 0
                && switch (protocol) {
                    case "tcp" -> ports.add(port);
                    case "udp" -> ports.add(port | 1 << 16);
                    default -> false;
                };
    }

    /** How many times the finding was met on this port, this time included. */
    int occurrence(String plugin, int port, String protocol) {
        return sightings.merge(new Sighting(plugin, port, protocol), 1, Integer::sum);
    }
}
