package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.bench.ScanGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while files flow. {@code mvn verify} kills a few times; {@code mvn verify -DskipTests=false -Dit.test=KillIT
 * -Doutrider.kills=200} as often as one likes.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("outrider.kills", 12);
    private static final long SEED = Long.getLong("outrider.seed", System.nanoTime());
    private static final int FILES = Math.max(12, KILLS);

    @TempDir
    Path folder;

    private RoutesCopy routes;

    @Test
    void emitsTheSameRecordsAsAnUndisturbedRunHoweverOftenItIsKilled() throws Exception {
        // Small pages, so that kills fall inside files too.
        routes = RoutesCopy.in(folder.resolve("routes"))
                .change("nessus/nessus.yaml", "to: files:pages\n", "to: files:pages?pageItems=20\n");
        var scans = generate();
        var undisturbed = undisturbed(scans);
        assertThat(undisturbed).hasSizeGreaterThan(FILES * 100);

        var random = new Random(SEED);
        try (var outrider = outrider("killed")) {
            var inbox = outrider.inbox();
            for (int kill = 0; kill < KILLS; kill++) {
                // Some files arrive while it is down, some while it works.
                drop(scans.get(kill % scans.size()), inbox);
                if (random.nextInt(10) == 0) {
                    outrider.launch();
                    pause(500 + random.nextInt(2500));
                } else {
                    outrider.start();
                    pause(50 + random.nextInt(450));
                }
                outrider.kill();
            }
            scans.forEach(scan -> drop(scan, inbox));
            outrider.start();
            awaitEmpty(outrider);
            outrider.stop();

            var ids = ids(outrider);
            assertThat(ids).as("no id twice, seed %d", SEED).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(ids))
                    .as("the ids of an undisturbed run, seed %d", SEED)
                    .isEqualTo(undisturbed);
        }
    }

    private TreeSet<String> undisturbed(List<Path> scans) throws IOException {
        try (var outrider = outrider("undisturbed")) {
            scans.forEach(scan -> drop(scan, outrider.inbox()));
            outrider.start();
            awaitEmpty(outrider);
            outrider.stop();
            return new TreeSet<>(ids(outrider));
        }
    }

    private OutriderProcess outrider(String name) {
        return new OutriderProcess(folder.resolve(name).resolve("data"))
                .with("OUTRIDER_ROUTES", routes.folder().toString())
                .declaring(
                        """
                        integrations:
                          - { name: scans, class: nessus, tenant: acme, schedule: 1s, settings: { quietSecs: 1 } }
                        """);
    }

    private List<Path> generate() throws IOException {
        var scans = new ArrayList<Path>();
        for (int i = 0; i < FILES; i++) {
            var scan = folder.resolve("scan%03d.nessus".formatted(i));
            ScanGenerator.byHosts(scan, i, 2 + i % 5 * 10, 30);
            scans.add(scan);
        }
        return scans;
    }

    private static void drop(Path scan, Path inbox) {
        try {
            var name = scan.getFileName().toString();
            if (Files.exists(inbox.resolve("processed").resolve(name)) || Files.exists(inbox.resolve(name))) {
                return;
            }
            var part = inbox.resolve(name + ".part");
            Files.copy(scan, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEmpty(OutriderProcess outrider) {
        Awaitility.await("all files processed, log:\n" + outrider.log())
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try (var left = Files.list(outrider.inbox())) {
                        return left.noneMatch(Files::isRegularFile);
                    }
                });
    }

    /** Reads strictly: a torn line is no JSON and fails here. */
    private static List<String> ids(OutriderProcess outrider) throws IOException {
        var text = Files.readString(outrider.data().resolve("records.ndjson"), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        return text.lines()
                .map(OutriderProcess::parse)
                .map(record -> record.path("id"))
                .map(JsonNode::asText)
                .toList();
    }

    private static void pause(long millis) {
        Awaitility.await()
                .pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofSeconds(10))
                .until(() -> true);
    }
}
