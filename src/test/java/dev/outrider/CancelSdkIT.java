package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.FakeVendor.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application is told to stop while AWS, a store that speaks S3, or its queue does not answer. */
class CancelSdkIT {
    private static final Duration SECONDS = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile String held = "";
    private volatile boolean empty;
    private final FakeVendor amazon = new FakeVendor(this::answer);
    private OutriderProcess outrider;

    @BeforeEach
    void start() {
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_ALLOW_PRIVATE", "true")
                .declaring(
                        """
                        integrations:
                          - name: cloud
                            class: aws
                            tenant: acme
                            settings: { endpoint: "%1$s" }
                            secrets: { accessKeyId: id, secretAccessKey: s3cr3t }
                          - name: scans
                            class: nessus
                            tenant: acme
                            settings: { endpoint: "%1$s", bucket: drop }
                            secrets: { accessKeyId: id, secretAccessKey: s3cr3t }
                          - name: told
                            class: nessus
                            tenant: acme
                            settings: { endpoint: "%1$s", bucket: drop, queueUrl: "%1$s/1/events" }
                            secrets: { accessKeyId: id, secretAccessKey: s3cr3t }
                        """
                                .formatted(amazon.url()))
                .start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        outrider.close();
        amazon.close();
    }

    /** Whose target or body has the text is never answered. */
    private void answer(Asked asked, HttpExchange exchange) throws IOException {
        var action = asked.headers().getOrDefault("X-Amz-Target", List.of("")).get(0);
        if (!held.isEmpty() && (asked.target() + asked.body() + action).contains(held)) {
            hold();
        } else if (action.equals("AmazonSQS.ReceiveMessage")) {
            FakeVendor.json(exchange, 200, "{}");
        } else if (action.startsWith("AmazonSQS.")) {
            FakeVendor.json(exchange, 200, "{\"Attributes\": {}}");
        } else if (asked.body().contains("Action=GetCallerIdentity")) {
            xml(
                    exchange,
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/x</Arn>"
                            + "<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
        } else if (asked.body().contains("Action=DescribeRegions")) {
            xml(
                    exchange,
                    "<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName>"
                            + "<optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>");
        } else if (asked.target().startsWith("/findings")) {
            FakeVendor.json(exchange, 200, "{}");
        } else if (asked.target().startsWith("/drop/scan.nessus")) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("<?xml".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hold();
        } else if (empty) {
            xml(exchange, "<ListBucketResult><Name>drop</Name><IsTruncated>false</IsTruncated></ListBucketResult>");
        } else {
            xml(
                    exchange,
                    "<ListBucketResult><Name>drop</Name><IsTruncated>false</IsTruncated><Contents><Key>scan.nessus</Key>"
                            + "<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>e</ETag><Size>1000</Size></Contents>"
                            + "</ListBucketResult>");
        }
    }

    private static void xml(HttpExchange exchange, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        FakeVendor.send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    private void hold() {
        reached.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aJobEndsThoughAListingIsNotAnswered() throws Exception {
        held = "Action=DescribeNetworkInterfaces";

        cancelled("cloud");
    }

    @Test
    void aJobEndsThoughItsValidationIsNotAnswered() throws Exception {
        held = "/findings";

        cancelled("cloud");
    }

    @Test
    void aJobEndsThoughItDoesNotEvenKnowWhoseTheKeysAre() throws Exception {
        held = "Action=GetCallerIdentity";

        cancelled("cloud");
    }

    @Test
    void aJobEndsInTheMiddleOfADownload() throws Exception {
        cancelled("scans");
    }

    @Test
    void aJobEndsThoughABucketIsNotListed() throws Exception {
        held = "/drop";

        cancelled("scans");
    }

    @Test
    void aJobEndsThoughAQueueTellsNothing() throws Exception {
        empty = true;
        held = "AmazonSQS.ReceiveMessage";

        cancelled("told");
    }

    @Test
    void aJobEndsThoughNobodyKnowsWhetherTheQueueIsThere() throws Exception {
        held = "AmazonSQS.GetQueueAttributes";

        cancelled("told");
    }

    private void cancelled(String integration) throws Exception {
        var job = OutriderProcess.parse(outrider.post("/api/integrations/" + integration + "/jobs", "{}")
                        .body())
                .path("job")
                .asText();
        reached.await();

        assertThat(outrider.delete("/api/jobs/" + job).statusCode()).isEqualTo(202);

        Awaitility.await()
                .atMost(SECONDS)
                .until(() -> outrider.get("/api/jobs/" + job).body().contains("\"status\":\"needs_review\""));
        var report = OutriderProcess.parse(outrider.get("/api/jobs/" + job).body());
        assertThat(report.path("errors").findValuesAsText("code")).containsExactly("job.cancelled");
        assertThat(OutriderProcess.parse(outrider.get("/api/dead-letters").body())
                        .findValues("id"))
                .isEmpty();
    }
}
