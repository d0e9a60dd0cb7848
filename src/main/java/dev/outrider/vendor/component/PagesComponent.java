package dev.outrider.vendor.component;

import dev.outrider.store.Store;
import dev.outrider.vendor.http.VendorClients;
import dev.outrider.vendor.paging.Copies;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.paging.Query;
import dev.outrider.vendor.sweep.Listing;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.PropertiesHelper;

/**
 * {@code pages:<path>?…}: a vendor's listing as a lazy iterator of pages, for a streaming split. The parameters are those of
 * {@link PageSpec}, which a class may set for all its listings; besides, {@code query.<name>} is sent with every first page, {@code since.<name>} with that of a run that has a time
 * to begin from, {@code check.<name>} with what tries the stream, and {@code header.<name>} with every request; {@code stamp.<field>} is put into every item.
 */
@Singleton
@Named("pages")
@Unremovable
public class PagesComponent extends DefaultComponent {
    private final VendorClients clients;
    private final Store store;

    @Inject
    public PagesComponent(VendorClients clients, Store store) {
        this.clients = clients;
        this.store = store;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var query = texts(PropertiesHelper.extractProperties(parameters, "query."));
        var since = texts(PropertiesHelper.extractProperties(parameters, "since."));
        var check = texts(PropertiesHelper.extractProperties(parameters, "check."));
        var headers = texts(PropertiesHelper.extractProperties(parameters, "header."));
        var stamps = texts(PropertiesHelper.extractProperties(parameters, "stamp."));
        var own = new HashMap<>(parameters);
        parameters.clear();
        // Whether they make sense together is known with the class, which says what its listings have in common.
        bind(new PageSpec(), own);
        var path = "/" + remaining.replaceFirst("^/+", "");
        return new PagesEndpoint(
                uri,
                this,
                common -> {
                    var spec = spec(common, own);
                    var asked = Query.pairs("orderQuery", spec.getOrderQuery());
                    asked.putAll(query);
                    var changed = spec.getWatermark().isEmpty()
                            ? new LinkedHashMap<String, String>()
                            : Query.pairs("sinceQuery", spec.getSinceQuery());
                    changed.putAll(since);
                    return new Listing(path, spec, asked, changed, headers, stamps, Optional.empty());
                },
                check);
    }

    /** @throws IllegalArgumentException naming the first parameter that makes no sense */
    private PageSpec spec(PageSpec common, Map<String, Object> own) {
        boolean single = "true".equals(String.valueOf(own.get("single")));
        var spec = bind(single ? new PageSpec() : ordered(common, own), own);
        spec.check();
        return spec;
    }

    /** What is right only in the order that the class's listings have is not for one that has another. */
    private static PageSpec ordered(PageSpec common, Map<String, Object> own) {
        var spec = Copies.of(common);
        if (own.containsKey("order")) {
            spec.setOrderQuery("");
            spec.setConditional(false);
        }
        return spec;
    }

    private PageSpec bind(PageSpec spec, Map<String, Object> parameters) {
        return bound(getCamelContext(), spec, parameters);
    }

    /**
     * What a route says over what its class does.
     *
     * @throws IllegalArgumentException naming the first parameter that the spec does not know
     */
    public static <T> T bound(CamelContext camel, T common, Map<String, Object> parameters) {
        var spec = Copies.of(common);
        PropertyBindingSupport.build()
                .withCamelContext(camel)
                .withTarget(spec)
                .withProperties(new HashMap<>(parameters))
                .withMandatory(true)
                .withRemoveParameters(true)
                .bind();
        return spec;
    }

    VendorClients clients() {
        return clients;
    }

    Store store() {
        return store;
    }

    static Map<String, String> texts(Map<String, Object> parameters) {
        var texts = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
