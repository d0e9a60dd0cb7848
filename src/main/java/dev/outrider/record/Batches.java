package dev.outrider.record;

import java.util.List;
import org.apache.camel.Exchange;

/** The body of an exchange between mapping and sink: the page that it carries, or all of them in their order. */
public record Batches(List<Batch> all) {
    /** @throws IllegalStateException where no mapping came before */
    public static Batches in(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Batches batches) {
            return batches;
        }
        throw new IllegalStateException("there are no records yet: mapRecords comes first");
    }
}
