package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outrider.file.FilesRig;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that no proper store gives on demand. */
class S3StubTest {
    private static final String ETAG = "\"e1\"";

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange call) throws IOException;
    }

    @TempDir
    Path data;

    private FilesRig rig;
    private HttpServer server;
    private Answer onList = call -> listing(call, "a.nessus", 12);
    private Answer onGet = call -> body(call, 200, "h1\nh2\nh3\nh4\n");
    private final List<String> ranges = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        rig = new FilesRig(data);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            try (call) {
                (call.getRequestURI().getPath().length() > "/drop/".length() ? onGet : onList).to(call);
            }
        });
        server.start();
        rig.settings
                .put("bucket", "drop")
                .put("endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
        rig.secrets.put("accessKeyId", "id");
        rig.secrets.put("secretAccessKey", "secret");
    }

    @AfterEach
    void stop() {
        rig.close();
        server.stop(0);
    }

    private static void body(HttpExchange call, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("ETag", ETAG);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
    }

    private static void listing(HttpExchange call, String key, int size) throws IOException {
        body(
                call,
                200,
                "<ListBucketResult><Name>drop</Name><IsTruncated>false</IsTruncated><Contents><Key>" + key
                        + "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>" + ETAG + "</ETag><Size>"
                        + size + "</Size></Contents></ListBucketResult>");
    }

    private static Answer refusal(int status, String code) {
        return call -> body(call, status, "<Error><Code>" + code + "</Code><Message>a message</Message></Error>");
    }

    private RunError failure() {
        var failure = rig.run().failure();
        assertThat(failure).isInstanceOf(RunException.class);
        return ((RunException) failure).error();
    }

    /** Sends a part of the whole and breaks the connection. */
    private void broken(HttpExchange call, int from, int to) throws IOException {
        var range = call.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        var whole = "h1\nh2\nh3\nh4\n".substring(from);
        call.getResponseHeaders().add("ETag", ETAG);
        if (range != null) {
            call.getResponseHeaders().add("Content-Range", "bytes " + from + "-11/12");
        }
        call.sendResponseHeaders(range == null ? 200 : 206, whole.length());
        call.getResponseBody().write(whole.substring(0, to - from).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void goesOnWhereADownloadBroke() {
        onGet = call -> {
            switch (ranges.size()) {
                case 0 -> broken(call, 0, 5);
                case 1 -> broken(call, 5, 8);
                default -> broken(call, 8, 12);
            }
        };

        assertThat(rig.run().hosts()).containsExactly("h1", "h2", "h3", "h4");
        assertThat(ranges).containsExactly("null", "bytes=5-", "bytes=8-");
    }

    @Test
    void readsAStoreThatKnowsNoRanges() {
        onGet = call -> {
            ranges.add("");
            if (ranges.size() == 1) {
                call.sendResponseHeaders(200, 12);
                call.getResponseBody().write("h1\nh2".getBytes(StandardCharsets.UTF_8));
            } else {
                body(call, 200, "h1\nh2\nh3\nh4\n");
            }
        };

        assertThat(rig.run().hosts()).containsExactly("h1", "h2", "h3", "h4");
    }

    @Test
    void asksForTheVersionThatWasListed() {
        onGet = call -> {
            assertThat(call.getRequestHeaders().getFirst("If-Match")).isEqualTo(ETAG);
            refusal(412, "PreconditionFailed").to(call);
        };

        var result = rig.run();

        assertThat(result.pages()).isEmpty();
        assertThat(result.errors()).isEmpty();
        assertThat(rig.seen()).isEmpty();
    }

    @Test
    void reportsAnArchivedObjectOnce() {
        onGet = refusal(403, "InvalidObjectState");

        assertThat(rig.run().codes()).containsExactly("file.archived");
        assertThat(rig.run().errors()).isEmpty();
    }

    @Test
    void doesNotTakeAnEmptyAnswerForAnEmptyBucket() {
        onList = call -> body(call, 200, "");

        assertThat(failure().code()).isEqualTo("vendor.paging");
    }

    @Test
    void doesNotFollowAListingThatNeverEnds() {
        onList = call -> body(
                call,
                200,
                "<ListBucketResult><Name>drop</Name><IsTruncated>true</IsTruncated>"
                        + "<NextContinuationToken>t</NextContinuationToken></ListBucketResult>");

        assertThat(failure().code()).isEqualTo("vendor.paging");
    }

    @Test
    void namesTheRegionOfTheBucket() {
        onList = call -> {
            call.getResponseHeaders().add("x-amz-bucket-region", "eu-west-3");
            refusal(301, "PermanentRedirect").to(call);
        };

        var error = failure();

        assertThat(error.code()).isEqualTo("vendor.wrong_region");
        assertThat(error.message()).contains("eu-west-3", "'region'");
        assertThat(error.httpStatus()).isEqualTo(301);
    }

    @Test
    void tellsWhatIsWrongWithTheCredentials() {
        onList = refusal(403, "InvalidAccessKeyId");
        assertThat(failure().code()).isEqualTo("vendor.unauthorized");
        onList = refusal(400, "ExpiredToken");
        assertThat(failure().code()).isEqualTo("vendor.unauthorized");
        onList = refusal(403, "AccessDenied");
        var error = failure();
        assertThat(error.code()).isEqualTo("vendor.forbidden");
        assertThat(error.message()).contains("s3:ListBucket").doesNotContain("message");
    }

    @Test
    void callsAStoreThatIsOverloadedOrDownRetryable() throws IOException {
        onList = refusal(503, "SlowDown");
        var error = failure();
        assertThat(error.code()).isEqualTo("vendor.rate_limited");
        assertThat(error.retryable()).isTrue();

        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rig.settings.put("endpoint", "http://127.0.0.1:" + taken.getLocalPort());
        }
        error = failure();
        assertThat(error.code()).isEqualTo("vendor.unreachable");
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void stopsAtTheSecondObjectWhereTheStoreIsDown() {
        onList = call -> body(
                call,
                200,
                "<ListBucketResult><Name>drop</Name><IsTruncated>false</IsTruncated>"
                        + "<Contents><Key>a</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>1</Size></Contents>"
                        + "<Contents><Key>b</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>1</Size></Contents>"
                        + "</ListBucketResult>");
        onGet = refusal(500, "InternalError");

        var result = rig.run();

        assertThat(result.failure()).hasRootCauseInstanceOf(software.amazon.awssdk.services.s3.model.S3Exception.class);
        assertThat(rig.seen()).isEmpty();
        assertThat(rig.cursor() == null || rig.cursor().path("watermark").isMissingNode())
                .isTrue();
    }
}
