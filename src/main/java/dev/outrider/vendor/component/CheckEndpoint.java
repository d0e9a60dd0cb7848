package dev.outrider.vendor.component;

import dev.outrider.record.Checks;
import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.sweep.Requests;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Exchange;

/**
 * Tries streams, a check for each. Without {@code path} it asks for what the stream's own route lists, of the stream that is named or of all
 * that have no check yet; with one it asks for that.
 */
public class CheckEndpoint extends StepEndpoint {
    private final VendorComponent component;
    private final Map<String, String> query;
    private String path = "";
    private String stream = "";
    private String skip = "";
    private String skipIf = "";
    private String items = "";

    CheckEndpoint(String uri, VendorComponent component, Map<String, String> query) {
        super(uri, component);
        this.component = component;
        this.query = query;
    }

    public String getPath() {
        return path;
    }

    /** What is asked for where the stream's own listing is not what should be. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getStream() {
        return stream;
    }

    /** The stream that the check is for; several are separated by commas. Empty for all that have no check yet. */
    public void setStream(String stream) {
        this.stream = stream;
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

    /** Where the reply for the path must hold a list; by default where the class's listings have theirs; {@code none} for any reply. */
    public void setItems(String items) {
        this.items = items;
    }

    /** Whether what is asked for is what the streams' own routes list. */
    public boolean derived() {
        return path.isEmpty();
    }

    /** The streams that it names; none where it takes all that have no check yet. */
    public List<String> streams() {
        return stream.isBlank()
                ? List.of()
                : Arrays.stream(stream.split(",")).map(String::strip).toList();
    }

    void check() {
        if (!derived() && streams().isEmpty()) {
            throw new IllegalArgumentException("vendor:check with a path needs stream, the stream it is for");
        }
        if (derived() && !(query.isEmpty() && skip.isEmpty() && skipIf.isEmpty() && items.isEmpty())) {
            throw new IllegalArgumentException(
                    "vendor:check has a query, skip, skipIf or items, but no path that they are for");
        }
    }

    private Probe probe(VendorClient client, VendorClass declared) {
        var uri = new Requests(client).uri(path, query, Map.of());
        return new Probe(
                VendorRequest.get(uri, path).accepting(Statuses.of(skip)),
                items.isEmpty() ? declared.getPages().getItems() : items,
                skipIf);
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var checks = exchange.getProperty(Checks.PROPERTY, Checks.class);
        if (checks == null) {
            throw new IllegalStateException(getEndpointUri() + " is called outside a validation");
        }
        var client = component.clients().of(run.integration());
        var declared = component.clients().declared(run.integration());
        Predicate<String> wanted = streams().isEmpty()
                ? name ->
                        checks.all().stream().noneMatch(check -> check.stream().equals(name))
                : streams()::contains;
        StreamProbes.of(getCamelContext(), run.integration().capability()).stream()
                .filter(one -> wanted.test(one.stream().stream()))
                .forEach(one -> {
                    var probe = derived() ? one.step(declared).probe(client, declared) : probe(client, declared);
                    new PermissionCheck(client, run, one.stream().getPermission(), probe)
                            .into(checks, one.stream().stream());
                });
    }
}
