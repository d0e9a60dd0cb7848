package dev.outrider.vendor.aws;

import dev.outrider.integration.Secrets;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import dev.outrider.vendor.EgressGuard;
import dev.outrider.vendor.quota.Waiter;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * AWS by its SDK. {@code aws-api:<service>/<operation>} makes the body the pages of a listing over accounts and regions
 * ({@link AwsListing} has the parameters, {@code detail.<name>} adds another call's answer to each item, {@code find.<type>} says how an ARN
 * of what is listed is looked up); {@code aws-api:accounts} those of the accounts themselves; {@code aws-api:check} tries a {@code call} for a
 * {@code stream}; {@code aws-api:find} asks for an ARN as the listing of its kind says.
 */
@Singleton
@Named("aws-api")
@Unremovable
public class AwsComponent extends DefaultComponent {
    private static final String ACCESS = "outrider.aws";
    private static final String ROUND = "outrider.aws.round";

    private final Secrets secrets;
    private final EgressGuard guard;
    private final Store store;

    @Inject
    public AwsComponent(
            Secrets secrets,
            Store store,
            @ConfigProperty(name = "outrider.allow-private", defaultValue = "false") boolean allowPrivate) {
        this.secrets = secrets;
        this.guard = new EgressGuard(allowPrivate);
        this.store = store;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        switch (remaining) {
            case "accounts":
                return new AwsEndpoint(uri, this, new AwsAccounts());
            case "check":
                var stream = getAndRemoveParameter(parameters, "stream", String.class);
                var call = AwsCall.of(getAndRemoveParameter(parameters, "call", String.class));
                if (stream == null) {
                    throw new IllegalArgumentException("aws-api:check needs stream, the stream it is for");
                }
                return new AwsEndpoint(uri, this, new AwsCheck(stream, call));
            case "find":
                return new AwsEndpoint(uri, this, new AwsFind());
            default:
                var details = texts(PropertiesHelper.extractProperties(parameters, "detail."));
                var finds = texts(PropertiesHelper.extractProperties(parameters, "find."));
                var untyped = getAndRemoveParameter(parameters, "find", String.class);
                if (untyped != null) {
                    finds.put("", untyped);
                }
                var listing = new AwsListing(AwsCall.of(remaining), details, finds);
                setProperties(listing, parameters);
                listing.check();
                return new AwsEndpoint(uri, this, new AwsList(listing));
        }
    }

    /** The run's way into AWS, the same for all steps of its route: roles are assumed and regions asked for once. */
    AwsAccess open(Exchange exchange, StreamRun run) {
        var open = exchange.getProperty(ACCESS, AwsAccess.class);
        if (open == null) {
            var integration = run.integration();
            var keys = AwsKeys.of(integration, secrets);
            open = run.closing(new AwsAccess(AwsSettings.of(integration), keys, guard, Waiter.of(run)));
            exchange.setProperty(ACCESS, open);
        }
        return open;
    }

    /** The run's way through the operations of its route. */
    AwsRound round(Exchange exchange, StreamRun run) {
        var round = exchange.getProperty(ROUND, AwsRound.class);
        if (round == null) {
            round = run.closing(AwsRound.open(store.state(), run, Instant.now()));
            exchange.setProperty(ROUND, round);
        }
        return round;
    }

    private static Map<String, String> texts(Map<String, Object> parameters) {
        var texts = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
