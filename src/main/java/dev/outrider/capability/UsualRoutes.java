package dev.outrider.capability;

import dev.outrider.vendor.component.StreamProbes;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/**
 * The routes of a class that hardly ever differ. A class that takes deliveries has them processed, and one whose streams are listings or
 * exports is validated by trying each; a folder that needs something else writes the route itself.
 */
final class UsualRoutes {
    private UsualRoutes() {}

    /** Adds what the class, whose folder is in Camel already, leaves out. */
    static void add(CamelContext camel, CapabilityRegistry registry, String name) throws Exception {
        var descriptor = camel.getRegistry().lookupByNameAndType(name, Capability.class);
        var written = registry.consumers(name);
        if (descriptor != null && descriptor.getWebhook().declared() && !written.containsKey("webhook")) {
            route(camel, "capability:" + name + "/webhook", "direct:webhooks");
        }
        boolean probed = StreamProbes.of(camel, name).stream()
                .anyMatch(stream -> !stream.steps().isEmpty());
        if (probed && !written.containsKey("validate")) {
            route(camel, "capability:" + name + "/validate", "vendor:check");
        }
    }

    private static void route(CamelContext camel, String from, String to) throws Exception {
        camel.addRoutes(new RouteBuilder(camel) {
            @Override
            public void configure() {
                from(from).to(to);
            }
        });
    }
}
