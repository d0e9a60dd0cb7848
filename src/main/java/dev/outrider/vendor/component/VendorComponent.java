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
 * {@code vendor:check} tries streams, see {@link CheckEndpoint}; {@code vendor:lookup} asks whether an external id is still there, see
 * {@link LookupEndpoint}; both take {@code path} and {@code query.<name>}. {@code vendor:call} makes something at the vendor, see {@link CallEndpoint}, {@code vendor:redeliver}
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
        switch (remaining) {
            case "call":
                var call = new CallEndpoint(uri, this, clients, mappings, texts(parameters, "header."));
                setProperties(call, parameters);
                call.check();
                return call;
            case "redeliver":
                var redeliver = new RedeliverEndpoint(uri, this, clients, store, texts(parameters, "query."));
                setProperties(redeliver, parameters);
                redeliver.check();
                return redeliver;
            case "check":
                var check = new CheckEndpoint(uri, this, texts(parameters, "query."));
                setProperties(check, parameters);
                check.check();
                return check;
            case "lookup":
                var lookup = new LookupEndpoint(uri, this, texts(parameters, "query."));
                setProperties(lookup, parameters);
                lookup.check();
                return lookup;
            default:
                throw new IllegalArgumentException("vendor:" + remaining
                        + " is none of vendor:check, vendor:lookup, vendor:call and vendor:redeliver");
        }
    }

    private static Map<String, String> texts(Map<String, Object> parameters, String prefix) {
        return PagesComponent.texts(PropertiesHelper.extractProperties(parameters, prefix));
    }

    VendorClients clients() {
        return clients;
    }
}
