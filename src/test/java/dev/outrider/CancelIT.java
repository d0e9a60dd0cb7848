package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.outrider.vendor.FakeVendor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application is told to stop while a vendor does not answer. */
class CancelIT {
    private static final String SECOND = "after=2";
    private static final Duration SECONDS = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final FakeVendor okta = new FakeVendor((asked, exchange) -> users(asked.target(), exchange));
    private OutriderProcess outrider;

    @BeforeEach
    void start() {
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_ALLOW_PRIVATE", "true")
                .declaring(
                        """
                        integrations:
                          - { name: acme, class: okta, tenant: acme, settings: { url: "%s" }, secrets: { token: t0ken } }
                        """
                                .formatted(okta.url()))
                .start();
    }

    @AfterEach
    void stop() {
        held.countDown();
        outrider.close();
        okta.close();
    }

    @Test
    void aCancelledJobEndsWithinSecondsSaysSoOnceAndTheNextOneGoesOnBehindTheLastPage() {
        okta.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                hold();
            }
            users(asked.target(), exchange);
        });
        var job = begin();
        awaitTheFirstPage();

        var report = cancelled(job);

        assertThat(report.path("streams").get(0).path("emitted").asInt()).isEqualTo(1);
        okta.asked().clear();
        okta.answer((asked, exchange) -> users(asked.target(), exchange));
        assertThat(outrider.job("acme").path("streams").findValuesAsText("name"))
                .contains("users");
        assertThat(okta.targets().stream().filter(target -> target.startsWith("/api/v1/users?limit=200")))
                .hasSize(1)
                .allMatch(target -> target.contains(SECOND));
        assertThat(outrider.records()).hasSize(2);
    }

    @Test
    void aShutdownWaitsForNoReply() {
        okta.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                hold();
            }
            users(asked.target(), exchange);
        });
        begin();
        awaitTheFirstPage();

        assertThat(outrider.stop()).isLessThan(SECONDS);
        assertThat(outrider.records()).hasSize(1);
    }

    @Test
    void aJobThatWaitsAsLongAsItsVendorAsksIsCancelledToo() {
        okta.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                exchange.getResponseHeaders().add("Retry-After", "3600");
                FakeVendor.json(exchange, 429, "{}");
            } else {
                users(asked.target(), exchange);
            }
        });
        var job = begin();
        awaitTheFirstPage();
        Awaitility.await().until(() -> outrider.get("/api/quotas").body().contains("\"stream\":\"users\""));

        cancelled(job);
    }

    @Test
    void aJobWhoseValidationIsNotAnsweredIsCancelledToo() {
        okta.answer((asked, exchange) -> hold());
        var job = begin();
        Awaitility.await().until(() -> !okta.asked().isEmpty());

        cancelled(job);
    }

    private String begin() {
        return OutriderProcess.parse(outrider.post("/api/integrations/acme/jobs", "{\"streams\":[\"users\"]}")
                        .body())
                .path("job")
                .asText();
    }

    private void awaitTheFirstPage() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> outrider.records().size() == 1
                        && okta.targets().stream().anyMatch(target -> target.contains(SECOND)));
    }

    private JsonNode cancelled(String job) {
        assertThat(outrider.delete("/api/jobs/" + job).statusCode()).isEqualTo(202);
        Awaitility.await()
                .atMost(SECONDS)
                .until(() -> report(job).path("status").asText().equals("needs_review"));
        var report = report(job);
        assertThat(report.path("errors").findValuesAsText("code")).containsExactly("job.cancelled");
        assertThat(report.at("/errors/0/message").asText()).contains("by request");
        return report;
    }

    private JsonNode report(String job) {
        return OutriderProcess.parse(outrider.get("/api/jobs/" + job).body());
    }

    private void users(String target, HttpExchange exchange) throws IOException {
        if (!target.startsWith("/api/v1/users?limit=200")) {
            FakeVendor.json(exchange, 200, "[]");
            return;
        }
        boolean second = target.contains(SECOND);
        if (!second) {
            exchange.getResponseHeaders()
                    .add("Link", "<" + okta.url() + "/api/v1/users?limit=200&" + SECOND + ">; rel=\"next\"");
        }
        FakeVendor.json(
                exchange,
                200,
                "[{\"id\":\"00u%1$s\",\"status\":\"ACTIVE\",\"lastUpdated\":\"2026-11-20T10:00:00.000Z\",\"profile\":{\"login\":\"%1$s@acme.example\"}}]"
                        .formatted(second ? "two" : "one"));
    }

    private void hold() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
