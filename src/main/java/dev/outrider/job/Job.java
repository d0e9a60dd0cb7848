package dev.outrider.job;

import dev.outrider.integration.Integration;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A job from the moment it is asked for to its report. */
public final class Job {
    private final String id = UUID.randomUUID().toString();
    private final Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Integration integration;
    private final JobRequest request;
    private final CompletableFuture<JobReport> done = new CompletableFuture<>();
    private final List<StreamRun> runs = new CopyOnWriteArrayList<>();
    private final List<RunError> errors = new CopyOnWriteArrayList<>();
    private volatile long redelivered;
    private volatile boolean started;
    private volatile RunError cancelled;

    Job(Integration integration, JobRequest request) {
        this.integration = integration;
        this.request = request;
    }

    public String id() {
        return id;
    }

    public Integration integration() {
        return integration;
    }

    public JobRequest request() {
        return request;
    }

    public Instant asked() {
        return asked;
    }

    /** Completes with the final report, never exceptionally. */
    public CompletableFuture<JobReport> done() {
        return done;
    }

    /** The report so far, or the final one. */
    public JobReport report() {
        var report = done.getNow(null);
        return report != null ? report : Reports.soFar(this, started);
    }

    /** Asks the job to stop at its next page boundary; the first reason stays. */
    public synchronized void cancel(RunError why) {
        if (cancelled == null) {
            cancelled = why;
        }
    }

    boolean isCancelled() {
        return cancelled != null;
    }

    RunError cancelReason() {
        return cancelled;
    }

    void start() {
        started = true;
    }

    void add(StreamRun run) {
        runs.add(run);
    }

    /** Notes something that went wrong outside the streams. */
    void error(RunError error) {
        errors.add(error);
    }

    List<RunError> errors() {
        return List.copyOf(errors);
    }

    /** Notes how many failed deliveries the vendor was asked for again. */
    void redelivered(long count) {
        redelivered = count;
    }

    long redelivered() {
        return redelivered;
    }

    List<StreamRun> runs() {
        return runs;
    }

    /** The streams to run: those asked for, or all of the class. */
    List<String> streams(List<String> all) {
        return request.streams().isEmpty()
                ? all
                : request.streams().stream().distinct().toList();
    }
}
