package dev.outrider.record.normal;

import dev.outrider.record.value.Host;
import dev.outrider.record.value.Keys;
import java.util.List;

/** The two names of an asset; where a vendor gives one, it stands for both. */
record HostPair(Host dns, Host name) {
    static HostPair of(Fields in) {
        var dns = in.host("dns");
        var name = in.host("name");
        if (dns == null && name == null) {
            throw in.fault("name", "an asset has a dns or a name");
        }
        notAUrl(in, "dns", dns);
        notAUrl(in, "name", name);
        return new HostPair(dns == null ? name : dns, name == null ? dns : name);
    }

    /** What is known by a URL or an ARN is a record of its own kind. */
    private static void notAUrl(Fields in, String field, Host host) {
        if (host != null
                && host.address() == null
                && (host.text().contains("://") || host.text().startsWith("arn:"))) {
            throw in.fault(
                    field, "a URL or an ARN is no host: give webapplication, webpage, repository or cloudresource");
        }
    }

    String key() {
        return Keys.asset(dns.text(), name.text());
    }

    List<Host> hosts() {
        return dns.equals(name) ? List.of(dns) : List.of(dns, name);
    }

    boolean isPrivate() {
        return name.isPrivate() || dns.isPrivate();
    }
}
