package dev.outrider.vendor.component;

import dev.outrider.record.mapping.MappingRegistry;
import dev.outrider.store.Store;
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
 * {@code vendor:check} tries one call for a stream and adds a check; {@code vendor:lookup} asks whether an external id is still there;
 * both take {@code path} and {@code query.<name>}. {@code vendor:call} makes something at the vendor, see {@link CallEndpoint}, {@code vendor:redeliver}
 * asks for failed deliveries, see {@link RedeliverEndpoint}.
 */
@Singleton
@Named("vendor")
@Unremovable
public class VendorComponent extends DefaultComponent {
    private final VendorClients clients;
    private final MappingRegistry mappings;
    private final Store store;

    @Inject
    public VendorComponent(VendorClients clients, MappingRegistry mappings, Store store) {
        this.store = store;
        this.clients = clients;
        this.mappings = mappings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.equals("call")) {
            var headers = PagesComponent.texts(PropertiesHelper.extractProperties(parameters, "header."));
            var call = new CallEndpoint(uri, this, clients, mappings, headers);
            setProperties(call, parameters);
            call.check();
            return call;
        }
        var query = PagesComponent.texts(PropertiesHelper.extractProperties(parameters, "query."));
        if (remaining.equals("redeliver")) {
            var redeliver = new RedeliverEndpoint(uri, this, clients, store, query);
            setProperties(redeliver, parameters);
            redeliver.check();
            return redeliver;
        }
        var endpoint = new VendorEndpoint(uri, this, remaining, query);
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    VendorClients clients() {
        return clients;
    }
}
