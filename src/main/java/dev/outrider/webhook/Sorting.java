package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.IdSet;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.Delivery;
import dev.outrider.store.Seen;
import dev.outrider.store.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the items of a delivery lead to: pages, one a mapping, or streams that a job is to collect. */
final class Sorting {
    /** What the events of a delivery only tell of: the streams that have it. */
    final Set<String> streams = new TreeSet<>();
    /** What became of each item, as far as it is known. */
    final List<Outcome.Item> outcomes = new ArrayList<>();

    private record Group(List<JsonNode> items, List<Seen> marks) {}

    private final Map<String, Group> byMapping = new LinkedHashMap<>();
    private final Items items;

    /** @param run where the items are counted that lead to no page */
    Sorting(WebhookSpec spec, Delivery delivery, StreamRun run) {
        var headers = Items.headers(delivery.headers());
        this.items = Items.read(spec, headers, delivery.body());
        for (var item : items.good) {
            var event = spec.getEvent().startsWith("header:")
                    ? headers.getOrDefault(spec.getEvent().substring(7).toLowerCase(Locale.ROOT), "")
                    : item.at(spec.getEvent()).asText();
            var action =
                    spec.getAction().isEmpty() ? "" : item.at(spec.getAction()).asText();
            var target = spec.target(event, action);
            if (target == null) {
                dropped(run, "unknown_event");
            } else if (WebhookSpec.streams(target).isEmpty()) {
                var group =
                        byMapping.computeIfAbsent(target, missing -> new Group(new ArrayList<>(), new ArrayList<>()));
                group.items().add(item);
                group.marks()
                        .add(spec.mark(event, action, item)
                                .map(mark -> new Seen(mark, delivery.received(), delivery.unit()))
                                .orElse(null));
            } else {
                streams.addAll(WebhookSpec.streams(target));
                dropped(run, "left_to_stream");
            }
        }
        items.faults.forEach(fault -> outcomes.add(new Outcome.Item("failed", fault.message())));
    }

    /** What could not be read. */
    List<RunError> faults() {
        return items.faults;
    }

    /** The pages that are not in the sink yet. */
    List<MappedPage> pages(Delivery delivery, StreamRun run, StateStore state) {
        var emitted = new IdSet();
        var before = state.emitted(run.key(), delivery.unit());
        before.forEach(emitted::addAll);
        var unit = new Unit(delivery.unit(), "delivery " + delivery.received(), emitted);
        var pages = new ArrayList<MappedPage>();
        int number = 0;
        for (var group : byMapping.entrySet()) {
            number++;
            boolean last = number == byMapping.size();
            if (number > before.size()) {
                var page = new Page(
                        run,
                        unit,
                        number,
                        group.getValue().items(),
                        number == 1 ? items.faults : List.of(),
                        null,
                        last ? List.of(new Seen(delivery.unit(), delivery.received(), delivery.unit())) : List.of(),
                        group.getValue().marks(),
                        null,
                        last);
                pages.add(new MappedPage(page, group.getKey(), outcomes));
            }
        }
        return pages;
    }

    private void dropped(StreamRun run, String reason) {
        run.counts().dropped(reason, 1);
        outcomes.add(new Outcome.Item("dropped", reason));
    }
}
