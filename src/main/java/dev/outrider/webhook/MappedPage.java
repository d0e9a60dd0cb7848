package dev.outrider.webhook;

import dev.outrider.record.Page;
import java.util.List;

/**
 * The items of a delivery that share a mapping.
 *
 * @param marks what marks each item's object as delivered; null where nothing does
 * @param outcomes where the step behind the sink writes what became of each item
 * @param delivered where that step writes the marks of the items that did not fail
 */
public record MappedPage(
        Page page, String mapping, List<String> marks, List<Outcome.Item> outcomes, List<String> delivered) {}
