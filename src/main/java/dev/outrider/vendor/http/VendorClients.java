package dev.outrider.vendor.http;

import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.integration.Secrets;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.EgressGuard;
import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.auth.Values;
import dev.outrider.vendor.quota.Quotas;
import dev.outrider.vendor.spec.HttpSpec;
import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One client for each integration, made when first needed and made anew when its settings or its class change. */
@ApplicationScoped
@Unremovable
public class VendorClients {
    private record Held(Integration integration, HttpSpec spec, VendorClient client) {}

    private static final int RETIRED = 16;

    private final CamelContext camel;
    private final Secrets secrets;
    private final Quotas quotas;
    private final EgressGuard guard;
    private final Map<String, Held> clients = new HashMap<>();
    private final Deque<VendorClient> retired = new ArrayDeque<>();

    @Inject
    public VendorClients(
            CamelContext camel,
            Secrets secrets,
            Quotas quotas,
            @ConfigProperty(name = "outrider.allow-private", defaultValue = "false") boolean allowPrivate) {
        this.camel = camel;
        this.secrets = secrets;
        this.quotas = quotas;
        this.guard = new EgressGuard(allowPrivate);
    }

    /** @throws RunException {@code settings.invalid} where the integration cannot be called at all */
    public synchronized VendorClient of(Integration integration) {
        var spec = spec(integration);
        var held = clients.get(integration.name());
        if (held != null && held.spec() == spec && held.integration().equals(integration)) {
            return held.client();
        }
        var client = make(integration, spec);
        clients.put(integration.name(), new Held(integration, spec, client));
        if (held != null) {
            // A job may still be using it: it is closed once others have followed.
            retired.addLast(held.client());
            if (retired.size() > RETIRED) {
                retired.removeFirst().close();
            }
        }
        return client;
    }

    private HttpSpec spec(Integration integration) {
        return declared(integration).getHttp();
    }

    /** What the integration's class declares. */
    public VendorClass declared(Integration integration) {
        var found = camel.getRegistry().lookupByNameAndType(integration.capability(), VendorClass.class);
        if (found == null) {
            throw new RunException(
                    RunError.of("capability.unknown", "no class '" + integration.capability() + "' is loaded", false));
        }
        return found;
    }

    private VendorClient make(Integration integration, HttpSpec spec) {
        var base = BaseUrl.of(integration.name(), integration.setting("url", null), spec);
        var values = new Values(
                name -> name.equals("url") ? base.toString() : integration.setting(name, null),
                name -> secrets.of(integration, name));
        try {
            var origin = Origin.of(base).toString();
            var credential = fingerprint(integration);
            return new VendorClient(
                    integration.name(),
                    base,
                    spec,
                    values,
                    integration.secrets().keySet(),
                    new Transport(camel, integration.name(), spec, guard(integration)),
                    quotas.ledger(origin, credential, spec),
                    () -> quotas.ledger(origin, credential + " (app)", spec));
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new RunException(RunError.of(
                    "settings.invalid", "integration " + integration.name() + ": " + e.getMessage(), false));
        }
    }

    /** The demo's vendors are simulated on this machine; its integrations are made by itself alone. */
    private EgressGuard guard(Integration integration) {
        return integration.origin().equals(IntegrationRegistry.DEMO) ? new EgressGuard(true) : guard;
    }

    /** Tells credentials apart without telling them. */
    private String fingerprint(Integration integration) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var name : new TreeMap<>(integration.secrets()).keySet()) {
                if (name.equals("webhookSecret")) {
                    continue;
                }
                secrets.of(integration, name)
                        .ifPresent(
                                secret -> digest.update((name + "=" + secret + "\0").getBytes(StandardCharsets.UTF_8)));
            }
            digest.update(integration.setting("clientId", "").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    synchronized void close() {
        clients.values().forEach(held -> held.client().close());
        clients.clear();
        retired.forEach(VendorClient::close);
        retired.clear();
    }
}
