package dev.outrider.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.job.Replay;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Store;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What could not become records, with its cause. */
@Path("/api/dead-letters")
@Tag(name = "dead letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {
    private final Store store;
    private final Replay replay;

    @Inject
    public DeadLetterResource(Store store, Replay replay) {
        this.store = store;
        this.replay = replay;
    }

    /** @param item the item as received; absent where the fault is the whole file's */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record One(
            String id,
            String tenant,
            String integration,
            String stream,
            String job,
            String unit,
            String name,
            int page,
            String code,
            String message,
            String mapping,
            Instant created,
            JsonNode item) {}

    public record All(long total, List<One> deadLetters) {}

    @GET
    @Operation(summary = "The newest dead letters, of one integration or of all")
    public All all(@QueryParam("integration") String integration, @QueryParam("limit") @DefaultValue("50") int limit) {
        var letters = store.deadLetters().list(integration, Math.max(1, Math.min(limit, 1000)));
        return new All(
                store.deadLetters().count(integration),
                letters.stream().map(DeadLetterResource::shown).toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One dead letter")
    public One one(@PathParam("id") String id) {
        return shown(find(id));
    }

    @POST
    @Path("/{id}/replay")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Tries again",
            description = "An item goes through the current mapping at once; a file is collected again by the next job."
                    + " The letter goes when that succeeds.")
    public Replay.Outcome replay(@PathParam("id") String id) {
        var outcome = replay.again(find(id));
        if (!outcome.replayed()) {
            throw new ApiException(422, outcome.detail());
        }
        return outcome;
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Gives a dead letter up for good")
    public Response purge(@PathParam("id") String id) {
        find(id);
        store.deadLetters().remove(id);
        return Response.noContent().build();
    }

    private DeadLetter find(String id) {
        return store.deadLetters().find(id).orElseThrow(() -> new ApiException(404, "there is no dead letter " + id));
    }

    private static One shown(DeadLetter letter) {
        return new One(
                letter.id(),
                letter.key().tenant(),
                letter.key().integration(),
                letter.key().stream(),
                letter.job(),
                letter.unit(),
                letter.unitName(),
                letter.page(),
                letter.code(),
                letter.message(),
                letter.mapping(),
                letter.created(),
                letter.item());
    }
}
