package dev.outrider.record.schema;

import dev.outrider.record.Batch;
import dev.outrider.record.Draft;
import dev.outrider.record.Entry;
import dev.outrider.record.PageStep;
import dev.outrider.record.RunError;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** Third step: each record against the JSON Schema of its kind. A record that does not conform makes its item a dead letter. */
@ApplicationScoped
@Named("checkRecords")
@Unremovable
public class CheckRecords implements PageStep {
    public static final String REFUSED = "record.refused";

    private final RecordCheck check = new RecordCheck();

    @Override
    public void step(Batch batch) {
        for (var entry : batch.entries()) {
            if (entry.open()) {
                var refusal = refusal(entry);
                if (refusal != null) {
                    entry.fail(RunError.of(REFUSED, refusal, false));
                }
            }
        }
    }

    private String refusal(Entry entry) {
        for (var draft : entry.drafts()) {
            var refusal = refusal(draft);
            for (var companion : draft.companions()) {
                refusal = refusal == null ? refusal(companion) : refusal;
            }
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private String refusal(Draft draft) {
        if (!draft.checked()) {
            draft.checked(check.refusal(draft.kind(), draft.data()));
        }
        return draft.refusal();
    }
}
