package dev.outrider.vendor.http;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.EgressGuard;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the calls of one integration may go. Credentials go to its own origin only. */
public final class Reach {
    private final Origin home;
    private final List<String> hosts;

    /** @param hosts more hosts, where redirects may lead; {@code *.example.com} takes all below */
    public Reach(URI base, String hosts) {
        this.home = Origin.of(base);
        this.hosts = Arrays.stream(hosts.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    public boolean home(URI uri) {
        return Origin.of(uri).equals(home);
    }

    /** @throws RunException {@code egress.refused} where the address is neither home nor on a host of the class */
    public void check(URI uri) {
        Origin origin;
        try {
            origin = Origin.of(uri);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
        boolean known = origin.equals(home)
                || origin.scheme().equals("https")
                        && hosts.stream()
                                .anyMatch(host -> host.startsWith("*.")
                                        ? origin.host().endsWith(host.substring(1))
                                        : origin.host().equals(host));
        if (!known || uri.getRawUserInfo() != null) {
            throw refused(origin.toString());
        }
    }

    private RunException refused(String where) {
        return new RunException(RunError.of(
                EgressGuard.CODE,
                "the vendor led to " + where + ", but calls stay on " + home
                        + " and the hosts that the class names; nothing was sent there",
                false));
    }
}
