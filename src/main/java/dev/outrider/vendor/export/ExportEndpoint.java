package dev.outrider.vendor.export;

import dev.outrider.record.Prefetch;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.component.PagesEndpoint;
import dev.outrider.vendor.component.Probe;
import dev.outrider.vendor.component.Probing;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One export of one stream. */
final class ExportEndpoint extends DefaultEndpoint implements Probing {
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
    public Optional<String> unprobed() {
        return spec.getCheck().isEmpty()
                ? Optional.of(
                        "export: needs check, a path that tells whether exports may be made, for a check must begin none")
                : Optional.empty();
    }

    @Override
    public Probe probe(VendorClient client, PageSpec common) {
        var uri = new Requests(client).uri(spec.getCheck(), Map.of(), Map.of());
        return new Probe(spec.getCheck(), VendorRequest.get(uri, spec.getCheck()), Probe.ANYTHING, "");
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
