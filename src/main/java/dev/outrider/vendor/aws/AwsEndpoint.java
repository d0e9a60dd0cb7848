package dev.outrider.vendor.aws;

import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import java.util.Optional;
import org.apache.camel.Exchange;

/** One use of {@code aws-api:} in a route. */
final class AwsEndpoint extends StepEndpoint {
    /** What it does. */
    interface Action {
        void run(Exchange exchange, StreamRun run, AwsComponent component);
    }

    private final AwsComponent component;
    private final Action action;

    AwsEndpoint(String uri, AwsComponent component, Action action) {
        super(uri, component);
        this.component = component;
        this.action = action;
    }

    /** What it lists; empty where it does something else. */
    Optional<AwsListing> listing() {
        return action instanceof AwsList list ? Optional.of(list.listing()) : Optional.empty();
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        action.run(exchange, run, component);
    }
}
