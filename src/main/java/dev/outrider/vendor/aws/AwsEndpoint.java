package dev.outrider.vendor.aws;

import dev.outrider.record.StreamRun;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One use of {@code aws-api:} in a route. */
final class AwsEndpoint extends DefaultEndpoint {
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

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                var run = exchange.getProperty(StreamRun.PROPERTY, StreamRun.class);
                if (run == null) {
                    throw new IllegalStateException(getEndpointUri() + " is called outside a capability");
                }
                action.run(exchange, run, component);
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(getEndpointUri() + " does not start a route");
    }
}
