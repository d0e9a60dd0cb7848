package dev.outrider.job;

import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What runs when nothing is declared: an inbox that is watched, with a sample scan of ours in it, and vendors that are simulated. */
@ApplicationScoped
public class Demo {
    private static final Logger LOG = Logger.getLogger(Demo.class);
    private static final String SAMPLE = "sample.nessus";

    private final Store store;
    private final IntegrationRegistry integrations;
    private final DemoVendors vendors;
    private final int port;

    @Inject
    public Demo(
            Store store,
            IntegrationRegistry integrations,
            DemoVendors vendors,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.store = store;
        this.integrations = integrations;
        this.vendors = vendors;
        this.port = port;
    }

    /** Puts the sample in the inbox once, starts the simulated vendors and says where to look. */
    void begin(Path records) {
        var simulated = vendors.start();
        integrations.demonstrate(simulated);
        var names = simulated.stream().map(Integration::capability).collect(Collectors.joining(", "));
        var inbox = store.folder().resolve("inbox");
        try (var sample = Demo.class.getResourceAsStream("/demo/" + SAMPLE)) {
            Files.createDirectories(inbox);
            var seenBefore = inbox.resolve("processed").resolve(SAMPLE);
            if (!Files.exists(seenBefore) && !Files.exists(inbox.resolve(SAMPLE))) {
                var part = inbox.resolve(SAMPLE + ".part");
                Files.copy(sample, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, inbox.resolve(SAMPLE), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's inbox cannot be made: " + e.getMessage(), e);
        }
        LOG.infof(
                """
                Outrider runs its demo, because there is no integrations.yaml.
                  It watches   %s   for scanner files: drop a .nessus or CSV file there (a sample is in already).
                  It polls     simulated vendors on this machine, no account needed: %s.
                  Records go to   %s   one JSON line each.
                  What happened:   curl http://localhost:%d/api/jobs
                  Next: README.md shows how to declare your own integrations.""",
                inbox.toAbsolutePath(), names, records.toAbsolutePath(), port);
    }
}
