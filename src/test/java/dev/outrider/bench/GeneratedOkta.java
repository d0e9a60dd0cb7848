package dev.outrider.bench;

import com.sun.net.httpserver.HttpServer;
import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** An Okta on loopback whose list of users is as long as a benchmark wants. */
final class GeneratedOkta implements AutoCloseable {
    static {
        // Else the last segment of an answer waits for the client's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;

    /** @param page the body of a page, from 0; called when it is asked for */
    GeneratedOkta(int pages, IntFunction<byte[]> page) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                var query = String.valueOf(exchange.getRequestURI().getQuery());
                int at = query.indexOf("after=");
                int number = at < 0 ? 0 : Integer.parseInt(query.substring(at + "after=".length()));
                var body = page.apply(number);
                if (number + 1 < pages) {
                    exchange.getResponseHeaders()
                            .add("Link", "</api/v1/users?after=" + (number + 1) + ">; rel=\"next\"");
                }
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    /** Starts an Outrider whose integration {@code bench} polls it. */
    void start(OutriderProcess outrider) {
        outrider.with("OUTRIDER_ALLOW_PRIVATE", "true")
                .withJvm(Bench.jvm())
                .declaring(
                        """
                        integrations:
                          - { name: bench, class: okta, tenant: bench, schedule: manual,
                              settings: { url: "http://127.0.0.1:%d" }, secrets: { token: t } }
                        """
                                .formatted(server.getAddress().getPort()))
                .start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
