package dev.outrider.sink;

import dev.outrider.record.Batch;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The step of {@code routes/common/sinks/file.yaml}. */
@ApplicationScoped
@Named("fileSinkStep")
@Unremovable
public class FileSinkStep {
    private final FileSink sink;

    @Inject
    public FileSinkStep(FileSink sink) {
        this.sink = sink;
    }

    /** Stores the page, then counts it: what was not acknowledged was not received. */
    public void store(Batch batch) {
        sink.store(batch.lines(), batch.commit());
        var run = batch.page().run();
        run.counts().add(batch.tally());
        batch.errors().forEach(run::error);
    }
}
