package dev.outrider.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.integration.Integration;
import dev.outrider.record.RunError;
import dev.outrider.store.Jobs;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Runs jobs: of one integration never two at once. A job asked for while another runs waits for it, because what the asker means (a file
 * dropped a moment ago) may have come too late for the running one.
 */
@ApplicationScoped
@Unremovable
public class JobRunner {
    /** Reports kept of each integration: of jobs that met something, and of those that were complete and met nothing. */
    private static final int KEPT = 200;

    private static final int KEPT_IDLE = 10;

    /** How often is asked whether another replica's job has ended. */
    private static final long ELSEWHERE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private static final class Lane {
        private Job running;
        private Job waiting;
    }

    private final JobExecution execution;
    private final Store store;
    private final ObjectMapper json;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Job> active = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "job");
        thread.setDaemon(true);
        return thread;
    });
    private boolean stopping;

    @Inject
    public JobRunner(JobExecution execution, Store store, ObjectMapper json) {
        this.execution = execution;
        this.store = store;
        this.json = json;
    }

    /**
     * Asks for a job. One that waits already and would do the same is the answer; one that waits and would do something else is refused.
     *
     * @throws BusyException where a different job waits already, or the process is stopping
     */
    public synchronized Job submit(Integration integration, JobRequest request) {
        if (stopping) {
            throw new BusyException("Outrider is stopping", null);
        }
        var lane = lanes.computeIfAbsent(integration.name(), name -> new Lane());
        if (lane.waiting != null) {
            if (lane.waiting.request().equals(request)) {
                return lane.waiting;
            }
            throw new BusyException(
                    "a different job of " + integration.name() + " runs and another waits: ask again when it is done",
                    lane.waiting.id());
        }
        var job = new Job(integration, request);
        save(job.report());
        active.put(job.id(), job);
        if (lane.running == null) {
            start(lane, job);
        } else {
            lane.waiting = job;
        }
        return job;
    }

    /** Runs on schedule: empty where a job runs or waits already, which does what this one would. */
    public synchronized Optional<Job> submitIfIdle(Integration integration) {
        var lane = lanes.get(integration.name());
        return stopping
                        || lane != null && lane.running != null
                        || store.replica().busyElsewhere(integration.name())
                ? Optional.empty()
                : Optional.of(submit(integration, JobRequest.ALL));
    }

    /** Whether a job of the integration runs or waits, or runs on another replica. */
    public synchronized boolean busy(String integration) {
        return active.values().stream().anyMatch(job -> job.integration().name().equals(integration))
                || store.replica().busyElsewhere(integration);
    }

    /** A job that runs or waits. */
    public synchronized Optional<Job> active(String id) {
        return Optional.ofNullable(active.get(id));
    }

    /** Asks a job to stop; false where it runs no more. A waiting one never starts its streams. */
    public synchronized boolean cancel(String id) {
        var job = active.get(id);
        if (job == null) {
            return false;
        }
        job.cancel(
                RunError.of("job.cancelled", "cancelled by request; what is stored stays, the next run goes on", true));
        var lane = lanes.get(job.integration().name());
        if (lane.waiting == job) {
            // It ends here: it must not be the answer to whoever asks for a job next.
            lane.waiting = null;
            active.remove(id);
            var report = Reports.failed(job, List.of(job.cancelReason()), text -> text);
            save(report);
            job.done().complete(report);
        }
        return true;
    }

    /** Reports of jobs that a process left behind when it died say so; and those stop that another replica was asked to stop. */
    public synchronized void settle() {
        for (var job : store.jobs().unfinished()) {
            var id = job.id();
            if (active.containsKey(id)) {
                if (job.cancel()) {
                    cancel(id);
                }
                continue;
            }
            store.jobs().report(id).ifPresent(text -> {
                try {
                    var report = json.readValue(text, JobReport.class);
                    var error = RunError.of(
                            "job.interrupted",
                            "the process ended while the job ran; what is stored stays, the next run goes on from there",
                            true);
                    var settled = new JobReport(
                            JobReport.NEEDS_REVIEW,
                            error.message(),
                            id,
                            report.integration(),
                            report.capability(),
                            report.tenant(),
                            report.started(),
                            report.started(),
                            report.streams(),
                            report.verification(),
                            List.of(error),
                            new JobReport.Handoff(Handoffs.RUN_AGAIN, error.message()));
                    save(settled);
                } catch (JsonProcessingException e) {
                    LOG.errorf("job %s left a report that is not JSON: %s", id, e.getOriginalMessage());
                }
            });
        }
    }

    /** Cancels everything and waits; true when all jobs ended in time. */
    public boolean stop(Duration patience) throws InterruptedException {
        List<Job> jobs;
        synchronized (this) {
            stopping = true;
            jobs = new ArrayList<>(active.values());
            jobs.forEach(job -> job.cancel(
                    RunError.of("job.cancelled", "Outrider stopped; the next run goes on from what is stored", true)));
        }
        threads.shutdown();
        return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void start(Lane lane, Job job) {
        lane.running = job;
        threads.execute(() -> work(lane, job));
    }

    private void work(Lane lane, Job job) {
        JobReport report;
        try {
            report = begin(job) ? execution.run(job) : Reports.failed(job, List.of(job.cancelReason()), text -> text);
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "job %s of %s failed unexpectedly",
                    job.id(),
                    job.integration().name());
            var error = RunError.of("job.failed", "unexpected: " + e, true);
            report = Reports.failed(job, List.of(error), text -> text);
        }
        try {
            save(report);
            store.jobs().keepNewest(job.integration().name(), KEPT, KEPT_IDLE);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the report of job %s could not be stored: %s", job.id(), report);
        }
        end(job);
        log(report);
        synchronized (this) {
            active.remove(job.id());
            lane.running = null;
            var next = lane.waiting;
            lane.waiting = null;
            if (next != null && !stopping) {
                start(lane, next);
            } else if (next != null) {
                active.remove(next.id());
                next.done().complete(next.report());
            }
        }
        job.done().complete(report);
    }

    /** Waits while another replica runs a job of the integration; false where it was cancelled meanwhile. */
    private boolean begin(Job job) {
        var replica = store.replica();
        while (!replica.begin(job.integration().name(), job.id())) {
            if (job.isCancelled()) {
                return false;
            }
            LockSupport.parkNanos(ELSEWHERE_NANOS);
        }
        job.start();
        if (replica.shared()) {
            // For those who ask another replica.
            save(job.report());
        }
        return true;
    }

    private void end(Job job) {
        try {
            store.replica().end(job.id());
        } catch (RuntimeException e) {
            LOG.warnf("other replicas do not know yet that job %s has ended, they will: %s", job.id(), e.getMessage());
        }
    }

    private static void log(JobReport report) {
        long received =
                report.streams().stream().mapToLong(JobReport.Stream::received).sum();
        if (!report.status().equals(JobReport.COMPLETE)) {
            LOG.warnf("job %s of %s: %s: %s", report.job(), report.integration(), report.status(), report.summary());
        } else if (!report.idle()) {
            LOG.infof("job %s of %s: %s: %s", report.job(), report.integration(), report.status(), report.summary());
        }
    }

    private void save(JobReport report) {
        try {
            store.jobs()
                    .put(new Jobs.Stored(
                            report.job(),
                            report.tenant(),
                            report.integration(),
                            report.status(),
                            report.started(),
                            report.finished(),
                            report.idle(),
                            json.writeValueAsString(report)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }
}
