package dev.outrider.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.integration.Integration;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.store.TestStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report asks a person to do about what a stream met. */
class HandoffsTest {
    @TempDir
    Path folder;

    private final Integration integration = new Integration(
            "acme", "okta", "acme", Integration.MANUAL, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
    private final Job job = new Job(integration, JobRequest.ALL);

    @ParameterizedTest
    @CsvSource({
        "vendor.unauthorized, false, blocked, rotate_credentials",
        "credentials.unresolved, false, blocked, rotate_credentials",
        "vendor.forbidden, false, blocked, grant_permission",
        "validation.not_permitted, false, blocked, grant_permission",
        "egress.refused, false, blocked, fix_configuration",
        "paging.foreign_link, false, needs_review, review_errors",
        "vendor.redirect_loop, false, blocked, fix_configuration",
        "cursor.invalid, false, blocked, fix_configuration",
        "vendor.unexpected_body, false, needs_review, review_errors",
        "vendor.server_error, true, needs_review, run_again",
    })
    void anErrorHasItsAction(String code, boolean retryable, String status, String action) {
        met(RunError.of(code, "so it is", retryable));

        var report = report();

        assertThat(report.status()).isEqualTo(status);
        assertThat(report.handoff().action()).isEqualTo(action);
        assertThat(report.handoff().context()).isEqualTo("so it is");
    }

    @Test
    void whatComesFirstForAPersonIsSaidFirst() {
        met(RunError.of("egress.refused", "one", false));
        met(RunError.of("vendor.forbidden", "two", false));
        met(RunError.of("vendor.unauthorized", "three", false));

        var report = report();
        assertThat(report.handoff().action()).isEqualTo("rotate_credentials");
        assertThat(report.verification().credentials()).isEqualTo("invalid");
    }

    @Test
    void aCancelledJobSaysSoOnceHoweverManyStreamsItHad() {
        met(RunError.of("job.cancelled", "cancelled while users waited", true));
        met(RunError.of("job.cancelled", "cancelled; the next run goes on from here", true));
        job.cancel(RunError.of("job.cancelled", "cancelled by request", true));

        assertThat(report().errors()).extracting(RunError::message).containsExactly("cancelled by request");
    }

    private void met(RunError error) {
        var run = new StreamRun(integration, "application", "users" + job.runs().size(), job.id(), false, () -> false);
        run.partial(error);
        job.add(run);
    }

    private JobReport report() {
        return Reports.finished(job, TestStore.in(folder).state(), text -> text);
    }
}
