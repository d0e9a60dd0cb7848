package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;

/** {@code moto_server}, an AWS that others wrote, as a process on a free port. */
public final class Moto implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final String url;

    private Moto(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    public static boolean present() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "moto_server")));
    }

    public static Moto start(Path log) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var process = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var moto = new Moto(process, "http://127.0.0.1:" + port);
        Awaitility.await("moto_server is up, see " + log)
                .atMost(Duration.ofSeconds(60))
                .until(moto::answers);
        return moto;
    }

    public String url() {
        return url;
    }

    private boolean answers() {
        try {
            return send(HttpRequest.newBuilder(URI.create(url + "/moto-api/data.json")))
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A client of the service, as somebody else than the code under test would make one. */
    <C extends SdkClient> C client(String service, String region, AwsCredentialsProvider keys, Class<C> type) {
        var builder = AwsServices.builder(service, URI.create(url));
        builder.region(Region.of(region)).credentialsProvider(keys);
        return type.cast(builder.build());
    }

    <C extends SdkClient> C client(String service, String region, Class<C> type) {
        return client(
                service, region, StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")), type);
    }

    /** Keys of a role in another account. */
    AwsCredentialsProvider in(String account) {
        try (var sts = client("sts", "us-east-1", software.amazon.awssdk.services.sts.StsClient.class)) {
            var keys = sts.assumeRole(role -> role.roleArn("arn:aws:iam::" + account + ":role/OutriderReadOnly")
                            .roleSessionName("test"))
                    .credentials();
            return StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
        }
    }

    /** Queues what Inspector answers with. */
    void findings(String region, ObjectNode... findings) throws IOException {
        var json = new ObjectMapper();
        var body = json.createObjectNode().put("region", region);
        body.putArray("results").addArray().addAll(java.util.List.of(findings));
        send(HttpRequest.newBuilder(URI.create(url + "/moto-api/static/inspector2/findings-results"))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
