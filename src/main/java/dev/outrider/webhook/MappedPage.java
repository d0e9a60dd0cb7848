package dev.outrider.webhook;

import dev.outrider.record.Page;
import java.util.List;

/**
 * The items of a delivery that share a mapping, which the page names.
 *
 * @param indexes the items' places in the delivery
 * @param outcomes where the step behind the sink writes what became of each item
 */
public record MappedPage(Page page, List<Integer> indexes, List<Outcome.Item> outcomes) {}
