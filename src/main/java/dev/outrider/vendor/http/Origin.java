package dev.outrider.vendor.http;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port: what a credential belongs to. */
public record Origin(String scheme, String host, int port) {
    /** @throws IllegalArgumentException where the address is no absolute http or https URL */
    public static Origin of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("no absolute URL: " + uri.getRawPath());
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("neither http nor https: " + scheme);
        }
        int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
