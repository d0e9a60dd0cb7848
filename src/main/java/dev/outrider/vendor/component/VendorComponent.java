package dev.outrider.vendor.component;

import dev.outrider.vendor.http.VendorClients;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/**
 * {@code vendor:check} tries one call for a stream and adds a check; {@code vendor:lookup} asks whether an external id is still there. Both
 * take {@code path} and {@code query.<name>}.
 */
@Singleton
@Named("vendor")
@Unremovable
public class VendorComponent extends DefaultComponent {
    private final VendorClients clients;

    @Inject
    public VendorComponent(VendorClients clients) {
        this.clients = clients;
    }

    /** As the route has it: made into a normal URI, a plus sign would come out as a blank. */
    @Override
    public boolean useRawUri() {
        return true;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var query = PagesComponent.texts(PropertiesHelper.extractProperties(parameters, "query."));
        var endpoint = new VendorEndpoint(uri, this, remaining, query);
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    VendorClients clients() {
        return clients;
    }
}
