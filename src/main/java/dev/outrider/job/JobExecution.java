package dev.outrider.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.capability.CapabilityClass;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import dev.outrider.integration.SecretException;
import dev.outrider.integration.Secrets;
import dev.outrider.record.Checks;
import dev.outrider.record.Counts;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Does one job from settings to report: check the settings, validate the credentials, then collect the streams side by side. */
@ApplicationScoped
@Unremovable
public class JobExecution {
    private static final Logger LOG = Logger.getLogger(JobExecution.class);
    /** Less than a client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final CapabilityRegistry registry;
    private final Store store;
    private final Secrets secrets;
    private final StreamMetrics metrics;

    @Inject
    public JobExecution(CapabilityRegistry registry, Store store, Secrets secrets, StreamMetrics metrics) {
        this.registry = registry;
        this.store = store;
        this.secrets = secrets;
        this.metrics = metrics;
    }

    JobReport run(Job job) {
        var integration = job.integration();
        UnaryOperator<String> redact = Redactor.of(integration, secrets);
        var found = registry.find(integration.capability());
        if (found.isEmpty()) {
            return Reports.blocked(
                    job, "unchecked", Handoffs.FIX_CONFIGURATION, List.of(noClass(integration.capability())), redact);
        }
        var capability = found.get();
        var wrong = capability.check(integration);
        if (!wrong.isEmpty()) {
            var errors = wrong.stream()
                    .map(text -> RunError.of(
                            "settings.invalid",
                            "integration " + integration.name() + " (" + integration.origin() + "): " + text,
                            false))
                    .toList();
            return Reports.blocked(job, "unchecked", Handoffs.FIX_CONFIGURATION, errors, redact);
        }
        for (var stream : job.request().streams()) {
            if (!capability.streams().contains(stream)) {
                var error = RunError.of(
                        "stream.unknown",
                        "class " + capability.name() + " has no stream '" + stream + "', it has "
                                + capability.streams(),
                        false);
                return Reports.blocked(job, "unchecked", Handoffs.FIX_CONFIGURATION, List.of(error), redact);
            }
        }
        try (var use = capability.use()) {
            LOG.debugf("job %s holds %s", job.id(), use);
            var checks = Validation.of(job, capability, run(job, capability, "validate"));
            if (checks.blocks()) {
                return checks.report(redact);
            }
            redeliver(job, capability);
            collect(job, capability, checks);
        } catch (Exception e) {
            return Reports.failed(job, List.of(error(e)), redact);
        }
        return Reports.finished(job, store.state(), redact);
    }

    /** Tries the credentials outside a job. */
    public Checks validate(Integration integration) throws Exception {
        var capability = registry.find(integration.capability())
                .orElseThrow(() -> new RunException(noClass(integration.capability())));
        var wrong = capability.check(integration);
        var checks = new Checks();
        if (!wrong.isEmpty()) {
            wrong.forEach(text -> checks.failed("settings", text, Checks.Cause.CONFIGURATION));
            return checks;
        }
        var redact = Redactor.of(integration, secrets);
        try (var use = capability.use()) {
            LOG.debugf("validation holds %s", use);
            for (var check : capability
                    .validate(run(integration, capability, "validate"))
                    .all()) {
                var detail = redact.apply(check.detail());
                if (check.ok()) {
                    checks.passed(check.stream(), detail);
                } else {
                    checks.failed(check.stream(), detail, check.cause());
                }
            }
        } catch (SecretException e) {
            checks.failed("credentials", e.getMessage(), Checks.Cause.CREDENTIALS);
        } catch (Exception e) {
            throw inTime(e);
        }
        return checks;
    }

    /** Whether an external id still belongs to the account; any doubt is an exception. */
    public boolean affiliated(Integration integration, String externalId) throws Exception {
        var capability = registry.find(integration.capability())
                .orElseThrow(() -> new RunException(noClass(integration.capability())));
        try (var use = capability.use()) {
            LOG.debugf("affiliation holds %s", use);
            return capability.affiliated(run(integration, capability, "affiliation"), externalId);
        } catch (Exception e) {
            throw inTime(e);
        }
    }

    /**
     * Does one of the class's actions.
     *
     * @throws RunException {@code settings.invalid} or {@code action.unknown}, or what went wrong
     */
    public JsonNode act(Integration integration, String action, JsonNode request) throws Exception {
        var capability = registry.find(integration.capability())
                .orElseThrow(() -> new RunException(noClass(integration.capability())));
        var wrong = capability.check(integration);
        if (!wrong.isEmpty()) {
            throw new RunException(RunError.of("settings.invalid", String.join("; ", wrong), false));
        }
        if (!capability.actions().contains(action)) {
            throw new RunException(RunError.of(
                    "action.unknown",
                    "class " + capability.name() + " has no action '" + action + "', it has " + capability.actions(),
                    false));
        }
        try (var use = capability.use()) {
            LOG.debugf("action %s holds %s", action, use);
            return capability.act(run(integration, capability, action), action, request);
        } catch (Exception e) {
            var error = error(inTime(e));
            throw new RunException(
                    error.saying(Redactor.of(integration, secrets).apply(error.message())));
        }
    }

