package dev.outrider.record.value;

import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;

/** Common platform enumeration names: a 2.2 URI or a 2.3 string in, a 2.3 string of 11 components out. */
public final class Cpe {
    private static final int COMPONENTS = 11;
    private static final Pattern UNPACK = Pattern.compile("~");

    private Cpe() {}

    /** @throws RecordFault where the text is neither form */
    public static String normalise(String raw, String field) {
        var text = raw.strip();
        // Scanners write "cpe:/a:php:php:5.1.6 -> PHP PHP".
        int blank = text.indexOf(' ');
        text = (blank < 0 ? text : text.substring(0, blank)).toLowerCase(Locale.ROOT);
        var parts = new ArrayList<String>(COMPONENTS);
        if (text.startsWith("cpe:2.3:")) {
            split(text.substring(8), parts);
        } else if (text.startsWith("cpe:/")) {
            fromUri(text.substring(5), parts);
        } else {
            throw new RecordFault(field, "a CPE starts with cpe:2.3: or cpe:/");
        }
        while (parts.size() < COMPONENTS) {
            parts.add("*");
        }
        if (parts.size() > COMPONENTS
                || !"aoh*-".contains(parts.get(0))
                || parts.get(0).length() != 1) {
            throw new RecordFault(field, "a CPE has a part a, o or h and at most 11 components");
        }
        if (parts.get(1).equals("*") && parts.get(2).equals("*")) {
            throw new RecordFault(field, "a CPE names a vendor or a product");
        }
        return "cpe:2.3:" + String.join(":", parts);
    }

    private static void split(String text, ArrayList<String> parts) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) == '\\') {
                i++;
            } else if (i == text.length() || text.charAt(i) == ':') {
                parts.add(i == from ? "*" : text.substring(from, i));
                from = i + 1;
            }
        }
    }

    private static void fromUri(String text, ArrayList<String> parts) {
        var uri = text.split(":", -1);
        for (int i = 0; i < uri.length; i++) {
            if (i == 5 && uri[i].startsWith("~")) {
                // Edition packs five components of 2.3: ~edition~sw_edition~target_sw~target_hw~other
                var packed = UNPACK.split(uri[i], -1);
                parts.add(component(packed.length > 1 ? packed[1] : ""));
                parts.add(component(uri.length > 6 ? uri[6] : ""));
                for (int p = 2; p < packed.length; p++) {
                    parts.add(component(packed[p]));
                }
                if (uri.length > 7) {
                    parts.add("too many");
                }
                return;
            }
            parts.add(component(uri[i]));
        }
    }

    private static String component(String uri) {
        if (uri.isEmpty() || uri.equals("-")) {
            return uri.isEmpty() ? "*" : "-";
        }
        var text = new StringBuilder(uri.length() + 8);
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '%' && i + 2 < uri.length()) {
                int code = Character.digit(uri.charAt(i + 1), 16) * 16 + Character.digit(uri.charAt(i + 2), 16);
                i += 2;
                if (code == 1 || code == 2) {
                    text.append(code == 1 ? '?' : '*');
                    continue;
                }
                c = (char) code;
            }
            if (c < 128 && !Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.') {
                text.append('\\');
            }
            text.append(c);
        }
        return text.toString();
    }
}
