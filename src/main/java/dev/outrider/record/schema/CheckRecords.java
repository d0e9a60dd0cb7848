package dev.outrider.record.schema;

import dev.outrider.record.Batch;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

@ApplicationScoped
@Named("checkRecords")
@Unremovable
public class CheckRecords {
    public Batch check(Batch batch) {
        return batch;
    }
}
