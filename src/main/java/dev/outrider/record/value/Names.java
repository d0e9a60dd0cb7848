package dev.outrider.record.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of risks and of the files beside them. */
public final class Names {
    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,}", Pattern.CASE_INSENSITIVE);

    private static final boolean[] UNSAFE = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            UNSAFE[c] = c < ' ' || "<>:\"/\\|?*#".indexOf(c) >= 0;
        }
    }

    private Names() {}

    /** A pure CVE id in upper case; anything else in lower case, blanks as hyphens, the key separator as underscore. */
    public static String risk(String raw) {
        var text = raw.strip();
        if (text.length() < 24 && CVE.matcher(text).matches()) {
            return text.toUpperCase(Locale.ROOT);
        }
        var name = new StringBuilder(text.toLowerCase(Locale.ROOT));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '#') {
                name.setCharAt(i, '_');
            } else if (c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 127) {
                name.setCharAt(i, '-');
            }
        }
        return name.toString();
    }

    /** One part of a file's path: none of the characters that file systems or keys read otherwise. */
    public static String path(String part) {
        StringBuilder clean = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < 128 && UNSAFE[c]) {
                if (clean == null) {
                    clean = new StringBuilder(part);
                }
                clean.setCharAt(i, '_');
            }
        }
        var name = clean == null ? part : clean.toString();
        // A part of dots only would climb out of its folder.
        return name.startsWith(".") && name.chars().allMatch(c -> c == '.') ? "_".repeat(name.length()) : name;
    }

    /** A file's text as it is, or {@code base64:} and its UTF-8 bytes where control characters are in it. */
    public static String bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 127) {
                return encoded(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return text;
    }

    /** Bytes as text where they are UTF-8 without control characters, else {@code base64:} and data. */
    public static String bytes(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? encoded(bytes) : bytes(text);
    }

    private static String encoded(byte[] bytes) {
        return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
}
