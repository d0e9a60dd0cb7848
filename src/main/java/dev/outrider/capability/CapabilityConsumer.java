package dev.outrider.capability;

import dev.outrider.vendor.component.PagesEndpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Lives as long as its route: what the registry calls when the capability is asked for. */
class CapabilityConsumer extends DefaultConsumer {
    private final CapabilityEndpoint endpoint;
    private final CapabilityRegistry registry;

    CapabilityConsumer(CapabilityEndpoint endpoint, Processor processor, CapabilityRegistry registry) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.registry = registry;
    }

    CapabilityEndpoint endpoint() {
        return endpoint;
    }

    /** Runs the route once; the exchange carries the outcome, its exception included. */
    void run(Exchange exchange) throws Exception {
        exchange.setProperty(PagesEndpoint.FULL, endpoint.full());
        createUoW(exchange);
        try {
            getProcessor().process(exchange);
        } finally {
            doneUoW(exchange);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        registry.add(this);
    }

    @Override
    protected void doStop() throws Exception {
        registry.remove(this);
        super.doStop();
    }
}
