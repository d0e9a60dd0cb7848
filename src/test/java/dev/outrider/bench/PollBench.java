package dev.outrider.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.OutriderProcess;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the packaged application turns a vendor's pages into durable records, as a ratio to Jackson parsing and writing the same bytes
 * on the same machine in the same run. {@code mvn -Pbench -DskipTests verify}; {@code -Dbench.pages=2000} sets the length.
 */
public final class PollBench {
    private static final int SIZE = 200;

    private PollBench() {}

    public static void main(String[] args) throws Exception {
        int pages = Integer.getInteger("bench.pages", 1000);
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-poll")), "run")
                .toAbsolutePath();
        // Made before: the server must not be what is measured.
        var bodies = new ArrayList<byte[]>(pages);
        long bytes = 0;
        for (int page = 0; page < pages; page++) {
            bodies.add(page(page));
            bytes += bodies.get(page).length;
        }
        double megabytes = bytes / 1e6;
        Bench.say("vendor          %d pages of %d users, %.0f MB", pages, SIZE, megabytes);
        double bare = Double.MAX_VALUE;
        for (int pass = 0; pass < Bench.RUNS; pass++) {
            bare = Math.min(bare, barePass(bodies, folder.resolve("bare.ndjson")));
        }
        Bench.say("bare Jackson    %.2f s, %.0f MB/s parsed and written (best of six passes)", bare, megabytes / bare);
        try (var okta = new GeneratedOkta(pages, bodies::get);
                var outrider = new OutriderProcess(folder.resolve("data"))) {
            okta.start(outrider);
            var best = Bench.best(run -> OutriderProcess.parse(
                    outrider.post("/api/integrations/bench/jobs?wait=PT100S", "{\"streams\":[\"users\"],\"full\":true}")
                            .body()));
            Bench.say(
                    "Outrider        %.2f s, %.0f MB/s, %d items, %d records, -Xmx256m (best of six runs)",
                    best.seconds(),
                    megabytes / best.seconds(),
                    best.stream().path("received").asLong(),
                    best.stream().path("emitted").asLong());
            Bench.say("ratio           %.2f of bare Jackson", bare / best.seconds());
            outrider.stop();
        }
    }

    private static double barePass(List<byte[]> bodies, Path file) throws IOException {
        var json = new ObjectMapper();
        long begin = System.nanoTime();
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (var body : bodies) {
                for (var item : json.readTree(body)) {
                    out.write(json.writeValueAsBytes(item));
                    out.write('\n');
                }
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Users as an org has them, some 1.6 kB each with their links and credentials. */
    private static byte[] page(int page) {
        var json = new ObjectMapper();
        var users = json.createArrayNode();
        for (int i = 0; i < SIZE; i++) {
            int n = page * SIZE + i;
            var user = users.addObject()
                    .put("id", "00u%08d".formatted(n))
                    .put("status", "ACTIVE")
                    .put("created", "2025-03-01T08:00:00.000Z")
                    .put("lastLogin", "2026-03-01T08:00:00.000Z")
                    .put("lastUpdated", "2026-03-01T08:00:00.000Z");
            var profile = user.putObject("profile")
                    .put("login", "user%d@acme.example".formatted(n))
                    .put("email", "user%d@acme.example".formatted(n))
                    .put("firstName", "Ada")
                    .put("lastName", "Example " + n)
                    .put("title", "Engineer")
                    .put("department", "Research");
            for (int field = 0; field < 20; field++) {
                profile.put("custom" + field, "value %d of user %d".formatted(field, n));
            }
            links(user.putObject("_links"), n);
        }
        return users.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void links(ObjectNode links, int n) {
        for (var name : List.of("suspend", "schema", "resetPassword", "expirePassword", "deactivate", "type")) {
            links.putObject(name)
                    .put("href", "https://acme.example/api/v1/users/00u%08d/lifecycle/%s".formatted(n, name))
                    .put("method", "POST");
        }
    }
}
