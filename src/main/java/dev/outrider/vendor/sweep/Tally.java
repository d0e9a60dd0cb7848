package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;

/**
 * How many items a listing gave, and how many there are by the vendor's word.
 *
 * @param received items of the pages that are stored, those that came twice among them
 * @param total the smallest that a page told; negative where none did
 */
public record Tally(long received, long total) {
    static final Tally NONE = new Tally(0, -1);

    /**
     * With one more page. A listing may grow while it is read, and need not give what is new; it may shrink, and cannot give what is gone:
     * so the smallest total is what has to come.
     *
     * @param said the page's total; negative where it tells none
     */
    Tally plus(long items, long said) {
        return new Tally(received + items, total < 0 ? said : said < 0 ? total : Math.min(total, said));
    }

    /** What is wrong with a listing that ends here; null where nothing is. */
    RunError fault() {
        return received >= total
                ? null
                : RunError.of(
                        "paging.short_of_total",
                        "the listing ended after " + received + " items, and there are " + total
                                + " by the vendor's word: the next run begins where this one did",
                        true);
    }

    void into(ObjectNode json) {
        if (received > 0 || total >= 0) {
            json.put("received", received).put("total", total);
        }
    }

    static Tally of(JsonNode json) {
        return new Tally(json.path("received").asLong(), json.path("total").asLong(-1));
    }
}
