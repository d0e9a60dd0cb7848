package dev.outrider.record.identity;

import dev.outrider.record.Batch;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

@ApplicationScoped
@Named("envelopeRecords")
@Unremovable
public class EnvelopeRecords {
    public Batch envelope(Batch batch) {
        return batch;
    }
}
