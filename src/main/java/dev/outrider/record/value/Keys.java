package dev.outrider.record.value;

import java.util.Locale;

/** The key of each kind: a pure function of content. Keys are how records of different runs and vendors meet. */
public final class Keys {
    private static final int MAX_URL_KEY = 2048;
    private static final int MAX_ATTRIBUTE_KEY = 1024;
    private static final int DIGEST_CHARS = 17;

    private Keys() {}

    public static String asset(String dns, String name) {
        return ("#asset#" + dns + "#" + name).toLowerCase(Locale.ROOT);
    }

    public static String port(String protocol, int port, String parentKey) {
        return "#port#" + protocol + "#" + port + parentKey;
    }

    public static String risk(String dns, String name) {
        return "#risk#" + dns + "#" + name;
    }

    public static String technology(String cpe) {
        return "#technology#" + cpe;
    }

    /** The value is cut so that the key holds 1,024 code points; where the parent alone is too long, the whole key is cut. */
    public static String attribute(String name, String value, String parentKey) {
        var head = "#attribute#" + segment(name) + "#";
        var clean = segment(value);
        int room = MAX_ATTRIBUTE_KEY - points(head) - points(parentKey);
        return cut(head + cut(clean, Math.max(room, DIGEST_CHARS)) + parentKey, MAX_ATTRIBUTE_KEY);
    }

    public static String file(String path) {
        return "#file#" + path;
    }

    /** Without an email the name stands twice, and the other way round. */
    public static String person(String email, String name) {
        return "#person#" + (email == null ? name : email) + "#" + (name == null ? email : name);
    }

    public static String organization(String domain, String name) {
        return "#organization#" + domain + "#" + name;
    }

    public static String repository(String url, String name) {
        return "#repository#" + url + "#" + segment(name);
    }

    public static String webApplication(String url) {
        return cut("#webapplication#" + url, MAX_URL_KEY);
    }

    public static String webPage(String url) {
        return cut("#webpage#" + url, MAX_URL_KEY);
    }

    /** @param provider aws, azure or gcp */
    public static String cloudResource(String provider, String account, String resourceId) {
        return "#" + provider + "resource#" + segment(account) + "#" + segment(resourceId);
    }

    public static String generic(String group, String identifier) {
        return "#generic#" + group + "#" + identifier;
    }

    /** Text as a part of a key: the separator must not be in it. */
    public static String segment(String text) {
        return text.indexOf('#') < 0 ? text : text.replace('#', '_');
    }

    /**
     * Text of at most so many code points. What is cut off lives on in a digest at the end, so that two long values that begin alike stay
     * two, and no character is cut in half.
     */
    public static String cut(String text, int max) {
        if (text.length() <= max || points(text) <= max) {
            return text;
        }
        int end = text.offsetByCodePoints(0, max - DIGEST_CHARS);
        return text.substring(0, end) + "~" + Digest.get().text(text).hex().substring(0, DIGEST_CHARS - 1);
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
