package dev.outrider.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.job.JobExecution;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Does what a class can do at its vendor besides collecting, such as Stripe's checkout sessions. */
@Path("/api/integrations/{name}/actions/{action}")
@Tag(name = "integrations")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class ActionResource {
    /** Refusals that are about what was asked for; others are about the integration, or the vendor's own. */
    private static final Set<Integer> ASKED_WRONGLY = Set.of(400, 402, 404, 409, 422);

    private final IntegrationRegistry integrations;
    private final JobExecution execution;
    private final ObjectMapper json;

    @Inject
    public ActionResource(IntegrationRegistry integrations, JobExecution execution, ObjectMapper json) {
        this.integrations = integrations;
        this.execution = execution;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Does an action of the integration's class",
            description =
                    "The body is the action's own, see the class's README. 400 says what the body lacks, 422 what the"
                            + " vendor refused; 409 means that the integration cannot be used, 502 that the vendor did not do it.")
    public JsonNode act(@PathParam("name") String name, @PathParam("action") String action, String body)
            throws JsonProcessingException {
        var integration = integrations.find(name).orElseThrow(() -> ApiException.noIntegration(name));
        var request = json.readTree(body == null || body.isBlank() ? "{}" : body);
        if (!request.isObject()) {
            throw new ApiException(400, "the body must be a JSON object");
        }
        try {
            return execution.act(integration, action, request);
        } catch (RunException e) {
            throw new ApiException(status(e.error()), e.error().message());
        } catch (Exception e) {
            throw new ApiException(502, "the vendor did not do it: " + e.getMessage());
        }
    }

    private static int status(RunError error) {
        return switch (error.code()) {
            case "action.unknown" -> 404;
            case "action.invalid" -> 400;
            case "settings.invalid", "capability.unknown" -> 409;
            default -> ASKED_WRONGLY.contains(error.httpStatus()) && !error.retryable() ? 422 : 502;
        };
    }
}
