package dev.outrider.job;

import dev.outrider.capability.CapabilityClass;
import dev.outrider.record.Checks;
import dev.outrider.record.Checks.Cause;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The first step of a job: what the class's validation found, and which streams may run. A stream whose own check failed is left out and the
 * others run; credentials that are refused, and checks that are of no stream, block the job.
 */
final class Validation {
    private final Job job;
    private final List<String> wanted;
    private final List<String> all;
    private final List<Checks.Check> failed;
    private final RunError outage;

    private Validation(Job job, CapabilityClass capability, List<Checks.Check> failed, RunError outage) {
        this.job = job;
        this.all = capability.streams();
        this.wanted = job.streams(all);
        this.failed = failed;
        this.outage = outage;
    }

    static Validation of(Job job, CapabilityClass capability, StreamRun run) {
        try {
            var checks = capability.validate(run);
            var failed = checks.all().stream().filter(check -> !check.ok()).toList();
            var nothing = RunError.of("validation.empty", "the class's validation checked nothing", false);
            return new Validation(job, capability, failed, checks.all().isEmpty() ? nothing : null);
        } catch (Exception e) {
            return new Validation(job, capability, List.of(), JobExecution.error(e));
        }
    }

    /** Whether no stream may run. */
    boolean blocks() {
        return outage != null
                || failed.stream()
                        .anyMatch(check -> check.cause() == Cause.CREDENTIALS || !all.contains(check.stream()))
                || wanted.stream().allMatch(this::refused);
    }

    boolean refused(String stream) {
        return failed.stream().anyMatch(check -> check.stream().equals(stream));
    }

    List<RunError> errors(String stream) {
        return failed.stream()
                .filter(check -> check.stream().equals(stream))
                .map(Validation::error)
                .toList();
    }

    JobReport report(UnaryOperator<String> redact) {
        if (outage != null) {
            return outage.retryable() ? Reports.failed(job, List.of(outage), redact) : blocked(redact);
        }
        var cause =
                failed.stream().map(Checks.Check::cause).min(Enum::compareTo).orElse(Cause.CONFIGURATION);
        return Reports.blocked(
                job,
                cause == Cause.CONFIGURATION ? "unchecked" : "invalid",
                Reports.action(cause),
                failed.stream().map(Validation::error).toList(),
                redact);
    }

    private JobReport blocked(UnaryOperator<String> redact) {
        var action = Handoffs.of(outage.code()).orElse(Handoffs.FIX_CONFIGURATION);
        var credentials = action == Handoffs.ROTATE_CREDENTIALS ? "invalid" : "unchecked";
        return Reports.blocked(job, credentials, action, List.of(outage), redact);
    }

    private static RunError error(Checks.Check check) {
        var code = check.cause() == Cause.PERMISSION ? Handoffs.NOT_PERMITTED : "validation.failed";
        return RunError.of(code, check.detail(), false).in(check.stream(), 0);
    }
}
