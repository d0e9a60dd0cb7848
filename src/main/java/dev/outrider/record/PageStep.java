package dev.outrider.record;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step of the common route between mapping and sink. Pages that go together stay apart: each is taken by itself. */
public interface PageStep extends Processor {
    void step(Batch page);

    @Override
    default void process(Exchange exchange) {
        Batches.in(exchange).all().forEach(this::step);
    }
}
