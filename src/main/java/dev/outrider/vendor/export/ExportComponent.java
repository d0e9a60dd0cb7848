package dev.outrider.vendor.export;

import dev.outrider.store.Store;
import dev.outrider.vendor.component.PagesComponent;
import dev.outrider.vendor.http.VendorClients;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code export:<path>?…}: makes the body the pages of an export job that the vendor works off: it is begun by a POST to the path, or an
 * equal one that runs is adopted, watched, and fetched chunk by chunk. The parameters are those of
 * {@link ExportSpec}, which a class may set for all its exports.
 */
@Singleton
@Named("export")
@Unremovable
public class ExportComponent extends DefaultComponent {
    private final VendorClients clients;
    private final Store store;

    @Inject
    public ExportComponent(VendorClients clients, Store store) {
        this.clients = clients;
        this.store = store;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var own = new HashMap<>(parameters);
        parameters.clear();
        // Whether it says all that it must is known with the class, which says what its exports have in common.
        PagesComponent.bound(getCamelContext(), new ExportSpec(), own);
        var path = "/" + remaining.replaceFirst("^/+", "");
        return new ExportEndpoint(uri, this, path, common -> PagesComponent.bound(getCamelContext(), common, own));
    }

    VendorClients clients() {
        return clients;
    }

    Store store() {
        return store;
    }
}
