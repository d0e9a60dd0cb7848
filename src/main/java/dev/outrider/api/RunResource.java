package dev.outrider.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.job.JobRequest;
import dev.outrider.job.JobRunner;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks for a job now. */
@Path("/api/integrations/{name}/jobs")
@Tag(name = "jobs")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private final IntegrationRegistry integrations;
    private final CapabilityRegistry classes;
    private final JobRunner runner;
    private final ObjectMapper json;

    @Inject
    public RunResource(
            IntegrationRegistry integrations, CapabilityRegistry classes, JobRunner runner, ObjectMapper json) {
        this.integrations = integrations;
        this.classes = classes;
        this.runner = runner;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Runs a job now",
            description = "Optional body {\"streams\":[…],\"full\":true}. 200 with the report when done within `wait`"
                    + " (ISO 8601 duration), else 202 with Location.")
    public CompletionStage<Response> run(
            @PathParam("name") String name, @QueryParam("wait") @DefaultValue("PT0S") String wait, String body)
            throws JsonProcessingException {
        var integration = integrations.find(name).orElseThrow(() -> ApiException.noIntegration(name));
        var patience = duration(wait);
        var request = request(body);
        classes.find(integration.capability()).ifPresent(capability -> {
            for (var stream : request.streams()) {
                if (!capability.streams().contains(stream)) {
                    throw new ApiException(
                            400,
                            "class " + capability.name() + " has no stream '" + stream + "', it has "
                                    + capability.streams());
                }
            }
        });
        var job = runner.submit(integration, request);
        return job.done()
                .copy()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(report -> report == null
                        ? JobResource.accepted(job)
                        : Response.ok(report).build());
    }

    private static Duration duration(String text) {
        try {
            var parsed = Duration.parse(text);
            if (parsed.isNegative() || parsed.compareTo(LONGEST_WAIT) > 0) {
                throw new ApiException(400, "wait must be between PT0S and " + LONGEST_WAIT);
            }
            return parsed;
        } catch (DateTimeParseException e) {
            throw new ApiException(400, "wait '" + text + "' is no ISO 8601 duration such as PT60S");
        }
    }

    private JobRequest request(String body) throws JsonProcessingException {
        if (body == null || body.isBlank()) {
            return JobRequest.ALL;
        }
        var tree = json.readTree(body);
        var wrong = new ArrayList<String>();
        if (!tree.isObject()) {
            throw new ApiException(400, "the body must be {\"streams\":[…],\"full\":true}");
        }
        tree.fieldNames().forEachRemaining(field -> {
            if (!List.of("streams", "full").contains(field)) {
                wrong.add("unknown field '" + field + "': fields are streams and full");
            }
        });
        var streams = new ArrayList<String>();
        if (tree.has("streams") && !tree.get("streams").isArray()) {
            wrong.add("streams must be a list of names");
        }
        tree.path("streams").forEach(stream -> streams.add(stream.asText()));
        if (tree.has("full") && !tree.get("full").isBoolean()) {
            wrong.add("full must be true or false");
        }
        if (!wrong.isEmpty()) {
            throw new ApiException(400, String.join("; ", wrong), wrong);
        }
        return new JobRequest(streams, tree.path("full").asBoolean(), null);
    }
}
