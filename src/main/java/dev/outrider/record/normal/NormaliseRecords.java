package dev.outrider.record.normal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.Batch;
import dev.outrider.record.Draft;
import dev.outrider.record.Entry;
import dev.outrider.record.PageStep;
import dev.outrider.record.RunError;
import dev.outrider.record.value.RecordFault;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Second step: what a mapping gave becomes records of one spelling, with keys. One record that cannot be so fails its whole item, for
 * asset, risk, definition and proof travel together.
 */
@ApplicationScoped
@Named("normaliseRecords")
@Unremovable
public class NormaliseRecords implements PageStep {
    public static final String INVALID = "record.invalid";

    /** Kinds that the items of a page repeat, word for word. Others are mostly one of a kind, and not worth comparing. */
    private static final Set<String> REPEATED =
            Set.of("asset", "port", "technology", "webapplication", "repository", "organization");

    private static final Logger LOG = Logger.getLogger(NormaliseRecords.class);

    @Override
    public void step(Batch batch) {
        var page = batch.page();
        var memo = new Memo(
                page.unit(), page.run().surface(), page.run().integration().capability());
        for (var entry : batch.entries()) {
            if (entry.open()) {
                try {
                    take(entry, memo);
                } catch (RecordFault e) {
                    entry.fail(RunError.of(INVALID, e.getMessage(), false));
                } catch (RuntimeException e) {
                    // A fault of ours: it must cost this item, not the thousands around it.
                    LOG.errorf(e, "%s page %d item %d", page.run().key(), page.number(), entry.index());
                    entry.fail(RunError.of(INVALID, "unexpected " + e.getClass().getSimpleName(), false));
                }
            }
        }
    }

    private static void take(Entry entry, Memo memo) {
        List<Draft> drafts = new ArrayList<>(entry.records().size());
        for (var record : entry.records()) {
            var draft = draft(record, memo);
            if (draft != null) {
                drafts.add(draft);
            } else if (entry.mappedReason() == null) {
                entry.mappedReason(Batch.INFORMATIONAL);
            }
        }
        entry.drafts(drafts);
        entry.records(List.of());
    }

    private static Draft draft(ObjectNode record, Memo memo) {
        var in = new Fields(record, memo);
        if (!REPEATED.contains(in.kind())) {
            return make(in);
        }
        var known = memo.draft(record);
        if (known == null) {
            known = make(in);
            memo.draft(record, known);
        }
        return known;
    }

    private static Draft make(Fields in) {
        return switch (in.kind()) {
            case "risk" -> RiskKind.risk(in);
            case "file" -> PlainKinds.file(in);
            case "asset" -> HostKinds.asset(in);
            case "port" -> HostKinds.port(in);
            case "technology" -> HostKinds.technology(in);
            case "attribute" -> HostKinds.attribute(in);
            case "webapplication" -> WebKinds.webApplication(in);
            case "webpage" -> WebKinds.webPage(in);
            case "repository" -> WebKinds.repository(in);
            case "cloudresource" -> WebKinds.cloudResource(in);
            case "person" -> PlainKinds.person(in);
            case "organization" -> PlainKinds.organization(in);
            case "generic" -> PlainKinds.generic(in);
            default -> throw new RecordFault("kind", "there is no kind " + in.kind());
        };
    }
}
