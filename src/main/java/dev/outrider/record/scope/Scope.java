package dev.outrider.record.scope;

import dev.outrider.record.value.Host;
import dev.outrider.record.value.Range;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which hosts are noise on which attack surface. A range is judged whole: it is noise where all of it is. */
public final class Scope {
    /** Never a host of anybody: unspecified, multicast, broadcast, link-local, and the metadata services of clouds. */
    private static final List<Range> NEVER = ranges(
            "0.0.0.0/32",
            "224.0.0.0/4",
            "255.255.255.255/32",
            "169.254.0.0/16",
            "100.100.100.200/32",
            "::/128",
            "ff00::/8",
            "fe80::/10",
            "fd00:ec2::254/128");

    private static final List<Range> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

    /** Reached from inside only: RFC 1918, shared address space of carriers, unique local, the old site-local. */
    private static final List<Range> INSIDE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10");

    private static final Set<String> METADATA = Set.of("metadata.google.internal", "metadata.goog");

    private Scope() {}

    /**
     * True means drop.
     *
     * @param surface of the run
     * @param hosts all names of one asset; on a surface other than internal one unreachable address is enough, whatever its public name
     */
    public static boolean drops(String surface, List<Host> hosts) {
        boolean internal = surface.equals("internal");
        boolean loopback = false;
        boolean named = false;
        for (var host : hosts) {
            if (host.in(NEVER) || METADATA.contains(host.text()) || !internal && host.in(INSIDE)) {
                return true;
            }
            boolean local = host.in(LOOPBACK)
                    || host.text().equals("localhost")
                    || host.text().endsWith(".localhost");
            loopback |= local;
            named |= !local && host.address() == null;
        }
        // An agent's scan of its own host reports 127.0.0.1; by its name that host is reached all the same.
        return loopback && !(internal && named);
    }

    private static List<Range> ranges(String... texts) {
        return Stream.of(texts).map(Range::parse).toList();
    }
}
