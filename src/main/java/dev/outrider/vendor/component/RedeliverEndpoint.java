package dev.outrider.vendor.component;

import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import dev.outrider.vendor.http.SignIn;
import dev.outrider.vendor.http.VendorClients;
import java.util.Map;
import org.apache.camel.Exchange;

/** {@code vendor:redeliver} asks the vendor for the deliveries that failed; the body becomes how many, of all that the route asks for. */
public class RedeliverEndpoint extends StepEndpoint {
    private final VendorClients clients;
    private final Store store;
    private final Map<String, String> query;
    private String hooks = "";
    private String address = "/config/url";
    private String path = "";
    private String answered = "/status_code";
    private String delivery = "/guid";
    private String again = "";
    private String skip = "";
    private SignIn signIn = SignIn.ACCOUNT;

    RedeliverEndpoint(
            String uri, VendorComponent component, VendorClients clients, Store store, Map<String, String> query) {
        super(uri, component);
        this.clients = clients;
        this.store = store;
        this.query = query;
    }

    public String getHooks() {
        return hooks;
    }

    /**
     * Lists the hooks, or is the only one; ours is the one whose address ends with {@code /webhooks/<integration>}. Where the other paths
     * have {@code {hook}}, the setting {@code hookId} names it outright.
     */
    public void setHooks(String hooks) {
        this.hooks = hooks;
    }

    public String getAddress() {
        return address;
    }

    /** Pointer to a hook's address. */
    public void setAddress(String address) {
        this.address = address;
    }

    public String getPath() {
        return path;
    }

    /** Lists the deliveries of {@code {hook}}, the newest first, paged by link; by default {@code {hook}/deliveries} below the hooks. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getAnswered() {
        return answered;
    }

    /** Pointer to the HTTP status that a delivery was answered with: 200 to 299 did not fail. */
    public void setAnswered(String answered) {
        this.answered = answered;
    }

    public String getDelivery() {
        return delivery;
    }

    /** Pointer to what all attempts of one delivery share; {@code /id} tells the attempts apart. */
    public void setDelivery(String delivery) {
        this.delivery = delivery;
    }

    public String getAgain() {
        return again;
    }

    /** What a POST to asks again for the attempt {@code {id}} of {@code {hook}}; by default {@code {id}/attempts} below the path. */
    public void setAgain(String again) {
        this.again = again;
    }

    public String getSkip() {
        return skip;
    }

    /** Statuses of the first call that mean that the credentials may not see hooks, which is well. */
    public void setSkip(String skip) {
        this.skip = skip;
    }

    public SignIn getSignIn() {
        return signIn;
    }

    /** In whose name: {@code account}, or {@code app} for a webhook of the app itself, which nothing is asked of where the integration is none. */
    public void setSignIn(SignIn signIn) {
        this.signIn = signIn;
    }

    Map<String, String> query() {
        return query;
    }

    void check() {
        if (hooks.isBlank()) {
            throw new IllegalArgumentException("vendor:redeliver needs hooks");
        }
        path = path.isBlank() ? hooks + "/{hook}/deliveries" : path;
        again = again.isBlank() ? path + "/{id}/attempts" : again;
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var redelivery = new Redelivery(clients.of(run.integration()), store.state(), run, this);
        var message = exchange.getMessage();
        message.setBody((message.getBody() instanceof Long before ? before : 0L) + redelivery.ask());
    }
}
