package dev.outrider.bench;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
        Bench.say("file            %.0f MB, generated with seed 1", megabytes);

        double bare = Double.MAX_VALUE;
        for (int pass = 0; pass < Bench.RUNS; pass++) {
            bare = Math.min(bare, barePass(file));
        }
        Bench.say("bare Woodstox   %.2f s, %.0f MB/s (best of six passes)", bare, megabytes / bare);

        var gc = folder.resolve("gc.log");
        try (var outrider = new OutriderProcess(folder.resolve("data"))) {
            var integrations = new StringBuilder("integrations:\n");
            for (int run = 0; run < Bench.RUNS; run++) {
                integrations.append(
                        """
                          - { name: bench-%d, class: nessus, tenant: bench, settings: { folder: "%s", after: leave } }
                        """
                                .formatted(run, scans));
            }
            outrider.declaring(integrations.toString());
            outrider.withJvm(Bench.jvm("-Xlog:gc:file=" + gc)).start();
            var best = Bench.best(run -> outrider.job("bench-" + run));
            Bench.say(
                    "Outrider        %.2f s, %.0f MB/s, %d items, %d records, -Xmx256m (best of six runs)",
                    best.seconds(),
                    megabytes / best.seconds(),
                    best.stream().path("received").asLong(),
                    best.stream().path("records").asLong());
            Bench.say("ratio           %.2f of the bare pass", bare / best.seconds());
            outrider.stop();
            Bench.say("heap            %d MB at most after a collection", peakAfterGc(gc));
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
}
