package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TwoPagesOkta;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application is told to stop while a vendor does not answer. */
class CancelIT {
    private static final Duration SECONDS = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private final TwoPagesOkta okta = new TwoPagesOkta();
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
                                .formatted(okta.vendor().url()))
                .start();
    }

    @AfterEach
    void stop() {
        okta.release();
        outrider.close();
        okta.close();
    }

    @Test
    void aCancelledJobEndsWithinSecondsSaysSoOnceAndTheNextOneGoesOnBehindTheLastPage() {
        okta.holdSecond();
        var job = begin();
        awaitTheFirstPage();

        var report = cancelled(job);

        assertThat(report.path("streams").get(0).path("emitted").asInt()).isEqualTo(1);
        okta.healed();
        assertThat(outrider.job("acme").path("streams").findValuesAsText("name"))
                .contains("users");
        assertThat(okta.vendor().targets().stream().filter(target -> target.startsWith("/api/v1/users?limit=200")))
                .hasSize(1)
                .allMatch(target -> target.contains(TwoPagesOkta.SECOND));
        assertThat(outrider.records()).hasSize(2);
    }

    @Test
    void aShutdownWaitsForNoReply() {
        okta.holdSecond();
        begin();
        awaitTheFirstPage();

        assertThat(outrider.stop()).isLessThan(SECONDS);
        assertThat(outrider.records()).hasSize(1);
    }

    @Test
    void aJobThatWaitsAsLongAsItsVendorAsksIsCancelledToo() {
        okta.second((asked, exchange) -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            FakeVendor.json(exchange, 429, "{}");
        });
        var job = begin();
        awaitTheFirstPage();
        Awaitility.await().until(() -> outrider.get("/api/quotas").body().contains("\"stream\":\"users\""));

        cancelled(job);
    }

    @Test
    void aJobWhoseValidationIsNotAnsweredIsCancelledToo() {
        okta.vendor().answer((asked, exchange) -> okta.hold());
        var job = begin();
        Awaitility.await().until(() -> !okta.vendor().asked().isEmpty());

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
                        && okta.vendor().targets().stream().anyMatch(target -> target.contains(TwoPagesOkta.SECOND)));
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
}
