package dev.outrider.vendor.aws;

import dev.outrider.record.Page;
import dev.outrider.record.Prefetch;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import org.apache.camel.Exchange;

/** Makes the body the pages of a listing, after those of the listings before it in the same route. */
record AwsList(AwsListing listing) implements AwsEndpoint.Action {
    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var access = component.open(exchange, run);
        var round = component.round(exchange, run);
        var pages = exchange.getMessage().getBody() instanceof AwsPages before ? before : new AwsPages(run);
        pages.add(() -> read(run, access, round));
        exchange.getMessage().setBody(pages);
    }

    private Iterator<Page> read(StreamRun run, AwsAccess access, AwsRound round) {
        var now = Instant.now();
        var progress = round.begin(listing.name(), now);
        if (progress.isEmpty()) {
            return Collections.emptyIterator();
        }
        var reader = run.closing(new AwsReader(access, progress.get(), run, listing, now));
        return run.closing(new Prefetch<>(run, reader));
    }
}
