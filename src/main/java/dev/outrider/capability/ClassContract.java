package dev.outrider.capability;

import dev.outrider.vendor.component.CheckEndpoint;
import dev.outrider.vendor.component.LookupEndpoint;
import dev.outrider.vendor.component.PagesEndpoint;
import dev.outrider.vendor.component.Probing;
import dev.outrider.vendor.component.StreamProbes;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.webhook.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;
import org.apache.camel.Route;

/** What a folder must declare to be a class; the refusal names what is missing and where to put it. */
final class ClassContract {
    private ClassContract() {}

    static CapabilityClass check(
            CamelContext camel, CapabilityRegistry registry, RouteFolder folder, CapabilityClass previous) {
        var name = folder.name();
        var missing = new ArrayList<String>();
        var descriptor = camel.getRegistry().lookupByNameAndType(name, Capability.class);
        if (descriptor == null) {
            throw new IllegalArgumentException("no bean named " + name + " of type " + Capability.class.getName()
                    + ": the class's descriptor is missing");
        }
        if (descriptor.getTitle() == null || descriptor.getTitle().isBlank()) {
            missing.add("bean " + name + " has no title");
        }
        if (!Capability.SURFACES.contains(descriptor.getSurface())) {
            missing.add("bean " + name + " has surface '" + descriptor.getSurface() + "', not one of "
                    + new TreeSet<>(Capability.SURFACES));
        }
        var actions = registry.consumers(name);
        if (!actions.containsKey("validate")) {
            missing.add("no route starts from capability:" + name
                    + "/validate, and no stream has a listing or an export that it could be tried by");
        }
        if (!actions.containsKey("affiliation")) {
            missing.add("no route starts from capability:" + name + "/affiliation");
        }
        var webhook = descriptor.getWebhook();
        if (!webhook.declared() && actions.containsKey("webhook")) {
            missing.add("a route starts from capability:" + name + "/webhook, but bean " + name
                    + " has no section webhook with a scheme");
        }
        if (webhook.declared() && !Verifier.SCHEMES.contains(webhook.getScheme())) {
            missing.add("bean " + name + " has webhook.scheme '" + webhook.getScheme() + "', not one of "
                    + new TreeSet<>(Verifier.SCHEMES));
        }
        var streams = actions.values().stream()
                .map(consumer -> consumer.endpoint().stream())
                .filter(stream -> stream != null)
                .sorted()
                .toList();
        if (streams.isEmpty()) {
            missing.add("no route starts from capability:" + name + "/stream/<name>");
        }
        Stream.concat(webhook.collected().stream(), webhook.brought().stream())
                .filter(stream -> !streams.contains(stream))
                .forEach(stream -> missing.add(
                        "bean " + name + " has webhook.mappings for a stream '" + stream + "', it has " + streams));
        for (var route : camel.getRoutes()) {
            if (route.getEndpoint() instanceof CapabilityEndpoint endpoint
                    && !endpoint.capability().equals(name)
                    && folder.routes().containsKey(location(route.getSourceLocationShort()))) {
                missing.add("route " + route.getId() + " starts from capability:" + endpoint.capability()
                        + ", but the folder is " + name);
            }
        }
        var timeless = new TreeSet<String>();
        var identities = new TreeMap<String, String>();
        for (var route : camel.getRoutes()) {
            if (route.getEndpoint() instanceof CapabilityEndpoint endpoint
                    && endpoint.capability().equals(name)) {
                var listings = listings(name, route, descriptor, missing);
                if (endpoint.stream() != null
                        && !listings.isEmpty()
                        && listings.stream()
                                .allMatch(spec -> spec.getWatermark().isEmpty())) {
                    timeless.add(endpoint.stream());
                }
                if (endpoint.stream() != null && webhook.brought().contains(endpoint.stream())) {
                    listings.forEach(spec -> identities.put(endpoint.stream(), spec.itemIdentity()));
                }
            }
        }
        webhook.brought().stream()
                .filter(streams::contains)
                .filter(stream -> identities.getOrDefault(stream, "").isEmpty())
                .forEach(stream -> missing.add("bean " + name + " has events that bring objects of " + stream
                        + ", but the stream's listing does not say by which identity it knows them"));
        unchecked(camel, descriptor, name, streams, missing);
        missing.addAll(folder.missing());
        if (folder.schema() == null) {
            missing.add("routes/" + name + "/settings.schema.json is missing");
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", missing));
        }
        return new CapabilityClass(
                name,
                descriptor,
                SettingsSchema.parse(folder.schema(), folder.root()),
                registry,
                streams,
                timeless,
                identities,
                previous == null ? null : previous.lock());
    }

    /** Whether a listing's parameters make sense together is known once the class has said what all of them have. */
    private static List<PageSpec> listings(String name, Route route, Capability descriptor, List<String> missing) {
        var specs = new ArrayList<PageSpec>();
        for (var step : route.filter("*")) {
            if (step instanceof EndpointAware aware) {
                try {
                    if (aware.getEndpoint() instanceof LookupEndpoint lookup) {
                        lookup.paths(name, descriptor);
                    }
                    if (!(aware.getEndpoint() instanceof Probing probing)) {
                        continue;
                    }
                    probing.check(descriptor);
                    if (probing instanceof PagesEndpoint pages) {
                        specs.add(pages.listing(descriptor.getPages()).spec());
                    }
                } catch (IllegalArgumentException e) {
                    missing.add("route " + route.getId() + ": " + e.getMessage());
                }
            }
        }
        return specs;
    }

    /** A check that is derived from the stream's own listing is only known to be possible once all routes are there. */
    private static void unchecked(
            CamelContext camel, Capability descriptor, String name, List<String> streams, List<String> missing) {
        var checks = camel.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof CapabilityEndpoint endpoint
                        && endpoint.capability().equals(name)
                        && endpoint.action().equals("validate"))
                .flatMap(route -> route.filter("*").stream())
                .flatMap(step ->
                        step instanceof EndpointAware aware && aware.getEndpoint() instanceof CheckEndpoint check
                                ? Stream.of(check)
                                : Stream.empty())
                .toList();
        var named = checks.stream().flatMap(check -> check.streams().stream()).toList();
        named.stream()
                .filter(stream -> !streams.contains(stream))
                .forEach(stream ->
                        missing.add("vendor:check is for a stream '" + stream + "', " + name + " has " + streams));
        for (var check : checks) {
            StreamProbes.of(camel, name).stream()
                    .filter(one -> check.derived())
                    .filter(one -> check.streams().isEmpty()
                            ? !named.contains(one.stream().stream())
                            : check.streams().contains(one.stream().stream()))
                    .forEach(one -> one.unclear(descriptor)
                            .ifPresent(why -> missing.add("vendor:check cannot try the stream " + one.stream().stream()
                                    + ": " + why + "; say what to ask for by stream and path")));
        }
    }

    /** Camel gives a route's source as {@code file:line}. */
    private static String location(String source) {
        return source == null ? "" : source.replaceFirst(":\\d+$", "");
    }
}
