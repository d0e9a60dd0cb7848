package dev.outrider.sink;

import dev.outrider.record.Batch;
import dev.outrider.record.Batches;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step of {@code routes/common/sinks/file.yaml}. */
@ApplicationScoped
@Named("fileSinkStep")
@Unremovable
public class FileSinkStep implements Processor {
    private final FileSink sink;

    @Inject
    public FileSinkStep(FileSink sink) {
        this.sink = sink;
    }

    @Override
    public void process(Exchange exchange) {
        store(Batches.in(exchange).all());
    }

    /** Has pages stored, and each then counted: what was not acknowledged was not received. */
    public void store(List<Batch> batches) {
        sink.store(batches.stream().map(FileSinkStep::page).toList());
    }

    private static FileSink.Due page(Batch batch) {
        var run = batch.page().run();
        // Taken from the batch now, so that its items need not be kept until the disk is done.
        var tally = batch.tally();
        var errors = batch.errors();
        return new FileSink.Due(batch.lines(), batch.commit(), run.acknowledgements(), () -> {
            run.counts().add(tally);
            errors.forEach(run::error);
        });
    }
}
