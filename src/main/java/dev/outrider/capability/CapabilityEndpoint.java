package dev.outrider.capability;

import dev.outrider.vendor.VendorStream;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One way into a class: a stream, its validation, its affiliation, its webhook or an action. */
public class CapabilityEndpoint extends DefaultEndpoint implements VendorStream {
    private final CapabilityRegistry registry;
    private final String capability;
    private final String action;
    private final String stream;
    private Duration full;
    private String permission = "";

    CapabilityEndpoint(
            String uri,
            CapabilityComponent component,
            CapabilityRegistry registry,
            String capability,
            String action,
            String stream) {
        super(uri, component);
        this.registry = registry;
        this.capability = capability;
        this.action = action;
        this.stream = stream;
    }

    @Override
    public String capability() {
        return capability;
    }

    /** {@code validate}, {@code affiliation}, {@code webhook}, {@code redelivery}, {@code stream/<name>} or {@code action/<name>}. */
    public String action() {
        return action;
    }

    @Override
    public String stream() {
        return stream;
    }

    Duration full() {
        return full;
    }

    public String getFull() {
        return full == null ? null : full.toString();
    }

    /** How often a stream that else collects what changed collects everything, as an ISO 8601 duration. */
    public void setFull(String full) {
        this.full = Duration.parse(full);
    }

    @Override
    public String getPermission() {
        return permission;
    }

    /** What to grant where the vendor refuses the stream, in the vendor's own words. */
    public void setPermission(String permission) {
        this.permission = permission;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new CapabilityConsumer(this, processor, registry);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException(
                getEndpointUri() + " starts a route and cannot be called from one: capabilities run as jobs");
    }
}
