package dev.outrider.record;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** A step of a capability's route: it does something for the run that the exchange carries, and starts no route itself. */
public abstract class StepEndpoint extends DefaultEndpoint {
    protected StepEndpoint(String uri, Component component) {
        super(uri, component);
    }

    /** What the step does; what it throws is the run's error. */
    protected abstract void step(Exchange exchange, StreamRun run);

    @Override
    public final Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                var run = exchange.getProperty(StreamRun.PROPERTY, StreamRun.class);
                if (run == null) {
                    throw new IllegalStateException(
                            getEndpointUri()
                                    + " is called outside a run: start the route from capability:<class>/stream/<name>, or another of its kind");
                }
                step(exchange, run);
            }
        };
    }

    @Override
    public final Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(
                getEndpointUri() + " does not start a route: a stream starts from capability:<class>/stream/<name>");
    }
}
