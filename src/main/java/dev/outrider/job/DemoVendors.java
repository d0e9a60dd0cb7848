package dev.outrider.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.simulator.Simulator;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The vendors that the demo shows: every class whose folder has a simulator, against that simulator, on loopback and without an account. */
@ApplicationScoped
public class DemoVendors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEDULE = "30s";

    private final Path routes;
    private final List<Simulator> running = new ArrayList<>();

    @Inject
    public DemoVendors(@ConfigProperty(name = "outrider.routes", defaultValue = "routes") Path routes) {
        this.routes = routes;
    }

    /** Starts the simulators; an integration for each. */
    List<Integration> start() {
        var integrations = new ArrayList<Integration>();
        try (var folders = Files.list(routes)) {
            for (var folder : folders.sorted().toList()) {
                var plan = folder.resolve("test").resolve("simulator.yaml");
                if (Files.exists(plan)) {
                    integrations.add(start(folder.getFileName().toString(), plan));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo cannot look for simulators in " + routes + ": " + e, e);
        }
        return integrations;
    }

    private Integration start(String name, Path plan) {
        var simulator = Simulator.start(plan);
        running.add(simulator);
        ObjectNode settings = JSON.valueToTree(simulator.settings());
        settings.put("url", simulator.url());
        return new Integration(
                "demo-" + name, name, "demo", SCHEDULE, settings, simulator.secrets(), IntegrationRegistry.DEMO);
    }

    void stop(@Observes ShutdownEvent event) {
        running.forEach(Simulator::close);
    }
}
