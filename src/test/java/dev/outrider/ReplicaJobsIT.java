package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.store.TestPostgres;
import dev.outrider.vendor.TwoPagesOkta;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of two packaged processes on one PostgreSQL, while a vendor does not answer. */
class ReplicaJobsIT {
    private static final String USERS = "{\"streams\":[\"users\"]}";

    @TempDir
    Path folder;

    private final TestPostgres postgres = new TestPostgres();
    private final TwoPagesOkta okta = new TwoPagesOkta();
    private OutriderProcess one;
    private OutriderProcess other;
    private String job;

    @BeforeEach
    void startAJobThatHangs() {
        one = replica("one");
        other = replica("other");
        okta.holdSecond();
        job = begin(one);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> one.records().size() == 1
                        && okta.vendor().targets().stream().anyMatch(target -> target.contains(TwoPagesOkta.SECOND)));
    }

    @AfterEach
    void stop() {
        okta.release();
        one.close();
        other.close();
        okta.close();
    }

    @Test
    void keepsJobsOfAnotherReplicaWaitingAndIsCancelledByWayOfIt() {
        assertThat(report(other, job).path("status").asText()).isEqualTo("running");
        assertThat(other.delete("/api/integrations/acme/cursors").statusCode()).isEqualTo(409);
        var waiting = begin(other);
        okta.healed();

        assertThat(other.delete("/api/jobs/" + job).statusCode()).isEqualTo(202);

        awaitEnd(other, job);
        assertThat(report(other, job).path("errors").findValuesAsText("code")).containsExactly("job.cancelled");
        awaitEnd(one, waiting);
        assertThat(report(one, waiting).path("status").asText()).isEqualTo("complete");
        assertThat(one.records()).hasSize(1);
        assertThat(other.records()).hasSize(1);
        assertThat(other.delete("/api/jobs/" + job).statusCode())
                .as("it has ended")
                .isEqualTo(409);
    }

    @Test
    void isReportedByAnotherReplicaWhenItsOwnDiesAndGoesOnThere() {
        one.kill();
        okta.healed();

        awaitEnd(other, job);

        assertThat(report(other, job).path("errors").findValuesAsText("code")).containsExactly("job.interrupted");
        var next = begin(other);
        awaitEnd(other, next);
        assertThat(report(other, next).path("status").asText()).isEqualTo("complete");
        assertThat(other.records()).as("the page that was not stored").hasSize(1);
        one.start();
        assertThat(one.records()).hasSize(1);
    }

    private static String begin(OutriderProcess replica) {
        return OutriderProcess.parse(
                        replica.post("/api/integrations/acme/jobs", USERS).body())
                .path("job")
                .asText();
    }

    private static void awaitEnd(OutriderProcess replica, String job) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> report(replica, job).path("finished").isTextual());
    }

    private static JsonNode report(OutriderProcess replica, String job) {
        return OutriderProcess.parse(replica.get("/api/jobs/" + job).body());
    }

    private OutriderProcess replica(String name) {
        return new OutriderProcess(folder.resolve(name).resolve("data"))
                .with("OUTRIDER_ALLOW_PRIVATE", "true")
                .with("OUTRIDER_STATE_URL", postgres.url())
                .with("OUTRIDER_STATE_LEASE_SECS", "6")
                .declaring(
                        """
                        integrations:
                          - { name: acme, class: okta, tenant: acme, schedule: manual, settings: { url: "%s" }, secrets: { token: t0ken } }
                        """
                                .formatted(okta.vendor().url()))
                .start();
    }
}
