package dev.outrider.vendor.component;

import dev.outrider.store.Store;
import dev.outrider.vendor.http.VendorClients;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.sweep.Listing;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.PropertiesHelper;

/**
 * {@code pages:<path>?…}: a vendor's listing as a lazy iterator of pages, for a streaming split. The parameters are those of
 * {@link PageSpec}; besides, {@code query.<name>} is sent with every first page, {@code since.<name>} with that of a run that has a time
 * to begin from, and {@code header.<name>} with every request.
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
        var headers = texts(PropertiesHelper.extractProperties(parameters, "header."));
        var spec = new PageSpec();
        PropertyBindingSupport.build()
                .withCamelContext(getCamelContext())
                .withTarget(spec)
                .withProperties(parameters)
                .withMandatory(true)
                .withRemoveParameters(true)
                .bind();
        spec.check();
        return new PagesEndpoint(
                uri, this, new Listing("/" + remaining.replaceFirst("^/+", ""), spec, query, since, headers));
    }

    VendorClients clients() {
        return clients;
    }

    Store store() {
        return store;
    }

    static Map<String, String> texts(Map<String, Object> parameters) {
        var texts = new java.util.LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
