package dev.outrider.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** What the benchmarks share. */
final class Bench {
    /** A service is warm when load comes, and most of a first run is the compiler's: the best of so many runs counts, of a bare pass too. */
    static final int RUNS = 6;

    private Bench() {}

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /**
     * The fastest of all runs.
     *
     * @param seconds from the job's beginning to its end
     * @param stream what its report says of its first stream
     */
    record Best(double seconds, JsonNode stream) {}

    /** @param job runs one job, by the number of the run, and gives its report */
    static Best best(IntFunction<JsonNode> job) {
        Best best = null;
        var all = new StringJoiner(", ");
        for (int run = 0; run < RUNS; run++) {
            var report = complete(job.apply(run));
            var took = Duration.between(
                    Instant.parse(report.path("started").asText()),
                    Instant.parse(report.path("finished").asText()));
            var one = new Best(took.toMillis() / 1000.0, report.path("streams").get(0));
            all.add("%.2f".formatted(one.seconds()));
            best = best == null || one.seconds() < best.seconds() ? one : best;
        }
        say("runs            %s s", all);
        return best;
    }

    /** The report, of a job that got everything. */
    static JsonNode complete(JsonNode report) {
        if (!report.path("status").asText().equals("complete")) {
            throw new IllegalStateException("the job was not complete: " + report.toPrettyString());
        }
        return report;
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
