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
    /** Where the vendor wants to be called instead; null where it is called at home. */
    private volatile Origin session;

    /** @param hosts more hosts, where redirects may lead; {@code *.example.com} takes all below */
    public Reach(URI base, String hosts) {
        this.home = Origin.of(base);
        this.hosts = Arrays.stream(hosts.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    public boolean home(URI uri) {
        var origin = Origin.of(uri);
        return origin.equals(home) || origin.equals(session);
    }

    String host() {
        var current = session;
        return (current == null ? home : current).host();
    }

    /**
     * An address at home, where the vendor moved it: it may name another port of the host, or lead from one host of the class to another.
     * Settings that name a host which is none of the class, a proxy for instance, are never led from there to the vendor's.
     *
     * @param base what the vendor named; null for nothing
     * @throws RunException {@code egress.refused} where that is neither
     */
    URI moved(URI uri, String base) {
        if (base == null || base.isBlank() || !Origin.of(uri).equals(home)) {
            return uri;
        }
        URI there;
        try {
            there = URI.create(base.strip());
            Origin.of(there);
        } catch (IllegalArgumentException e) {
            throw refused("a place that is no address");
        }
        var to = Origin.of(there);
        boolean sameHost = to.host().equals(home.host()) && to.scheme().equals(home.scheme());
        if (!sameHost && !known(to) || there.getRawUserInfo() != null) {
            throw refused(to.toString());
        }
        if (!sameHost && !known(home)) {
            return uri;
        }
        session = to;
        var whole = uri.toString();
        int path = whole.indexOf(uri.getRawAuthority()) + uri.getRawAuthority().length();
        return URI.create(to.scheme() + "://" + there.getRawAuthority() + whole.substring(path));
    }

    /** A host of the class, never by a scheme that is worse than our own. */
    private boolean known(Origin origin) {
        return (origin.scheme().equals("https") || origin.scheme().equals(home.scheme()))
                && hosts.stream()
                        .anyMatch(host -> host.startsWith("*.")
                                ? origin.host().endsWith(host.substring(1))
                                : origin.host().equals(host));
    }

    /** @throws RunException {@code egress.refused} where the address is neither home nor on a host of the class */
    public void check(URI uri) {
        Origin origin;
        try {
            origin = Origin.of(uri);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
        boolean known = origin.equals(home) || origin.equals(session) || known(origin);
        if (!known || uri.getRawUserInfo() != null) {
            throw refused(origin.toString());
        }
    }

    /**
     * Where a request without any credential may go: besides, to another port of our host.
     *
     * @throws RunException {@code egress.refused}
     */
    void checkAnonymous(URI uri) {
        try {
            var origin = Origin.of(uri);
            if (uri.getRawUserInfo() == null
                    && origin.host().equals(home.host())
                    && origin.scheme().equals(home.scheme())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
        check(uri);
    }

    private RunException refused(String where) {
        return new RunException(RunError.of(
                EgressGuard.CODE,
                "the vendor led to " + where + ", but calls stay on " + home
                        + " and the hosts that the class names; nothing was sent there",
                false));
    }
}
