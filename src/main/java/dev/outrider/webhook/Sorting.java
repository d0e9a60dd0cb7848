package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Batch;
import dev.outrider.record.IdSet;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.Delivery;
import dev.outrider.store.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the items of a delivery lead to: pages, one a mapping, or streams that a job is to collect. */
final class Sorting {
    private static final String UNKNOWN = "unknown_event";

    /** What the events of a delivery only tell of: the streams that have it. */
    final Set<String> streams = new TreeSet<>();
    /** What became of each item, as far as it is known. */
    final List<Outcome.Item> outcomes = new ArrayList<>();

    private record Group(List<JsonNode> items, List<Integer> indexes, List<Seen> marks, List<Seen> parts) {
        Group() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Map<String, Group> byMapping = new LinkedHashMap<>();
    private final Items items;

    /**
     * @param target whose delivery it is
     * @param run where the items are counted that lead to no page
     * @param known whether a part of a delivery, by its signed id, came before
     */
    Sorting(WebhookTarget target, Delivery delivery, StreamRun run, Predicate<String> known) {
        var spec = target.spec();
        var headers = Items.headers(delivery.headers());
        this.items = Items.read(spec, headers, delivery.body());
        for (var one : items.good) {
            var item = one.json();
            var part = Identity.part(spec, item);
            var line = spec.line(spec.event(item, headers), spec.action(item));
            if (line.isEmpty()) {
                dropped(run, one.index(), UNKNOWN);
            } else if (part != null && known.test(part)) {
                dropped(run, one.index(), Batch.DUPLICATE);
            } else if (line.get().collects().isEmpty()) {
                var group = byMapping.computeIfAbsent(line.get().mapping(), missing -> new Group());
                group.items().add(item);
                group.indexes().add(one.index());
                if (part != null) {
                    group.parts().add(new Seen(part, delivery.received(), delivery.unit()));
                }
                group.marks()
                        .add(target.mark(line.get(), item)
                                .map(mark -> new Seen(mark, delivery.received(), delivery.unit()))
                                .orElse(null));
            } else {
                streams.addAll(line.get().collects());
                dropped(run, one.index(), "left_to_stream");
            }
        }
        items.faults.forEach(fault -> outcomes.add(
                new Outcome.Item(fault.index(), "failed", fault.error().message())));
    }

    /** What could not be read. */
    List<RunError> faults() {
        return items.faults.stream().map(Items.Fault::error).toList();
    }

    /**
     * The pages that are not in the sink yet.
     *
     * @param before the ids of those that are
     */
    List<MappedPage> pages(Delivery delivery, StreamRun run, List<byte[]> before) {
        var emitted = new IdSet();
        before.forEach(emitted::addAll);
        var unit = new Unit(delivery.unit(), "delivery " + delivery.received(), emitted);
        var pages = new ArrayList<MappedPage>();
        int number = 0;
        for (var group : byMapping.entrySet()) {
            number++;
            boolean last = number == byMapping.size();
            if (number > before.size()) {
                var seen = new ArrayList<>(group.getValue().parts());
                if (last) {
                    seen.add(new Seen(delivery.unit(), delivery.received(), delivery.unit()));
                }
                var page = new Page(
                        run,
                        unit,
                        number,
                        group.getValue().items(),
                        number == 1 ? faults() : List.of(),
                        null,
                        seen,
                        group.getValue().marks(),
                        null,
                        last,
                        group.getKey());
                pages.add(new MappedPage(page, group.getValue().indexes(), outcomes));
            }
        }
        return pages;
    }

    private void dropped(StreamRun run, int index, String reason) {
        run.counts().dropped(reason, 1);
        outcomes.add(new Outcome.Item(index, "dropped", reason));
    }
}
