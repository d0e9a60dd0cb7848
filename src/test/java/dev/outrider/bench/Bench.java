package dev.outrider.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the benchmarks share. */
final class Bench {
    /** A service is warm when load comes, and most of a first run is the compiler's: the best of so many runs counts, of a bare pass too. */
    static final int RUNS = 6;

    private Bench() {}

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** The heap all are measured with, and what else {@code -Dbench.jvm} gives, such as a profiler. */
    static String[] jvm(String... more) {
        var options = new ArrayList<String>(List.of("-Xmx256m"));
        options.addAll(List.of(more));
        Arrays.stream(System.getProperty("bench.jvm", "").split(" +"))
                .filter(option -> !option.isEmpty())
                .forEach(options::add);
        return options.toArray(String[]::new);
    }
}
