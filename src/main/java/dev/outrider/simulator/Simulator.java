package dev.outrider.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A vendor that is none: answers on loopback as the class's {@code test/simulator.yaml} says, with true paging, quotas and errors, and does
 * wrong on demand. For the demo and for tests; nothing else starts one.
 */
public final class Simulator implements AutoCloseable {
    static {
        // Else the last segment of an answer waits for the client's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** @param target path and query as they came */
    public record Asked(String method, String target, Map<String, List<String>> headers, int status) {}

    /** @param settings which make these streams collect in another way */
    public record Variant(List<String> streams, Map<String, Object> settings) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "simulator");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Plan plan;
    private final Answers answers;

    private Simulator(Plan plan) throws IOException {
        this.plan = plan;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answers = new Answers(plan, url());
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                var reply = answers.to(Question.of(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders(),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                asked.add(new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        reply.status()));
                reply.silence();
                reply.headers()
                        .forEach((name, lines) -> lines.forEach(
                                line -> exchange.getResponseHeaders().add(name, line)));
                var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), reply.cut() ? bytes.length * 2L + 2 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    /** Starts the vendor of a plan on a free port. */
    public static Simulator start(Path plan) {
        try {
            return new Simulator(Plan.read(plan));
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated vendor cannot listen: " + e.getMessage(), e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The secrets that this vendor accepts, by name. */
    public Map<String, String> secrets() {
        return plan.secrets();
    }

    /** The settings that an integration needs, besides the url; {@code ${url}} in them is where this vendor is. */
    public Map<String, Object> settings() {
        var settings = new HashMap<>(plan.settings());
        settings.replaceAll((name, value) -> value instanceof String text ? text.replace("${url}", url()) : value);
        return settings;
    }

    /** Other settings besides, for streams that collect in another way with them. */
    public List<Variant> variants() {
        return plan.variants();
    }

    /** Ends the life of the access tokens that were given out. */
    public void expireTokens() {
        answers.expireTokens();
    }

    /** Does this wrong with the next requests below a path, so often; page faults wait for a listing. */
    public void fail(Fault fault, String path, int times) {
        answers.wrongs().order(fault, path, times);
    }

    /** Answers the next requests below a path, so often, as the plan words it under this name. */
    public void fail(String answer, String path, int times) {
        answers.wrongs().order(answer, path, times);
    }

    /** The answers of its own that a run may meet, with the codes that it may report: none where it must be complete. */
    public Map<String, List<String>> answers() {
        var all = new TreeMap<String, List<String>>();
        plan.answers().forEach((name, answer) -> {
            if (answer.codes() != null) {
                all.put(name, answer.codes());
            }
        });
        return all;
    }

    /** What could have gone wrong with what was asked since this was called last. */
    public Set<Fault> met() {
        return answers.wrongs().met();
    }

    /** Whether it knows nobody but by tokens that it gives out, so that a refused one can be renewed. */
    public boolean renewsTokens() {
        return plan.tokens() != null && plan.authorization().isEmpty();
    }

    /** How often it did wrong so far: a fault that the way of paging rules out is never done. */
    public int misdeeds() {
        return answers.wrongs().misdeeds();
    }

    /** The requests so far, in order of their answers. */
    public List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        answers.release();
        server.stop(0);
        threads.shutdownNow();
    }
}
