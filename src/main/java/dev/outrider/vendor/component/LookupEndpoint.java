package dev.outrider.vendor.component;

import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** Asks whether an external id, the body, is still there; the answer is the body. */
public class LookupEndpoint extends StepEndpoint {
    private final VendorComponent component;
    private final Map<String, String> query;
    private String path = "";
    private String stream = "";
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

    public String getStream() {
        return stream;
    }

    /**
     * Streams whose objects are looked up where they are listed, separated by commas: an object is below its list, by its id, and what is no
     * list is the one object itself.
     */
    public void setStream(String stream) {
        this.stream = stream;
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
        if (path.isBlank() == stream.isBlank()) {
            throw new IllegalArgumentException(
                    "vendor:lookup needs either path, or stream whose objects are looked up where they are listed");
        }
    }

    /**
     * The paths that are asked, in this order.
     *
     * @throws IllegalArgumentException naming the stream that tells none
     */
    public List<String> paths(String capability, VendorClass declared) {
        if (stream.isBlank()) {
            return parts(path);
        }
        var known = StreamProbes.of(getCamelContext(), capability).stream()
                .collect(Collectors.toMap(one -> one.stream().stream(), Function.identity()));
        return parts(stream).stream()
                .map(name -> {
                    if (!known.containsKey(name)) {
                        throw new IllegalArgumentException("vendor:lookup is for a stream '" + name + "', there are "
                                + new TreeSet<>(known.keySet()));
                    }
                    return known.get(name).object(declared);
                })
                .toList();
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var client = component.clients().of(run.integration());
        var id = exchange.getMessage().getBody(String.class);
        var declared = component.clients().declared(run.integration());
        var paths = paths(run.integration().capability(), declared);
        exchange.getMessage().setBody(new Lookup(client, run, this, paths).affiliated(id));
    }
}
