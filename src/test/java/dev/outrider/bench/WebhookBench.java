package dev.outrider.bench;

import dev.outrider.OutriderProcess;
import dev.outrider.webhook.LoadSender;
import io.vertx.core.Vertx;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Signed, durable deliveries of 2 kB a second, beside a bare Vert.x route that only reads the body and answers: the same load from this
 * process to a process of its own, in turns; then one long turn, in which records have to keep up. {@code -Dbench.connections=},
 * {@code -Dbench.secs=}, {@code -Dbench.rounds=}, {@code -Dbench.longSecs=}.
 */
public final class WebhookBench {
    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 256);
    private static final int SECS = Integer.getInteger("bench.secs", 5);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 10);
    private static final int LONG_SECS = Integer.getInteger("bench.longSecs", 60);
    private static final String SECRET = "a secret of the bench";

    private WebhookBench() {}

    /** @param arguments {@code bare} makes this the bare route; nothing runs the bench */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("bare")) {
            bare();
            return;
        }
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench-webhook")), "run")
                .toAbsolutePath();
        var bare = bareProcess(folder);
        try (var outrider = new OutriderProcess(folder.resolve("data"))) {
            outrider.withJvm(Bench.jvm("-Xmx512m"))
                    .declaring(
                            """
                            integrations:
                              - { name: bench, class: webhook, tenant: bench, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "%s" } }
                            """
                                    .formatted(SECRET))
                    .start();
            int port = Integer.parseInt(outrider.url().replaceFirst(".*:", ""));
            int barePort = port(folder.resolve("bare.log"));
            var bareBest = new LoadSender.Result(0, 0, 0);
            var best = new LoadSender.Result(0, 0, 0);
            for (int round = 0; round < ROUNDS; round++) {
                bareBest = better(bareBest, LoadSender.run(barePort, SECRET, CONNECTIONS, SECS, round * 2));
                best = better(best, LoadSender.run(port, SECRET, CONNECTIONS, SECS, round * 2 + 1));
                // Each burst begins at rest, and the bare route has the machine to itself.
                drain(outrider);
            }
            say("bare Vert.x     %.0f requests/s, p99 %.1f ms (best of %d)", bareBest.rate(), bareBest.p99(), ROUNDS);
            say(
                    "Outrider        %.0f durable deliveries/s, p99 %.1f ms, %d refused",
                    best.rate(), best.p99(), best.refused());
            say("ratio           %.2f", best.rate() / bareBest.rate());
            say("one long turn of %d s", LONG_SECS);
            var lasting = LoadSender.run(port, SECRET, CONNECTIONS, LONG_SECS, ROUNDS * 2);
            drain(outrider);
            say(
                    "  lasting       %.0f durable deliveries/s, p99 %.1f ms, %d refused, ratio %.2f",
                    lasting.rate(), lasting.p99(), lasting.refused(), lasting.rate() / bareBest.rate());
            outrider.stop(); // in order, so that a profiler writes what it has
        } finally {
            bare.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static LoadSender.Result better(LoadSender.Result one, LoadSender.Result other) {
        say("  round         %.0f/s, p99 %.1f ms", other.rate(), other.p99());
        return other.rate() > one.rate() ? other : one;
    }

    /** Records have a smaller part of the time while senders press: what is left, and how fast it follows. */
    private static void drain(OutriderProcess outrider) {
        long begin = System.nanoTime();
        double left = backlog(outrider);
        Awaitility.await("all deliveries are records")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> backlog(outrider) == 0);
        double secs = (System.nanoTime() - begin) / 1e9;
        say("  left          %.0f deliveries, records %.1f s later", left, secs);
    }

    private static double backlog(OutriderProcess outrider) {
        return outrider.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("outrider_webhook_backlog "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private static void bare() {
        var vertx = Vertx.vertx();
        vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response().setStatusCode(202).end("{\"status\":\"accepted\"}")))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("port=" + server.actualPort()));
    }

    private static Process bareProcess(Path folder) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath(),
                        WebhookBench.class.getName(),
                        "bare")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bare.log").toFile())
                .start();
    }

    /** Where this class and all of Vert.x come from; run by Maven, the process's own class path is Maven's. */
    private static String classPath() {
        return WebhookBench.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static int port(Path log) throws Exception {
        for (var line : Files.readAllLines(log)) {
            if (line.startsWith("port=")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new IllegalStateException("the bare route did not start: " + Files.readString(log));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
