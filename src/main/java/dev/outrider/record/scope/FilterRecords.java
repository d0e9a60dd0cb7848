package dev.outrider.record.scope;

import dev.outrider.record.Batch;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

@ApplicationScoped
@Named("filterRecords")
@Unremovable
public class FilterRecords {
    public Batch filter(Batch batch) {
        return batch;
    }
}
