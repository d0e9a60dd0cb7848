package dev.outrider.vendor.component;

import dev.outrider.record.Checks;
import dev.outrider.record.StreamRun;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One call outside a listing. */
public class VendorEndpoint extends DefaultEndpoint {
    private final VendorComponent component;
    private final String action;
    private final Map<String, String> query;
    private String path = "";
    private String stream = "";
    private String permission = "";
    private String skip = "";
    private String skipIf = "";
    private String items = "";
    private int size = 1;
    private String absent = "";
    private String owner = "";
    private String found = "";

    VendorEndpoint(String uri, VendorComponent component, String action, Map<String, String> query) {
        super(uri, component);
        this.component = component;
        this.action = action;
        this.query = query;
    }

    public String getPath() {
        return path;
    }

    /** What is asked for; a lookup takes several, separated by commas, each with {@code {externalId}}. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getStream() {
        return stream;
    }

    /** The stream that the check is for; several may share one, separated by commas. */
    public void setStream(String stream) {
        this.stream = stream;
    }

    public String getPermission() {
        return permission;
    }

    /** What to grant where the vendor says that a right is missing, in the vendor's own words. */
    public void setPermission(String permission) {
        this.permission = permission;
    }

    public String getSkip() {
        return skip;
    }

    /** Statuses that mean this account has no such thing, which is well. */
    public void setSkip(String skip) {
        this.skip = skip;
    }

    public String getSkipIf() {
        return skipIf;
    }

    /** Refusals that mean the same where the vendor's words match, as {@code 403: pattern}, separated by {@code ;}. */
    public void setSkipIf(String skipIf) {
        this.skipIf = skipIf;
    }

    public String getItems() {
        return items;
    }

    /** Where the reply of a check must hold a list; by default where the class's listings have theirs; {@code none} for any reply. */
    public void setItems(String items) {
        this.items = items;
    }

    public int getSize() {
        return size;
    }

    /** How many items a check asks for, where the class's listings have a size; 0 leaves it to the vendor. */
    public void setSize(int size) {
        this.size = size;
    }

    public String getAbsent() {
        return absent;
    }

    /** What in a found object means that it is gone, as {@code /status=DEPROVISIONED}. */
    public void setAbsent(String absent) {
        this.absent = absent;
    }

    public String getOwner() {
        return owner;
    }

    /** What a found object must say to be the account's own, as {@code /owner/login={organization}}, or to be what was asked for, as {@code /id={externalId}}; case does not count. */
    public void setOwner(String owner) {
        this.owner = owner;
    }

    public String getFound() {
        return found;
    }

    /** What a good answer must say to have found it, as {@code /resources/0={externalId}}: for vendors that answer a search; case does not count. */
    public void setFound(String found) {
        this.found = found;
    }

    void check() {
        if (!action.equals("check") && !action.equals("lookup")) {
            throw new IllegalArgumentException(
                    "vendor:" + action + " is none of vendor:check, vendor:lookup, vendor:call and vendor:redeliver");
        }
        if (path.isBlank()) {
            throw new IllegalArgumentException("vendor:" + action + " needs path");
        }
        if (action.equals("check") && stream.isBlank()) {
            throw new IllegalArgumentException("vendor:check needs stream, the stream it is for");
        }
    }

    @Override
    public Producer createProducer() {
        return new VendorProducer();
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(getEndpointUri() + " does not start a route");
    }

    private final class VendorProducer extends DefaultProducer {
        private VendorProducer() {
            super(VendorEndpoint.this);
        }

        @Override
        public void process(Exchange exchange) {
            var run = exchange.getProperty(StreamRun.PROPERTY, StreamRun.class);
            if (run == null) {
                throw new IllegalStateException(getEndpointUri() + " is called outside a capability");
            }
            var client = component.clients().of(run.integration());
            if (action.equals("check")) {
                var checks = exchange.getProperty(Checks.PROPERTY, Checks.class);
                new PermissionCheck(
                                client,
                                run,
                                VendorEndpoint.this,
                                component.clients().pages(run.integration()))
                        .into(checks);
            } else {
                var id = exchange.getMessage().getBody(String.class);
                exchange.getMessage().setBody(new Lookup(client, run, VendorEndpoint.this).affiliated(id));
            }
        }
    }

    Map<String, String> query() {
        return query;
    }
}
