package dev.outrider.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.job.JobRunner;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far each stream of an integration is: to see, to set, to begin anew. */
@Path("/api/integrations/{name}/cursors")
@Tag(name = "integrations")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class CursorResource {
    private static final List<String> TIMES = List.of("watermark", "fullAt", "completeAt");
    private static final int VERSION = 1;

    private final IntegrationRegistry integrations;
    private final CapabilityRegistry classes;
    private final JobRunner jobs;
    private final Store store;
    private final ObjectMapper json;

    @Inject
    public CursorResource(
            IntegrationRegistry integrations,
            CapabilityRegistry classes,
            JobRunner jobs,
            Store store,
            ObjectMapper json) {
        this.integrations = integrations;
        this.classes = classes;
        this.jobs = jobs;
        this.store = store;
        this.json = json;
    }

    /** @param cursors by stream; null where a stream has none yet */
    public record Cursors(Map<String, JsonNode> cursors) {}

    @GET
    @Operation(summary = "How far each stream is")
    public Cursors all(@PathParam("name") String name) {
        var integration = find(name);
        var all = new LinkedHashMap<String, JsonNode>();
        streams(integration)
                .forEach(stream -> all.put(
                        stream, store.state().cursor(key(integration, stream)).orElse(null)));
        return new Cursors(all);
    }

    @PUT
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Sets the cursors of several streams",
            description =
                    "Body: {\"cursors\":{\"<stream>\":{…}}}, as they are shown; null begins a stream anew. All or none are set.")
    public Cursors put(@PathParam("name") String name, String body) throws JsonProcessingException {
        var integration = idle(name);
        var given = object(body).path("cursors");
        if (!given.isObject()) {
            throw new ApiException(400, "the body must be {\"cursors\":{\"<stream>\":{…}}}");
        }
        var checked = new LinkedHashMap<String, ObjectNode>();
        given.fields().forEachRemaining(field -> {
            known(integration, field.getKey());
            checked.put(
                    field.getKey(),
                    field.getValue().isNull() ? null : checked(integration, field.getKey(), field.getValue()));
        });
        checked.forEach((stream, cursor) -> set(integration, stream, cursor));
        return all(name);
    }

    @PUT
    @Path("/{stream}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Sets the cursor of a stream",
            description =
                    "Body: the cursor as it is shown, or only {\"watermark\":\"2026-11-01T00:00:00Z\"} to collect what changed since.")
    public Cursors put(@PathParam("name") String name, @PathParam("stream") String stream, String body)
            throws JsonProcessingException {
        var integration = idle(name);
        known(integration, stream);
        set(integration, stream, checked(integration, stream, object(body)));
        return all(name);
    }

    @DELETE
    @Operation(summary = "Begins every stream anew: cursors and what was seen are forgotten")
    public Response reset(@PathParam("name") String name) {
        var integration = idle(name);
        streams(integration).forEach(stream -> store.state().reset(key(integration, stream)));
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{stream}")
    @Operation(summary = "Begins a stream anew: its cursor and what it has seen are forgotten")
    public Response reset(@PathParam("name") String name, @PathParam("stream") String stream) {
        var integration = idle(name);
        known(integration, stream);
        store.state().reset(key(integration, stream));
        return Response.noContent().build();
    }

    /** What an earlier place had seen or begun to emit is not true for another place. */
    private void set(Integration integration, String stream, ObjectNode cursor) {
        store.state().reset(key(integration, stream));
        if (cursor != null) {
            store.state().cursor(key(integration, stream), cursor);
        }
    }

    private ObjectNode object(String body) throws JsonProcessingException {
        if (json.readTree(body == null || body.isBlank() ? "null" : body) instanceof ObjectNode object) {
            return object;
        }
        throw new ApiException(400, "the body must be a JSON object, a cursor as GET shows it");
    }

    private ObjectNode checked(Integration integration, String stream, JsonNode given) {
        if (!(given instanceof ObjectNode cursor)) {
            throw new ApiException(400, stream + ": a cursor is a JSON object, as GET shows it");
        }
        if (cursor.hasNonNull("watermark")
                && classes.find(integration.capability())
                        .filter(capability -> capability.timeless(stream))
                        .isPresent()) {
            throw new ApiException(
                    400,
                    stream
                            + ".watermark: this stream has no watermark: it is collected whole each time, from no time on");
        }
        if (!cursor.has("version")) {
            cursor.put("version", VERSION);
        }
        if (cursor.path("version").asInt() != VERSION) {
            throw new ApiException(
                    400, stream + ": version is " + cursor.path("version") + ", this Outrider reads " + VERSION);
        }
        for (var name : TIMES) {
            if (cursor.hasNonNull(name)) {
                time(stream + "." + name, cursor.get(name).asText());
            }
        }
        if (cursor.hasNonNull("watermark") && !cursor.has("fullAt")) {
            // Whoever says from where to go on does not want everything first; that is due again by the stream's
            // interval.
            cursor.put("fullAt", Instant.now().toString());
        }
        return cursor;
    }

    private static void time(String field, String text) {
        Instant at;
        try {
            at = Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ApiException(400, field + " is no time such as 2026-11-01T00:00:00Z: " + text);
        }
        if (at.isAfter(Instant.now())) {
            throw new ApiException(
                    400, field + " lies in the future, and what changes before it would be passed over: " + text);
        }
    }

    private Integration find(String name) {
        return integrations.find(name).orElseThrow(() -> ApiException.noIntegration(name));
    }

    /** Under a job that runs a cursor would be moved back to where the job is. */
    private Integration idle(String name) {
        var integration = find(name);
        if (jobs.busy(name)) {
            throw new ApiException(409, "a job of " + name + " runs: cancel it or wait for its end first");
        }
        return integration;
    }

    private List<String> streams(Integration integration) {
        return classes.find(integration.capability())
                .map(capability -> capability.streams())
                .orElseThrow(() -> new ApiException(
                        409, "class '" + integration.capability() + "' is not loaded: see GET /api/capabilities"));
    }

    private void known(Integration integration, String stream) {
        if (!streams(integration).contains(stream)) {
            throw new ApiException(
                    404, integration.name() + " has no stream '" + stream + "', it has " + streams(integration));
        }
    }

    private static StreamKey key(Integration integration, String stream) {
        return new StreamKey(integration.tenant(), integration.name(), stream);
    }
}
