package dev.outrider.vendor.aws;

import dev.outrider.record.Prefetch;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import org.apache.camel.Exchange;

/** Makes the body the pages of a listing. */
record AwsList(AwsListing listing) implements AwsEndpoint.Action {
    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var access = component.open(exchange, run);
        var reader = run.closing(new AwsReader(access, component.store().state(), run, listing, Instant.now()));
        exchange.getMessage().setBody(run.closing(new Prefetch<>(run, reader)));
    }
}
