package dev.outrider.vendor.http;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code {name}} in them, or {@code {name:what stands for it where it has no value}}. */
public final class Template {
    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)(?::([^{}]*))?}");

    private Template() {}

    /**
     * Fills the names in.
     *
     * @param values the value of a name, or null where there is none
     * @throws IllegalArgumentException naming the first name with neither value nor default
     */
    public static String fill(String text, Function<String, String> values) {
        return NAME.matcher(text).replaceAll(found -> {
            var value = values.apply(found.group(1));
            if (value == null) {
                value = found.group(2);
            }
            if (value == null) {
                throw new IllegalArgumentException("{" + found.group(1) + "} in '" + text + "' has no value");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
