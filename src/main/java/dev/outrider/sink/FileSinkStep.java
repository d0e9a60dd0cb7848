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

    /** Has the page stored, and then counted: what was not acknowledged was not received. */
    public void store(Batch batch) {
        var run = batch.page().run();
        // Taken from the batch now, so that its items need not be kept until the disk is done.
        var tally = batch.tally();
        var errors = batch.errors();
        sink.store(batch.lines(), batch.commit(), run.acknowledgements(), () -> {
            run.counts().add(tally);
            errors.forEach(run::error);
        });
    }
}
