package dev.outrider.capability;

import dev.outrider.capability.CapabilityRegistry.Problem;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jboss.logging.Logger;

/**
 * Brings one folder of routes at a time into Camel and takes it out again. Camel's own loader stops the start at the first bad file and
 * its reload leaves nothing running, so each folder is loaded on its own, what it owns is the difference before and after, and a folder
 * that fails gives way to its last good text.
 */
@ApplicationScoped
@Unremovable
public class RouteLoader {
    private static final Logger LOG = Logger.getLogger(RouteLoader.class);

    private record Owned(Set<String> routes, Set<Endpoint> endpoints, List<String> beans, List<String> templates) {}

    private final CamelContext camel;
    private final CapabilityRegistry registry;
    private final Map<String, Owned> owned = new HashMap<>();
    private final Map<String, RouteFolder> good = new HashMap<>();

    @Inject
    public RouteLoader(CamelContext camel, CapabilityRegistry registry) {
        this.camel = camel;
        this.registry = registry;
        var extension = camel.getCamelContextExtension();
        extension.addContextPlugin(NodeIdFactory.class, new RouteIds(extension.getContextPlugin(NodeIdFactory.class)));
    }

    /** Loads or reloads a folder. Never throws: what is wrong becomes the registry's problem of that folder. */
    synchronized void load(RouteFolder folder) {
        var before = good.get(folder.name());
        var previous = registry.find(folder.name());
        unload(folder.name());
        try {
            bring(folder, previous.orElse(null));
            good.put(folder.name(), folder);
            registry.solved(folder.name());
            LOG.infof("routes/%s loaded%s", folder.name(), before == null ? "" : " anew");
        } catch (Exception e) {
            unload(folder.name());
            var message = message(e);
            LOG.errorf("routes/%s did not load: %s", folder.name(), message);
            var stale = before != null && restore(before, previous.orElse(null));
            registry.problem(
                    folder.name(), new Problem(String.join(", ", folder.routes().keySet()), message, stale));
        }
    }

    /** Takes out a folder that is gone. */
    synchronized void remove(String name) {
        unload(name);
        good.remove(name);
        registry.withdraw(name);
        LOG.infof("routes/%s is gone, its routes are stopped", name);
    }

    private boolean restore(RouteFolder before, CapabilityClass previous) {
        try {
            bring(before, previous);
            LOG.warnf("routes/%s goes on with its last good text", before.name());
            return true;
        } catch (Exception e) {
            unload(before.name());
            good.remove(before.name());
            LOG.errorf("routes/%s: the last good text does not load either: %s", before.name(), message(e));
            return false;
        }
    }

    private void bring(RouteFolder folder, CapabilityClass previous) throws Exception {
        var texts = new ArrayList<RouteText>();
        for (var file : folder.routes().entrySet()) {
            texts.add(RouteText.parse(file.getKey(), file.getValue()));
        }
        refuseTaken(texts);
        var routesBefore = routeIds();
        var endpointsBefore = new HashSet<>(camel.getEndpoints());
        try {
            var resources = new ArrayList<Resource>();
            folder.routes().forEach((file, text) -> resources.add(ResourceHelper.fromString(file, text)));
            PluginHelper.getRoutesLoader(camel).loadRoutes(resources.toArray(Resource[]::new));
            UsualRoutes.add(camel, registry, folder.name());
        } finally {
            var routes = routeIds();
            routes.removeAll(routesBefore);
            var endpoints = new HashSet<>(camel.getEndpoints());
            endpoints.removeAll(endpointsBefore);
            owned.put(
                    folder.name(),
                    new Owned(
                            routes,
                            endpoints,
                            texts.stream().flatMap(t -> t.beans().stream()).toList(),
                            texts.stream().flatMap(t -> t.templates().stream()).toList()));
        }
        if (!folder.name().equals(RouteFolder.COMMON)) {
            registry.publish(ClassContract.check(camel, registry, folder, previous));
        }
    }

    private void unload(String name) {
        registry.withdraw(name);
        var mine = owned.remove(name);
        if (mine == null) {
            return;
        }
        for (var id : mine.routes()) {
            quietly("stop route " + id, () -> {
                camel.getRouteController().stopRoute(id);
                camel.removeRoute(id);
            });
        }
        // A kamelet's endpoint remembers the route it made: left behind it would lead nowhere after a reload.
        for (var endpoint : mine.endpoints()) {
            quietly("remove endpoint", () -> camel.removeEndpoint(endpoint));
        }
        for (var template : mine.templates()) {
            quietly("remove template " + template, () -> ((ModelCamelContext) camel).removeRouteTemplates(template));
        }
        mine.beans().forEach(bean -> camel.getRegistry().unbind(bean));
    }

    private void refuseTaken(List<RouteText> texts) {
        var taken = routeIds();
        var seen = new HashSet<String>();
        for (var text : texts) {
            for (var id : text.routes()) {
                if (taken.contains(id) || !seen.add(id)) {
                    throw new IllegalArgumentException(
                            "route id " + id + " is used twice: ids are unique over all folders");
                }
            }
            for (var bean : text.beans()) {
                if (camel.getRegistry().lookupByName(bean) != null) {
                    throw new IllegalArgumentException("bean name " + bean + " is used elsewhere");
                }
            }
        }
    }

    private Set<String> routeIds() {
        return camel.getRoutes().stream().map(Route::getId).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void quietly(String what, Removal removal) {
        try {
            removal.run();
        } catch (Exception e) {
            LOG.warnf("could not %s: %s", what, e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Removal {
        void run() throws Exception;
    }

    /** The causes' messages, outermost first, each once: Camel puts what matters at the bottom. */
    private static String message(Throwable error) {
        var parts = new ArrayList<String>();
        for (var at = error; at != null && parts.size() < 4; at = at.getCause()) {
            var text = at.getMessage();
            if (text != null && parts.stream().noneMatch(part -> part.contains(text))) {
                parts.add(text.strip());
            }
        }
        return parts.isEmpty() ? error.toString() : String.join(": ", parts);
    }
}
