package dev.outrider.job;

import dev.outrider.job.JobReport.Handoff;
import dev.outrider.job.JobReport.Stream;
import dev.outrider.job.JobReport.Verification;
import dev.outrider.record.Checks;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Turns what happened into a report. */
final class Reports {
    private Reports() {}

    /** What a person is asked to do. */
    static Handoffs action(Checks.Cause cause) {
        return switch (cause) {
            case CREDENTIALS -> Handoffs.ROTATE_CREDENTIALS;
            case PERMISSION -> Handoffs.GRANT_PERMISSION;
            case CONFIGURATION -> Handoffs.FIX_CONFIGURATION;
        };
    }

    /** A job that goes on. */
    static JobReport soFar(Job job, boolean started) {
        var streams = streams(job, null);
        return report(
                job,
                started ? JobReport.RUNNING : JobReport.QUEUED,
                started ? "running" : "waits for the running job of this integration",
                null,
                streams,
                "unchecked",
                List.of(),
                null);
    }

    /** A job whose streams ran. */
    static JobReport finished(Job job, StateStore store, UnaryOperator<String> redact) {
        var met = new ArrayList<RunError>();
        job.runs().forEach(run -> met.addAll(run.errors()));
        met.addAll(job.errors());
        var errors = once(job, met);
        var streams = streams(job, store);
        long emitted = streams.stream().mapToLong(Stream::emitted).sum();
        long received = streams.stream().mapToLong(Stream::received).sum();
        long failed = streams.stream().mapToLong(Stream::failed).sum();
        long records = streams.stream().mapToLong(Stream::records).sum();
        var partial = streams.stream()
                .filter(stream -> !stream.complete())
                .map(Stream::name)
                .toList();
        var clean = redacted(job, errors, redact);
        var block = Handoffs.block(clean);
        if (block.isPresent()) {
            var context = block.get().error().message();
            var action = block.get().action();
            return report(
                    job,
                    JobReport.BLOCKED,
                    context,
                    now(),
                    streams,
                    action == Handoffs.ROTATE_CREDENTIALS ? "invalid" : "valid",
                    clean,
                    new Handoff(action.action(), context));
        }
        boolean complete = partial.isEmpty() && failed == 0 && errors.isEmpty() && accounted(streams);
        var summary = received + " items received, " + emitted + " emitted as " + records + " records, " + failed
                + " failed" + (partial.isEmpty() ? "" : "; not complete: " + String.join(", ", partial))
                + (job.redelivered() == 0 ? "" : "; " + job.redelivered() + " failed deliveries asked for again");
        return report(
                job,
                complete ? JobReport.COMPLETE : JobReport.NEEDS_REVIEW,
                summary,
                now(),
                streams,
                "valid",
                clean,
                complete ? null : handoff(failed, clean));
    }

    /** A job that a person must unblock. */
    static JobReport blocked(
            Job job, String credentials, Handoffs action, List<RunError> errors, UnaryOperator<String> redact) {
        var clean = redacted(job, errors, redact);
        var summary = clean.isEmpty() ? "blocked" : clean.get(0).message();
        return report(
                job,
                JobReport.BLOCKED,
                summary,
                now(),
                List.of(),
                credentials,
                clean,
                new Handoff(action.action(), summary));
    }

    /** A job that did not get to its streams for a reason that may pass by itself. */
    static JobReport failed(Job job, List<RunError> errors, UnaryOperator<String> redact) {
        var clean = redacted(job, once(job, errors), redact);
        var summary = clean.get(0).message();
        return report(
                job,
                JobReport.NEEDS_REVIEW,
                summary,
                now(),
                List.of(),
                "unchecked",
                clean,
                new Handoff(Handoffs.review(0, clean), summary));
    }

    private static Handoff handoff(long failed, List<RunError> errors) {
        var context = errors.isEmpty() ? "" : errors.get(0).message();
        var action = Handoffs.review(failed, errors);
        return new Handoff(
                action,
                failed == 0
                        ? context
                        : failed + " items are dead letters (GET /api/dead-letters)"
                                + (context.isEmpty() ? "" : ": " + context));
    }

    private static JobReport report(
            Job job,
            String status,
            String summary,
            Instant finished,
            List<Stream> streams,
            String credentials,
            List<RunError> errors,
            Handoff handoff) {
        var integration = job.integration();
        return new JobReport(
                status,
                summary,
                job.id(),
                integration.name(),
                integration.capability(),
                integration.tenant(),
                job.asked(),
                finished,
                streams,
                new Verification(credentials, accounted(streams)),
                errors,
                handoff);
    }

    private static List<Stream> streams(Job job, StateStore store) {
        return job.runs().stream().map(run -> stream(run, store)).toList();
    }

    private static Stream stream(StreamRun run, StateStore store) {
        var counts = run.counts();
        return new Stream(
                run.stream(),
                store != null && !run.isPartial(),
                counts.pages(),
                counts.received(),
                counts.emitted(),
                counts.dropped(),
                counts.failed(),
                counts.records(),
                counts.reasons(),
                counts.kinds(),
                counts.webhookGaps(),
                store == null
                        ? null
                        : store.cursor(run.key()).map(Object::toString).orElse(null));
    }

    private static boolean accounted(List<Stream> streams) {
        return streams.stream().allMatch(s -> s.received() == s.emitted() + s.dropped() + s.failed());
    }

    /** That the job was cancelled is told once, with the reason, however many streams it met. */
    private static List<RunError> once(Job job, List<RunError> errors) {
        if (job.cancelReason() == null) {
            return errors;
        }
        var told = new ArrayList<>(errors);
        told.removeIf(error -> error.code().equals("job.cancelled"));
        told.add(job.cancelReason());
        return told;
    }

    private static List<RunError> redacted(Job job, List<RunError> errors, UnaryOperator<String> redact) {
        var vendor = job.integration().capability();
        return errors.stream()
                .map(error -> error.saying(redact.apply(error.message())).from(vendor))
                .toList();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
