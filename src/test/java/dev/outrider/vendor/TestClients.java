package dev.outrider.vendor;

import dev.outrider.vendor.auth.Values;
import dev.outrider.vendor.http.Transport;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.quota.QuotaLedger;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.spec.HeaderSpec;
import dev.outrider.vendor.spec.HttpSpec;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;

/** A client of a fake vendor, without a container. */
public final class TestClients implements AutoCloseable {
    public static final Waiter NOBODY = new Waiter("acme", "users", () -> false);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeVendor vendor;
    private final HttpSpec spec = new HttpSpec();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private QuotaLedger ledger;

    public TestClients(FakeVendor vendor) {
        this.vendor = vendor;
        camel.start();
        var header = new HeaderSpec();
        header.setFormat("SSWS {token}");
        spec.getAuth().setHeader(header);
        spec.getRetry().setBackoffSecs(0);
        secrets.put("token", "s3cr3t");
    }

    public HttpSpec spec() {
        return spec;
    }

    public Map<String, String> settings() {
        return settings;
    }

    public Map<String, String> secrets() {
        return secrets;
    }

    public QuotaLedger ledger() {
        return ledger;
    }

    public VendorClient client() {
        settings.put("url", vendor.url());
        ledger = new QuotaLedger(vendor.url(), "c0ffee", spec, Clock.systemUTC());
        return new VendorClient(
                "acme",
                URI.create(vendor.url()),
                spec,
                new Values(settings::get, name -> Optional.ofNullable(secrets.get(name))),
                secrets.keySet(),
                new Transport(camel, "acme", spec, new EgressGuard(true)),
                ledger,
                () -> new QuotaLedger(vendor.url(), "c0ffee (app)", spec, Clock.systemUTC()));
    }

    @Override
    public void close() {
        camel.stop();
        vendor.close();
    }
}
