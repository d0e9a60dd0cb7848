package dev.outrider.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.job.Job;
import dev.outrider.job.JobRunner;
import dev.outrider.store.Store;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs: see what came of one, cancel it. */
@Path("/api/jobs")
@Tag(name = "jobs")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private final JobRunner runner;
    private final Store store;
    private final ObjectMapper json;

    @Inject
    public JobResource(JobRunner runner, Store store, ObjectMapper json) {
        this.runner = runner;
        this.store = store;
        this.json = json;
    }

    public record All(List<JsonNode> jobs) {}

    @GET
    @Operation(summary = "The newest jobs, of one integration or of all")
    public All all(@QueryParam("integration") String integration, @QueryParam("limit") @DefaultValue("50") int limit)
            throws JsonProcessingException {
        var jobs = new ArrayList<JsonNode>();
        for (var text : store.jobs().reports(integration, Math.max(1, Math.min(limit, 1000)))) {
            var stored = json.readTree(text);
            var active = runner.active(stored.path("job").asText());
            jobs.add(active.isPresent() ? json.valueToTree(active.get().report()) : stored);
        }
        return new All(jobs);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One job's report, so far or final")
    public JsonNode one(@PathParam("id") String id) throws JsonProcessingException {
        var active = runner.active(id);
        if (active.isPresent()) {
            return json.valueToTree(active.get().report());
        }
        return json.readTree(store.jobs().report(id).orElseThrow(() -> noJob(id)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Cancels a job at its next page boundary; what is stored stays")
    public Response cancel(@PathParam("id") String id) throws JsonProcessingException {
        var job = runner.active(id);
        if (job.isPresent() && runner.cancel(id)) {
            return accepted(job.get());
        }
        var report = json.readTree(store.jobs().report(id).orElseThrow(() -> noJob(id)));
        if (store.jobs().askToCancel(id)) {
            return accepted(id, report);
        }
        throw new ApiException(409, "job " + id + " has ended already");
    }

    static Response accepted(Job job) {
        return accepted(job.id(), job.report());
    }

    private static Response accepted(String id, Object report) {
        return Response.accepted(report)
                // As text: the answer is made after the request's own thread went on, where no relative link is
                // resolved.
                .header("Location", "/api/jobs/" + id)
                .build();
    }

    private static ApiException noJob(String id) {
        return new ApiException(404, "there is no job " + id);
    }
}
