package dev.outrider.vendor.aws;

import dev.outrider.record.Prefetch;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import java.util.Collections;
import org.apache.camel.Exchange;

/** Makes the body the pages of a listing. */
record AwsList(AwsListing listing) implements AwsEndpoint.Action {
    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var access = component.open(exchange, run);
        var now = Instant.now();
        var progress = component.round(exchange, run).begin(listing.name(), now);
        if (progress.isEmpty()) {
            exchange.getMessage().setBody(Collections.emptyIterator());
            return;
        }
        var reader = run.closing(new AwsReader(access, progress.get(), run, listing, now));
        exchange.getMessage().setBody(run.closing(new Prefetch<>(run, reader)));
    }
}
