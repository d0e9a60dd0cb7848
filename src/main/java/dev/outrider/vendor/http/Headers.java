package dev.outrider.vendor.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a reply, by name in any case; a header that came in several lines keeps them apart. */
public final class Headers {
    private final Map<String, List<String>> values = new TreeMap<>();

    /** Takes what Camel makes of response headers: text, or a collection where there were several lines. */
    public static Headers of(Map<String, Object> headers) {
        var taken = new Headers();
        headers.forEach((name, value) -> {
            if (value instanceof Iterable<?> lines) {
                lines.forEach(line -> taken.add(name, String.valueOf(line)));
            } else if (value != null) {
                taken.add(name, value.toString());
            }
        });
        return taken;
    }

    public void add(String name, String value) {
        values.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(value);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first line of the header. */
    public Optional<String> first(String name) {
        return name.isEmpty()
                ? Optional.empty()
                : all(name).stream().findFirst().map(String::strip);
    }

    /** The header as a whole number; empty where it is absent, none, or two of them joined by a proxy. */
    public Optional<Long> number(String name) {
        return first(name).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }
}
