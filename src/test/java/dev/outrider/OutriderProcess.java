package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged application as a process of its own, used as a user would: environment, files and HTTP. */
public final class OutriderProcess implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path data;
    private final Path log;
    private final Map<String, String> environment = new HashMap<>();
    /** Tests start many short-lived processes: the quick compiler is what they need. */
    private final List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));

    private Process process;
    private String url;

    /** @param data its data folder, kept over restarts */
    public OutriderProcess(Path data) {
        this.data = data;
        this.log = data.resolveSibling(data.getFileName() + ".log");
        environment.put("OUTRIDER_DATA", data.toString());
        environment.put(
                "OUTRIDER_INTEGRATIONS",
                data.resolveSibling("integrations.yaml").toString());
        environment.put("QUARKUS_HTTP_PORT", "0");
    }

    public OutriderProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Replaces the options of its JVM. */
    public OutriderProcess withJvm(String... options) {
        jvm.clear();
        jvm.addAll(List.of(options));
        return this;
    }

    /** Declares integrations; without this it is the demo that runs. */
    public OutriderProcess declaring(String yaml) {
        write(data.resolveSibling("integrations.yaml"), yaml);
        return this;
    }

    /** Starts it and waits until it is ready. */
    public OutriderProcess start() {
        launch();
        Awaitility.await("ready, see " + log)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(process.isAlive()).as("alive; log:\n%s", log()).isTrue();
                    var matched = LISTENING.matcher(log());
                    if (!matched.find()) {
                        return false;
                    }
                    url = matched.group(1);
                    return get("/q/health/ready").statusCode() == 200;
                });
        return this;
    }

    /** Starts it without waiting. */
    public OutriderProcess launch() {
        process = process(List.of(), log);
        return this;
    }

    /** What a subcommand printed and how it ended. */
    public record Tool(int exitCode, String output, String errors) {
        public JsonNode json() {
            return parse(output);
        }
    }

    /** Runs a subcommand to its end. */
    public Tool tool(String... arguments) {
        var errors = data.resolveSibling(data.getFileName() + ".stderr");
        var output = data.resolveSibling(data.getFileName() + ".stdout");
        try {
            var builder = builder(List.of(arguments));
            builder.redirectError(errors.toFile()).redirectOutput(output.toFile());
            var tool = builder.start();
            assertThat(tool.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
            return new Tool(tool.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGTERM; the time it took. */
    public Duration stop() {
        long begin = System.nanoTime();
        process.destroy();
        awaitEnd(Duration.ofSeconds(40));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** How it ended by itself. */
    public int exitCode() {
        awaitEnd(Duration.ofSeconds(60));
        return process.exitValue();
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        if (alive()) {
            kill();
        }
    }

    public Path data() {
        return data;
    }

    public Path inbox() {
        try {
            return Files.createDirectories(data.resolve("inbox"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return url;
    }

    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    public HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> put(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).DELETE());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(120)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a job now and waits for its report. */
    public JsonNode job(String integration) {
        var answer = post("/api/integrations/" + integration + "/jobs?wait=PT60S", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parse(answer.body());
    }

    /** The lines of the file sink. */
    public List<JsonNode> records() {
        var file = data.resolve("records.ndjson");
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            // While it runs, the last line may be one that is being written.
            var text = Files.readString(file, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(OutriderProcess::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }

    private Process process(List<String> arguments, Path output) {
        try {
            Files.createDirectories(data);
            var builder = builder(arguments);
            Files.deleteIfExists(output);
            return builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        assertThat(JAR).as("the packaged application: run `mvn package` first").exists();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-jar");
        command.add(JAR.toAbsolutePath().toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private void awaitEnd(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
