package dev.outrider.record.value;

import java.util.Locale;
import java.util.Set;

/**
 * An http(s) URL without what must not be in a record: userinfo, query, fragment.
 *
 * @param scheme http or https
 * @param host canonical; an IPv6 address without brackets
 * @param port -1 where it is the scheme's own
 * @param path starts with a slash
 */
public record Urls(String scheme, Host host, int port, String path) {
    private static final Set<String> SHARED_REPOSITORY_HOSTS = Set.of(
            "github.com",
            "gitlab.com",
            "bitbucket.com",
            "bitbucket.org",
            "hub.docker.com",
            "dev.azure.com",
            "circleci.com");

    /** @throws RecordFault where the text is no http(s) URL */
    public static Urls parse(String raw, String field) {
        var text = raw.strip();
        int colon = text.indexOf("://");
        var scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new RecordFault(field, "a URL starts with http:// or https://");
        }
        int from = colon + 3;
        int end = from;
        while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        var authority = text.substring(from, end);
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        int at = portColon(authority);
        var host = Host.of(at < 0 ? authority : authority.substring(0, at), field);
        if (host.isRange()) {
            throw new RecordFault(field, "a URL names one host");
        }
        int port = at < 0 || at == authority.length() - 1 ? -1 : port(authority.substring(at + 1), field);
        if (port == (scheme.equals("http") ? 80 : 443)) {
            port = -1;
        }
        return new Urls(scheme, host, port, path(text, end, field));
    }

    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static int port(String text, String field) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new RecordFault(field, "the port of a URL is a number");
        }
        throw new RecordFault(field, "the port of a URL is 1 to 65535");
    }

    private static String path(String text, int from, String field) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
            if (Character.isISOControl(text.charAt(end))) {
                throw new RecordFault(field, "a URL holds no control characters");
            }
            end++;
        }
        var path = text.substring(from, end).replace(" ", "%20");
        return path.isEmpty() ? "/" : path.charAt(0) == '/' ? path : "/" + path;
    }

    /** Scheme, host and, where it is not the scheme's own, port. */
    public String origin() {
        boolean v6 = host.isAddress() && host.address().length == 16;
        var name = v6 ? "[" + host.text() + "]" : host.text();
        return scheme + "://" + name + (port < 0 ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return origin() + path;
    }

    /**
     * A repository's URL: forms of git over SSH and a missing scheme become https, final slashes go. Any host will do, since many
     * run their own.
     */
    public static Urls repository(String raw, String field) {
        var text = raw.strip();
        if (text.startsWith("git@") && text.indexOf(':') > 0 && !text.contains("://")) {
            text = "https://" + text.substring(4).replaceFirst(":", "/");
        } else if (text.startsWith("ssh://")) {
            text = "https://" + text.substring(6).replaceFirst(":\\d+/", "/");
        } else if (text.startsWith("git://") || text.startsWith("git+https://")) {
            text = "https" + text.substring(text.indexOf("://"));
        } else if (!text.contains("://")) {
            text = "https://" + text;
        }
        var url = parse(text, field);
        var path = url.path;
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        if (end == 0) {
            throw new RecordFault(field, "a repository's URL has a path");
        }
        boolean known = SHARED_REPOSITORY_HOSTS.contains(url.host.text());
        return new Urls(known ? "https" : url.scheme, url.host, url.port, path.substring(0, end));
    }

    /** Whether a repository's host is an organization's own. */
    public boolean selfHosted() {
        return !SHARED_REPOSITORY_HOSTS.contains(host.text());
    }
}
