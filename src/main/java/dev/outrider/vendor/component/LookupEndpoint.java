package dev.outrider.vendor.component;

import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import java.util.Map;
import org.apache.camel.Exchange;

/** Asks whether an external id, the body, is still there; the answer is the body. */
public class LookupEndpoint extends StepEndpoint {
    private final VendorComponent component;
    private final Map<String, String> query;
    private String path = "";
    private String skipIf = "";
    private String absent = "";
    private String owner = "";
    private String found = "";
    private String sees = "";

    LookupEndpoint(String uri, VendorComponent component, Map<String, String> query) {
        super(uri, component);
        this.component = component;
        this.query = query;
    }

    public String getPath() {
        return path;
    }

    /** What is asked for, each with {@code {externalId}}: several are separated by commas. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getSkipIf() {
        return skipIf;
    }

    /** Refusals that mean that there can be no such thing, where the vendor's words match, as {@code 403: pattern}, separated by {@code ;}. */
    public void setSkipIf(String skipIf) {
        this.skipIf = skipIf;
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

    public String getSees() {
        return sees;
    }

    /** What must answer with 200 before nothing found means no: a vendor may answer 404 to all that credentials may not see. */
    public void setSees(String sees) {
        this.sees = sees;
    }

    Map<String, String> query() {
        return query;
    }

    void check() {
        if (path.isBlank()) {
            throw new IllegalArgumentException("vendor:lookup needs path");
        }
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var client = component.clients().of(run.integration());
        var id = exchange.getMessage().getBody(String.class);
        exchange.getMessage().setBody(new Lookup(client, run, this).affiliated(id));
    }
}
