package dev.outrider.bench;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * How fast the packaged application turns a large scan into durable records, as a ratio to a bare Woodstox pass over the same file on the
 * same machine in the same run. {@code mvn -Pbench -DskipTests verify}; {@code -Dbench.mb=1024} sets the size.
 */
public final class ScanBench {
    private static final Pattern AFTER_GC = Pattern.compile("Pause .*? (\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private ScanBench() {}

    public static void main(String[] args) throws Exception {
        long bytes = Long.getLong("bench.mb", 1024) << 20;
        var folder = Path.of("target/bench").toAbsolutePath();
        delete(folder);
        var scans = Files.createDirectories(folder.resolve("scans"));
        var file = scans.resolve("bench.nessus");
        ScanGenerator.bySize(file, 1, bytes);
        double megabytes = Files.size(file) / 1e6;
        say("file            %.0f MB, generated with seed 1", megabytes);

        double bare = Double.MAX_VALUE;
        for (int pass = 0; pass < 3; pass++) {
            bare = Math.min(bare, barePass(file));
        }
        say("bare Woodstox   %.2f s, %.0f MB/s (best of three passes)", bare, megabytes / bare);

        var gc = folder.resolve("gc.log");
        try (var outrider = new OutriderProcess(folder.resolve("data"))) {
            outrider.declaring(
                    """
                    integrations:
                      - name: bench
                        class: nessus
                        tenant: bench
                        settings: { folder: "%s", after: leave }
                    """
                            .formatted(scans));
            outrider.withJvm("-Xmx256m", "-Xlog:gc:file=" + gc);
            var tool = outrider.tool("run", "bench");
            var report = tool.json();
            if (tool.exitCode() != 0) {
                throw new IllegalStateException("the job was not complete: " + report.toPrettyString() + tool.errors());
            }
            var took = Duration.between(
                    Instant.parse(report.path("started").asText()),
                    Instant.parse(report.path("finished").asText()));
            double seconds = took.toMillis() / 1000.0;
            var stream = report.path("streams").get(0);
            say(
                    "Outrider        %.2f s, %.0f MB/s, %d items, %d records, -Xmx256m",
                    seconds,
                    megabytes / seconds,
                    stream.path("received").asLong(),
                    stream.path("records").asLong());
            say("ratio           %.2f of the bare pass", bare / seconds);
            say("heap            %d MB at most after a collection", peakAfterGc(gc));
        }
    }

    private static double barePass(Path file) throws IOException, XMLStreamException {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        long begin = System.nanoTime();
        long characters = 0;
        try (var in = Files.newInputStream(file)) {
            var reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                // The text's length is asked for, so that the parser has to decode it, as any use of it must.
                if (reader.next() == XMLStreamConstants.CHARACTERS) {
                    characters += reader.getTextLength();
                }
            }
            reader.close();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (characters == 0) {
            throw new IllegalStateException("the file holds no text");
        }
        return seconds;
    }

    private static long peakAfterGc(Path log) throws IOException {
        var matcher = AFTER_GC.matcher(Files.readString(log));
        long peak = 0;
        while (matcher.find()) {
            peak = Math.max(peak, Long.parseLong(matcher.group(2)));
        }
        return peak;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
