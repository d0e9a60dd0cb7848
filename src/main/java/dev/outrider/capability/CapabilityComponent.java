package dev.outrider.capability;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code capability:<class>/stream/<name>}, {@code capability:<class>/validate}, {@code capability:<class>/affiliation} and
 * {@code capability:<class>/webhook}, {@code capability:<class>/redelivery}, {@code capability:<class>/action/<name>}: where a vendor's routes start. A route that starts here
 * is what fills the registry.
 */
@Singleton
@Named("capability")
@Unremovable
public class CapabilityComponent extends DefaultComponent {
    private static final Pattern NAME = Pattern.compile(
            "([a-z0-9-]+)/(validate|affiliation|webhook|redelivery|action/[a-z0-9-]+|stream/([a-z0-9-]+))");

    private final CapabilityRegistry registry;

    @Inject
    public CapabilityComponent(CapabilityRegistry registry) {
        this.registry = registry;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var matched = NAME.matcher(remaining);
        if (!matched.matches()) {
            throw new IllegalArgumentException(
                    "capability:" + remaining
                            + " is not <class>/validate, <class>/affiliation, <class>/webhook, <class>/redelivery, <class>/stream/<name> or <class>/action/<name> in lower case");
        }
        var endpoint =
                new CapabilityEndpoint(uri, this, registry, matched.group(1), matched.group(2), matched.group(3));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
