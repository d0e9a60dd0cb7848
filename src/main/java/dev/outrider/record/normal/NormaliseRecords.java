package dev.outrider.record.normal;

import dev.outrider.record.Batch;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

@ApplicationScoped
@Named("normaliseRecords")
@Unremovable
public class NormaliseRecords {
    public Batch normalise(Batch batch) {
        return batch;
    }
}
