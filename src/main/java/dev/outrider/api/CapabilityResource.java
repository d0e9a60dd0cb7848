package dev.outrider.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.capability.CapabilityRegistry;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be run, and what did not load. */
@Path("/api/capabilities")
@Tag(name = "capabilities")
@Produces(MediaType.APPLICATION_JSON)
public class CapabilityResource {
    private final CapabilityRegistry registry;

    @Inject
    public CapabilityResource(CapabilityRegistry registry) {
        this.registry = registry;
    }

    /** @param settings the class's settings schema (JSON Schema; {@code format: password} marks secrets) */
    public record One(
            @JsonProperty("class") String name,
            String title,
            String description,
            String surface,
            List<String> streams,
            ObjectNode settings) {}

    /** @param stale true when the last good version of the folder still serves */
    public record Failed(String folder, String file, String message, boolean stale) {}

    public record All(List<One> capabilities, List<Failed> problems) {}

    @GET
    @Operation(summary = "The classes that can be run, and the route folders that did not load")
    public All all() {
        var classes = registry.classes().values().stream()
                .map(c -> new One(
                        c.name(),
                        c.descriptor().getTitle(),
                        c.descriptor().getDescription(),
                        c.descriptor().getSurface(),
                        c.streams(),
                        c.settingsSchema()))
                .toList();
        var problems = registry.problems().entrySet().stream()
                .map(p -> new Failed(
                        p.getKey(),
                        p.getValue().file(),
                        p.getValue().message(),
                        p.getValue().stale()))
                .toList();
        return new All(classes, problems);
    }
}
