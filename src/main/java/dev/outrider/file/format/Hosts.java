package dev.outrider.file.format;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Tells addresses, host names and URLs apart by their form, without asking any resolver. */
final class Hosts {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?:%[\\w.]+)?");

    private Hosts() {}

    static boolean isAddress(String text) {
        return !text.isEmpty()
                && (V4.matcher(text).matches()
                        || text.indexOf(':') >= 0 && V6.matcher(text).matches());
    }

    static boolean isUrl(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
    }

    /** Host of a URL without brackets, or the empty string. */
    static String hostOf(String url) {
        try {
            String host = new URI(url.strip().replace(" ", "%20")).getHost();
            return host == null ? roughly(url) : trim(host);
        } catch (URISyntaxException e) {
            return roughly(url);
        }
    }

    /** For names that the strict rules of a URI refuse, such as ones with an underscore. */
    private static String roughly(String url) {
        String rest = url.substring(url.indexOf("//") + 2);
        String authority = rest.split("[/?#]", 2)[0];
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        return trim(authority.replaceAll(":\\d*$", ""));
    }

    /** Without blanks, the dots that end a full name, and the brackets of an IPv6 address. */
    static String trim(String host) {
        String name = host.strip();
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
