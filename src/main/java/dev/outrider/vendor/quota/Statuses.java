package dev.outrider.vendor.quota;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of HTTP statuses, as {@code 403,404}. */
public final class Statuses {
    private Statuses() {}

    public static Set<Integer> of(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
