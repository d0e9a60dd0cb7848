package dev.outrider.vendor.component;

import dev.outrider.record.Page;
import dev.outrider.record.Prefetch;
import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.content.ContentReader;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.sweep.Listing;
import dev.outrider.vendor.sweep.Requests;
import dev.outrider.vendor.sweep.SweepReader;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** One listing of one stream. */
public class PagesEndpoint extends StepEndpoint implements Probing {
    /** The exchange property that holds how often everything is collected, as a {@link Duration}. */
    public static final String FULL = "outrider.full";

    private final PagesComponent component;
    private final Function<PageSpec, Listing> listing;
    private final Map<String, String> check;

    PagesEndpoint(
            String uri, PagesComponent component, Function<PageSpec, Listing> listing, Map<String, String> check) {
        super(uri, component);
        this.component = component;
        this.listing = listing;
        this.check = check;
    }

    @Override
    public void check(VendorClass declared) {
        listing(declared.getPages());
    }

    @Override
    public Optional<String> unprobed(VendorClass declared) {
        return Optional.empty();
    }

    @Override
    public Probe probe(VendorClient client, VendorClass declared) {
        var wanted = listing(declared.getPages());
        var spec = wanted.spec();
        var request = new Requests(client).one(wanted, check).accepting(Statuses.of(spec.getSkip()));
        return new Probe(request, spec.isSingle() ? Probe.ANYTHING : spec.getItems(), spec.getSkipIf());
    }

    @Override
    public Optional<String> object(VendorClass declared) {
        var listed = listing(declared.getPages());
        if (!listed.spec().getDetails().getPath().isEmpty()
                || listed.spec().getMethod().equals("POST")) {
            return Optional.empty();
        }
        return Optional.of(listed.spec().isSingle() ? listed.path() : listed.path() + "/{externalId}");
    }

    /**
     * What is asked for and how it is paged.
     *
     * @param common what the class's listings have in common
     * @throws IllegalArgumentException naming the first parameter that makes no sense
     */
    public Listing listing(PageSpec common) {
        return listing.apply(common);
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var client = component.clients().of(run.integration());
        var state = component.store().state();
        var declared = component.clients().declared(run.integration());
        var listing = listing(declared.getPages()).broughtBy(declared.brought(run.stream()));
        var sweep = new SweepReader(client, state, run, listing, exchange.getProperty(FULL, Duration.class));
        Iterator<Page> reader = listing.spec().getContent().wanted()
                ? run.closing(new ContentReader(client, state, run, listing, sweep))
                : sweep;
        exchange.getMessage().setBody(run.closing(new Prefetch<>(run, reader)));
    }
}