    /** A job waits as long as the vendor wants it to; who asks something wants to know. */
    private static RunException late() {
        return new RunException(RunError.of(
                "vendor.busy",
                "the vendor gave no answer in " + PATIENCE.toSeconds()
                        + " s: GET /api/quotas tells who waits for it and until when",
                true));
    }

    private static Exception inTime(Exception e) {
        return error(e).code().equals("job.cancelled") ? late() : e;
    }

    private static StreamRun run(Integration integration, CapabilityClass capability, String action) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return new StreamRun(
                integration, capability.surface(integration), action, "", false, () -> System.nanoTime() - end > 0);
    }

    private static StreamRun run(Job job, CapabilityClass capability, String action) {
        var integration = job.integration();
        return new StreamRun(integration, capability.surface(integration), action, "", false, job::isCancelled);
    }

    private void collect(Job job, CapabilityClass capability, Validation checks) throws InterruptedException {
        var streams = job.streams(capability.streams());
        var until =
                Instant.now().plus(Duration.ofMinutes(capability.descriptor().getTimeoutMinutes()));
        int side = Math.max(1, Math.min(capability.descriptor().getConcurrency(), streams.size()));
        ExecutorService threads = Executors.newFixedThreadPool(side, task -> {
            var thread = new Thread(task, "job-" + job.integration().name());
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (var stream : streams) {
                var run = new StreamRun(
                        job.integration(),
                        capability.surface(job.integration()),
                        stream,
                        job.id(),
                        job.request().full(),
                        job::isCancelled,
                        job.request().event(),
                        new Counts(page -> metrics.page(job.integration(), stream, page)));
                job.add(run);
                if (checks.refused(stream)) {
                    checks.errors(stream).forEach(run::partial);
                    continue;
                }
                threads.execute(() -> collect(capability, run));
            }
            threads.shutdown();
            while (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                if (Instant.now().isAfter(until)) {
                    job.cancel(RunError.of(
                            "job.timeout",
                            "the job took longer than the class's "
                                    + capability.descriptor().getTimeoutMinutes()
                                    + " minutes; what is stored stays, the next run goes on from there",
                            true));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks the vendor for deliveries that failed. What fails here is told, and costs no stream. */
    private void redeliver(Job job, CapabilityClass capability) {
        var integration = job.integration();
        if (!job.request().streams().isEmpty()
                || !capability.redelivers()
                || !integration.secrets().containsKey("webhookSecret")) {
            return;
        }
        try {
            job.redelivered(capability.redeliver(run(job, capability, StreamKey.DELIVERIES)));
            metrics.redelivered(integration, job.redelivered());
        } catch (Exception e) {
            job.error(error(e).in(StreamKey.DELIVERIES, 0));
        }
    }

    private void collect(CapabilityClass capability, StreamRun run) {
        try {
            if (run.cancelled()) {
                run.partial(RunError.of("job.cancelled", "cancelled before the stream began", true));
                return;
            }
            capability.collect(run);
            if (!run.isPartial()) {
                store.freshness().put(run.key(), Instant.now());
                metrics.success(run.integration(), run.stream(), Instant.now());
            }
            if (run.counts().webhookGaps() != null) {
                metrics.gaps(run.integration(), run.stream(), run.counts().webhookGaps());
            }
        } catch (Exception e) {
            var error = error(e);
            run.partial(error);
            LOG.errorf(
                    "%s: %s: %s",
                    run.key(),
                    error.code(),
                    Redactor.of(run.integration(), secrets).apply(error.message()));
        }
    }

    private static RunError noClass(String name) {
        return RunError.of(
                "capability.unknown",
                "no class '" + name
                        + "' is loaded: see GET /api/capabilities for the classes and for what did not load",
                false);
    }

    /** What an exception of a route says, without Camel's wrapping. */
    static RunError error(Throwable thrown) {
        for (var at = thrown; at != null; at = at.getCause()) {
            if (at instanceof RunException known) {
                return known.error();
            }
            if (at instanceof SecretException unresolved) {
                return RunError.of("credentials.unresolved", unresolved.getMessage(), false);
            }
        }
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.debugf(thrown, "unexpected");
        return RunError.of(
                "stream.failed",
                root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage()),
                true);
    }
}
