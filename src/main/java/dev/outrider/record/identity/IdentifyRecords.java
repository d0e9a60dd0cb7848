package dev.outrider.record.identity;

import dev.outrider.record.Batch;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

@ApplicationScoped
@Named("identifyRecords")
@Unremovable
public class IdentifyRecords {
    public Batch identify(Batch batch) {
        return batch;
    }
}
