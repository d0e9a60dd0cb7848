package dev.outrider.vendor.export;

import dev.outrider.record.Prefetch;
import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.component.PagesEndpoint;
import dev.outrider.vendor.component.Probe;
import dev.outrider.vendor.component.Probing;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/** One export of one stream. */
final class ExportEndpoint extends StepEndpoint implements Probing {
    private final ExportComponent component;
    private final String path;
    private final UnaryOperator<ExportSpec> declared;

    ExportEndpoint(String uri, ExportComponent component, String path, UnaryOperator<ExportSpec> declared) {
        super(uri, component);
        this.component = component;
        this.path = path;
        this.declared = declared;
    }

    private ExportSpec spec(VendorClass with) {
        return declared.apply(with.getExports());
    }

    @Override
    public void check(VendorClass with) {
        spec(with).check();
    }

    @Override
    public Optional<String> unprobed(VendorClass with) {
        return spec(with).getCheck().isEmpty()
                ? Optional.of(
                        "export: needs check, a path that tells whether exports may be made, for a check must begin none")
                : Optional.empty();
    }

    @Override
    public Probe probe(VendorClient client, VendorClass with) {
        var spec = spec(with);
        var rank = new Probe.Rank(spec.getCheckAt(), spec.getCheckLeast(), spec.getCheckWhole());
        Probe probe = null;
        var paths = new ArrayList<>(ExportSpec.words(spec.getCheck()));
        Collections.reverse(paths);
        for (var one : paths) {
            var request = VendorRequest.get(new Requests(client).uri(one, Map.of(), Map.of()), one);
            probe = new Probe(request, Probe.ANYTHING, "", rank, probe);
        }
        return probe;
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var client = component.clients().of(run.integration());
        var now = client.clock().now();
        var progress = ExportProgress.begin(
                component.store().state(), run, now, exchange.getProperty(PagesEndpoint.FULL, Duration.class));
        var spec = spec(component.clients().declared(run.integration()));
        var job = new ExportJob(client, Waiter.of(run), path, spec);
        var reader = new ExportReader(job, spec, run, progress, now);
        exchange.getMessage().setBody(run.closing(new Prefetch<>(run, reader)));
    }
}
