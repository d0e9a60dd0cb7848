package dev.outrider.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationEntry;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.job.JobExecution;
import dev.outrider.record.Checks;
import dev.outrider.record.RunException;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is configured. Secrets go in and never come out. */
@Path("/api/integrations")
@Tag(name = "integrations")
@Produces(MediaType.APPLICATION_JSON)
public class IntegrationResource {
    private final IntegrationRegistry integrations;
    private final CapabilityRegistry classes;
    private final JobExecution execution;
    private final ObjectMapper json;

    @Inject
    public IntegrationResource(
            IntegrationRegistry integrations, CapabilityRegistry classes, JobExecution execution, ObjectMapper json) {
        this.integrations = integrations;
        this.classes = classes;
        this.execution = execution;
        this.json = json;
    }

    /**
     * @param secrets the names of the secrets that are set
     * @param origin the file and line that declare it, or {@code api}
     * @param problems what keeps it from running
     */
    public record One(
            String name,
            @JsonProperty("class") String capability,
            String tenant,
            String schedule,
            ObjectNode settings,
            Set<String> secrets,
            String origin,
            List<String> problems) {}

    /** @param at file and line of an entry that cannot be used */
    public record Unusable(String at, String name, String message) {}

    public record All(List<One> integrations, List<Unusable> problems) {}

    public record Validation(boolean valid, List<Checks.Check> checks) {}

    public record Affiliation(boolean affiliated) {}

    @GET
    @Operation(summary = "All integrations, and the entries of integrations.yaml that cannot be used")
    public All all() {
        return new All(
                integrations.all().stream().map(this::shown).toList(),
                integrations.problems().stream()
                        .map(problem -> new Unusable(problem.at(), problem.name(), problem.message()))
                        .toList());
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One integration")
    public One one(@PathParam("name") String name) {
        return shown(find(name));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Makes or replaces an integration",
            description =
                    "Body: class, tenant, schedule, settings, secrets. Without `secrets` those that are set stay.")
    public Response put(@PathParam("name") String name, String body) throws JsonProcessingException {
        if (integrations.declared(name)) {
            throw new ApiException(
                    409, "'" + name + "' is declared in " + find(name).origin() + ": change it there");
        }
        if (!(json.readTree(body) instanceof ObjectNode entry)) {
            throw new ApiException(
                    400, "the body must be a JSON object with class, tenant, schedule, settings, secrets");
        }
        if (entry.hasNonNull("name") && !entry.get("name").asText().equals(name)) {
            throw new ApiException(400, "the body names '" + entry.get("name").asText() + "', the path '" + name + "'");
        }
        entry.put("name", name);
        var before = integrations.find(name);
        if (!entry.has("secrets")) {
            before.ifPresent(
                    old -> entry.set("secrets", IntegrationEntry.write(old).get("secrets")));
        }
        var wrong = new ArrayList<String>();
        var read = IntegrationEntry.read(entry, IntegrationRegistry.API, wrong);
        if (read != null) {
            wrong.addAll(problems(read));
        }
        if (!wrong.isEmpty()) {
            throw new ApiException(400, "the integration cannot be used: " + String.join("; ", wrong), wrong);
        }
        integrations.put(read);
        return before.isPresent()
                ? Response.ok(shown(read)).build()
                : Response.created(URI.create("/api/integrations/" + name))
                        .entity(shown(read))
                        .build();
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Removes an integration; what it collected and how far it came stay")
    public Response delete(@PathParam("name") String name) {
        if (integrations.declared(name)) {
            throw new ApiException(
                    409, "'" + name + "' is declared in " + find(name).origin() + ": remove it there");
        }
        if (!integrations.remove(name)) {
            throw ApiException.noIntegration(name);
        }
        return Response.noContent().build();
    }

    @POST
    @Path("/{name}/validate")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Tries the credentials and each stream's permission")
    public Validation validate(@PathParam("name") String name) {
        var integration = find(name);
        try {
            var checks = execution.validate(integration);
            return new Validation(checks.valid(), checks.all());
        } catch (RunException e) {
            if (e.error().retryable()) {
                throw new ApiException(502, e.error().message());
            }
            return new Validation(
                    false,
                    List.of(new Checks.Check("credentials", false, e.error().message(), Checks.Cause.CREDENTIALS)));
        } catch (Exception e) {
            throw new ApiException(502, "validation did not come to an answer: " + e.getMessage());
        }
    }

    @POST
    @Path("/{name}/affiliation")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Whether an external id still belongs to the account",
            description = "Body: {\"externalId\":\"…\"}. 502 when the vendor cannot say.")
    public Affiliation affiliation(@PathParam("name") String name, String body) throws JsonProcessingException {
        var integration = find(name);
        var id = json.readTree(body == null || body.isBlank() ? "{}" : body).path("externalId");
        if (!id.isTextual() || id.asText().isBlank()) {
            throw new ApiException(400, "the body must be {\"externalId\":\"…\"}");
        }
        var wrong = problems(integration);
        if (!wrong.isEmpty()) {
            throw new ApiException(409, "the integration cannot run: " + String.join("; ", wrong), wrong);
        }
        try {
            return new Affiliation(execution.affiliated(integration, id.asText()));
        } catch (RunException e) {
            throw new ApiException(502, e.error().message());
        } catch (Exception e) {
            throw new ApiException(502, "the vendor could not say: " + e.getMessage());
        }
    }

    private Integration find(String name) {
        return integrations.find(name).orElseThrow(() -> ApiException.noIntegration(name));
    }

    private One shown(Integration integration) {
        return new One(
                integration.name(),
                integration.capability(),
                integration.tenant(),
                integration.schedule(),
                integration.settings(),
                new TreeSet<>(integration.secrets().keySet()),
                integration.origin(),
                problems(integration));
    }

    private List<String> problems(Integration integration) {
        return classes.find(integration.capability())
                .map(capability -> capability.check(integration))
                .orElseGet(() -> List.of("class '" + integration.capability() + "' is not loaded; loaded are "
                        + classes.classes().keySet()));
    }
}
