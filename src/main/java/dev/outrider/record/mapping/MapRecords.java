package dev.outrider.record.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.Batch;
import dev.outrider.record.Batches;
import dev.outrider.record.Entry;
import dev.outrider.record.Page;
import dev.outrider.record.Pages;
import dev.outrider.record.RunError;
import dev.outrider.record.value.RecordFault;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** First step of the common route: the mapping, applied to each item of a page. An item that fails is a dead letter, the others go on. */
@ApplicationScoped
@Named("mapRecords")
@Unremovable
public class MapRecords implements Processor {
    public static final String FAILED = "mapping.failed";

    private final MappingRegistry mappings;

    @Inject
    public MapRecords(MappingRegistry mappings) {
        this.mappings = mappings;
    }

    @Override
    public void process(Exchange exchange) {
        var told = exchange.getProperty("mapping", String.class);
        var body = exchange.getMessage().getBody();
        var pages = body instanceof Pages several ? several.all() : List.of((Page) body);
        var batches = new ArrayList<Batch>(pages.size());
        // Pages that go together have the same one, even where its file is edited meanwhile: it is looked for once.
        var known = new HashMap<String, Mapping>();
        for (var page : pages) {
            batches.add(map(page, known.computeIfAbsent(id(page, told), mappings::get)));
        }
        exchange.getMessage().setBody(new Batches(batches));
    }

    /** @param told id of the mapping, {@code <class>/<name>}; without one the page has its own */
    public Batch map(Page page, String told) {
        return map(page, mappings.get(id(page, told)));
    }

    private static String id(Page page, String told) {
        return told == null || told.isBlank() ? page.mapping() : told;
    }

    private static Batch map(Page page, Mapping mapping) {
        var batch = new Batch(page, mapping.id());
        for (var entry : batch.entries()) {
            try {
                take(entry, mapping);
            } catch (RecordFault e) {
                entry.fail(RunError.of(FAILED, e.getMessage(), false));
            }
        }
        return batch;
    }

    private static void take(Entry entry, Mapping mapping) {
        var answer = mapping.records(mapping.apply(entry.item()));
        var records = new ArrayList<ObjectNode>(answer.size());
        for (var record : answer) {
            var kind = record.path("kind").asText("");
            if (kind.equals("drop")) {
                var reason = record.path("reason").asText("");
                entry.mappedReason(reason.isBlank() ? Batch.NO_RECORD : reason);
            } else if (kind.isEmpty()) {
                throw new RecordFault(mapping.file(), "yields a record without kind");
            } else {
                Missing.check(record, entry.item(), kind);
                records.add(record);
            }
        }
        entry.records(records);
    }
}
