package dev.outrider.vendor.component;

import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.VendorStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;

/**
 * What a class's stream can be tried by: the one listing or export that its route has.
 *
 * @param steps those of the route, in its order; only where there is exactly one is it clear what to ask for
 */
public record StreamProbes(VendorStream stream, List<Probing> steps) {
    /** The streams of a class, in the order of their routes. */
    public static List<StreamProbes> of(CamelContext camel, String capability) {
        return camel.getRoutes().stream()
                .flatMap(route -> route.getEndpoint() instanceof VendorStream stream
                                && stream.stream() != null
                                && stream.capability().equals(capability)
                        ? Stream.of(new StreamProbes(
                                stream,
                                route.filter("*").stream()
                                        .flatMap(step -> step instanceof EndpointAware aware
                                                        && aware.getEndpoint() instanceof Probing probing
                                                ? Stream.of(probing)
                                                : Stream.empty())
                                        .toList()))
                        : Stream.empty())
                .toList();
    }

    /** Why the stream cannot be tried; empty where it can. */
    public Optional<String> unclear(VendorClass declared) {
        return steps.size() == 1
                ? steps.get(0).unprobed(declared)
                : Optional.of("its route has " + steps.size() + " listings, where one tells what to ask for");
    }

    /**
     * Where an object of the stream is had by its id, {@code {externalId}}.
     *
     * @throws IllegalArgumentException where the stream's route does not tell
     */
    String object(VendorClass declared) {
        return (steps.size() == 1 ? steps.get(0).object(declared) : Optional.<String>empty())
                .orElseThrow(() -> new IllegalArgumentException("vendor:lookup: where an object of the stream "
                        + stream.stream() + " is had does not follow from its route; say it by path"));
    }

    /** @throws IllegalStateException where {@link #unclear} */
    Probing step(VendorClass declared) {
        unclear(declared).ifPresent(why -> {
            throw new IllegalStateException(stream.stream() + " cannot be tried: " + why);
        });
        return steps.get(0);
    }
}
