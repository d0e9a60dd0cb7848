package dev.outrider.record.identity;

import dev.outrider.record.Batch;
import dev.outrider.record.Draft;
import dev.outrider.record.Entry;
import dev.outrider.record.PageStep;
import dev.outrider.record.value.ContentWriter;
import dev.outrider.record.value.Digest;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Fifth step: each record's id, a digest of tenant, integration, unit, kind, key and content. What the unit emitted before is suppressed,
 * so what is sent again after a crash is the same record and never a second one.
 */
@ApplicationScoped
@Named("identifyRecords")
@Unremovable
public class IdentifyRecords implements PageStep {
    @Override
    public void step(Batch batch) {
        var writer = ContentWriter.get();
        var integration = batch.page().run().integration();
        // What every id of the page begins with.
        var head = Digest.parts(
                integration.tenant(), integration.name(), batch.page().unit().id());
        for (var entry : batch.entries()) {
            if (entry.open()) {
                boolean any = !entry.drafts().isEmpty();
                int before = batch.outgoing().size();
                for (var draft : entry.drafts()) {
                    identify(draft, batch, head, writer);
                    for (var companion : draft.companions()) {
                        identify(companion, batch, head, writer);
                    }
                }
                settle(entry, batch.outgoing().size() > before, any);
            }
        }
    }

    private static void settle(Entry entry, boolean emits, boolean any) {
        if (emits) {
            entry.emitted();
        } else if (entry.mappedReason() != null) {
            entry.drop(entry.mappedReason());
        } else {
            entry.drop(any ? Batch.DUPLICATE : Batch.NO_RECORD);
        }
    }

    private static void identify(Draft draft, Batch batch, byte[] head, ContentWriter writer) {
        if (draft.identified()) {
            return;
        }
        var page = batch.page();
        var content = writer.write(draft.data());
        var contentDigest = Digest.get().raw(content).finish().clone();
        var id = ByteBuffer.wrap(Digest.get()
                .raw(head)
                .text(draft.kind())
                .text(draft.key())
                .bytes(contentDigest)
                .finish());
        long high = id.getLong();
        long low = id.getLong();
        if (page.unit().emitted().add(high, low)) {
            draft.identified(new Draft.Identified(high, low, HexFormat.of().formatHex(contentDigest), content));
            batch.outgoing().add(draft);
        } else {
            draft.identified(null);
        }
    }
}
