package dev.outrider.file;

import dev.outrider.record.Checks;
import dev.outrider.record.RunException;
import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.quota.Waiter;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Exchange;

/** One use of {@code files:} in a route, for the stream run that the exchange carries. */
final class FilesEndpoint extends StepEndpoint {
    /** What a route asks of a source. */
    enum Operation {
        /** The body becomes a lazy iterator over the pages that are due. */
        PAGES,
        /** Adds a check of the source to the exchange. */
        CHECK,
        /** The body, a host's name, becomes whether a scan knows that host. */
        FIND;

        static Operation of(String name) {
            for (var one : values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return one;
                }
            }
            throw new IllegalArgumentException(
                    "files:" + name + " is none of " + Arrays.toString(values()).toLowerCase(Locale.ROOT));
        }
    }

    private final FilesComponent component;
    private final Operation operation;
    private final int pageItems;
    /** The stream whose check is made. */
    private final String stream;

    FilesEndpoint(String uri, FilesComponent component, Operation operation, int pageItems, String stream) {
        super(uri, component);
        this.component = component;
        this.operation = operation;
        this.pageItems = pageItems;
        this.stream = stream;
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        switch (operation) {
            case PAGES -> exchange.getMessage().setBody(pages(run));
            case CHECK -> check(run, checks(exchange));
            case FIND -> exchange.getMessage().setBody(find(run, exchange));
        }
    }

    /** Nothing is left open: what is opened closes with the run, the reading thread first. */
    private Collected pages(StreamRun run) {
        var source = run.closing(component.sources().open(run));
        var state = component.store().state();
        var sweep = run.closing(new Sweep(run, source, state, component.opener(), pageItems));
        return run.closing(new Collected(run, source, sweep, state));
    }

    private void check(StreamRun run, Checks checks) {
        try (var source = component.sources().open(run)) {
            checks.passed(stream, source.check());
        } catch (RuntimeException e) {
            Waiter.of(run).check(); // what was broken off says nothing
            if (!(e instanceof RunException known) || known.error().retryable()) {
                throw e; // an outage says nothing about the settings
            }
            checks.failed(stream, known.error().message(), Checks.Cause.CONFIGURATION);
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
