package dev.outrider.vendor.quota;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of HTTP statuses, as {@code 403,404}. */
public final class Statuses {
    private Statuses() {}

    /** Whether one of the lines, each {@code status: pattern}, fits. */
    public static boolean match(String lines, int status, String text) {
        return lines.lines()
                .filter(line -> line.contains(":"))
                .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(Integer.toString(status)))
                .anyMatch(line -> Pattern.compile(
                                line.substring(line.indexOf(':') + 1).strip(), Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find());
    }

    public static Set<Integer> of(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
