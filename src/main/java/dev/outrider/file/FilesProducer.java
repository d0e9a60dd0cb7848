package dev.outrider.file;

import dev.outrider.record.Checks;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Does what the endpoint says for the stream run that the exchange carries. */
final class FilesProducer extends DefaultProducer {
    private final FilesEndpoint endpoint;
    private final FilesComponent component;

    FilesProducer(FilesEndpoint endpoint, FilesComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
    }

    @Override
    public void process(Exchange exchange) {
        var run = exchange.getProperty(StreamRun.PROPERTY, StreamRun.class);
        if (run == null) {
            throw new IllegalStateException(
                    endpoint.getEndpointUri() + " was called without a stream run: start the route by capability:");
        }
        switch (endpoint.operation()) {
            case PAGES -> exchange.getMessage().setBody(pages(run));
            case CHECK -> check(run, checks(exchange));
            case FIND -> exchange.getMessage().setBody(find(run, exchange));
        }
    }

    /** Nothing is left open: what is opened closes with the run, the reading thread first. */
    private Collected pages(StreamRun run) {
        var source = run.closing(component.sources().open(run));
        var state = component.store().state();
        var sweep = run.closing(new Sweep(run, source, state, component.opener(), endpoint.pageItems()));
        return run.closing(new Collected(run, source, sweep, state));
    }

    private void check(StreamRun run, Checks checks) {
        try (var source = component.sources().open(run)) {
            checks.passed(endpoint.stream(), source.check());
        } catch (RunException e) {
            checks.failed(endpoint.stream(), e.error().message(), Checks.Cause.CONFIGURATION);
        }
    }

    private boolean find(StreamRun run, Exchange exchange) {
        var host = exchange.getMessage().getBody(String.class);
        if (host == null || host.isBlank()) {
            return false;
        }
        try (var source = component.sources().open(run)) {
            return new HostSearch(run, source, component.opener()).find(host);
        }
    }

    private static Checks checks(Exchange exchange) {
        var checks = exchange.getProperty(Checks.PROPERTY, Checks.class);
        if (checks == null) {
            checks = new Checks();
            exchange.setProperty(Checks.PROPERTY, checks);
        }
        return checks;
    }
}
