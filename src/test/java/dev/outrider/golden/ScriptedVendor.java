package dev.outrider.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Answers a golden test's requests with its replies, in their order, and notes each request that is not the one expected. */
final class ScriptedVendor implements AutoCloseable {
    private final HttpServer server;
    private final Deque<JsonNode> script = new ArrayDeque<>();
    private final List<String> wrong = new ArrayList<>();

    ScriptedVendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void play(JsonNode exchanges) {
        script.clear();
        wrong.clear();
        exchanges.forEach(script::add);
    }

    /** What was asked and not expected, and what was expected and not asked. */
    synchronized List<String> differences() {
        var all = new ArrayList<>(wrong);
        script.forEach(left -> all.add("not asked: " + left.path("request")));
        return all;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var next = script.poll();
        if (next == null) {
            wrong.add("asked once too often: " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        compare(next.path("request"), exchange, body);
        var reply = next.path("reply");
        reply.path("headers").fields().forEachRemaining(header -> {
            if (header.getValue().isArray()) {
                header.getValue().forEach(line -> add(exchange, header.getKey(), line.asText()));
            } else {
                add(exchange, header.getKey(), header.getValue().asText());
            }
        });
        if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
        }
        var content = reply.path("body");
        var bytes = (content.isMissingNode() ? "" : content.isTextual() ? content.asText() : content.toString())
                .replace("{url}", url())
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.path("status").asInt(200), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void add(HttpExchange exchange, String name, String value) {
        exchange.getResponseHeaders().add(name, value.replace("{url}", url()));
    }

    private void compare(JsonNode expected, HttpExchange exchange, String body) {
        var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        var due = expected.path("method").asText("GET") + " "
                + expected.path("path").asText();
        if (!asked.equals(due)) {
            wrong.add("asked " + asked + " where " + due + " was due");
            return;
        }
        var query = query(exchange.getRequestURI().getRawQuery());
        var dueQuery = new TreeMap<String, String>();
        expected.path("query").fields().forEachRemaining(field -> dueQuery.put(field.getKey(), text(field.getValue())));
        if (!query.equals(dueQuery)) {
            wrong.add(due + ": the query was " + query + " where " + dueQuery + " was due");
        }
        expected.path("headers").fields().forEachRemaining(header -> {
            var sent = exchange.getRequestHeaders().getFirst(header.getKey());
            if (sent == null || !sent.matches(header.getValue().asText())) {
                wrong.add(due + ": header " + header.getKey() + " was " + sent + " where " + header.getValue()
                        + " was due");
            }
        });
        if (expected.has("body") && !body.matches("(?s)" + expected.get("body").asText())) {
            wrong.add(due + ": the body was " + body + " where " + expected.get("body") + " was due");
        }
    }

    /** A list is a parameter that is sent several times. */
    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "))
                : value.asText();
    }

    private static TreeMap<String, String> query(String raw) {
        var query = new TreeMap<String, String>();
        if (raw != null) {
            for (var field : raw.split("&")) {
                var parts = field.split("=", 2);
                query.merge(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8),
                        (one, other) -> one + ", " + other);
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
