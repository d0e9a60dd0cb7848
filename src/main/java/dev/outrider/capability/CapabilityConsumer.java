package dev.outrider.capability;

import dev.outrider.record.StreamRun;
import dev.outrider.vendor.component.PagesEndpoint;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Lives as long as its route: what the registry calls when the capability is asked for. */
class CapabilityConsumer extends DefaultConsumer {
    /** The exchange property that holds the integration's settings as texts, for routes that choose by one. */
    static final String SETTINGS = "settings";

    private final CapabilityEndpoint endpoint;
    private final CapabilityRegistry registry;

    CapabilityConsumer(CapabilityEndpoint endpoint, Processor processor, CapabilityRegistry registry) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.registry = registry;
    }

    private static Map<String, String> settings(StreamRun run) {
        var texts = new HashMap<String, String>();
        if (run != null) {
            run.integration().settings().fields().forEachRemaining(field -> {
                if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                    texts.put(field.getKey(), field.getValue().asText());
                }
            });
        }
        return texts;
    }

    CapabilityEndpoint endpoint() {
        return endpoint;
    }

    /** Runs the route once; the exchange carries the outcome, its exception included. */
    void run(Exchange exchange) throws Exception {
        exchange.setProperty(PagesEndpoint.FULL, endpoint.full());
        exchange.setProperty(SETTINGS, settings(exchange.getProperty(StreamRun.PROPERTY, StreamRun.class)));
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
