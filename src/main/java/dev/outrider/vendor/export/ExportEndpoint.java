package dev.outrider.vendor.export;

import dev.outrider.record.Prefetch;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.component.PagesEndpoint;
import dev.outrider.vendor.quota.Waiter;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One export of one stream. */
final class ExportEndpoint extends DefaultEndpoint {
    private final ExportComponent component;
    private final String path;
    private final ExportSpec spec;

    ExportEndpoint(String uri, ExportComponent component, String path, ExportSpec spec) {
        super(uri, component);
        this.component = component;
        this.path = path;
        this.spec = spec;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                var run = exchange.getProperty(StreamRun.PROPERTY, StreamRun.class);
                if (run == null) {
                    throw new IllegalStateException(getEndpointUri() + " is called outside a stream");
                }
                var client = component.clients().of(run.integration());
                var now = client.clock().now();
                var progress = ExportProgress.begin(
                        component.store().state(), run, now, exchange.getProperty(PagesEndpoint.FULL, Duration.class));
                var job = new ExportJob(client, Waiter.of(run), path, spec);
                var reader = new ExportReader(job, spec, run, progress, now);
                exchange.getMessage().setBody(run.closing(new Prefetch<>(run, reader)));
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(getEndpointUri() + " does not start a route");
    }
}
