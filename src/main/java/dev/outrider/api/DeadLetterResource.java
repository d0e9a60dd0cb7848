package dev.outrider.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.job.Replay;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.DeadLetters.Filter;
import dev.outrider.store.Store;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
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
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What could not become records, with its cause. */
@Path("/api/dead-letters")
@Tag(name = "dead letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {
    private final Store store;
    private final Replay replay;
    private final LetterView view;

    @Inject
    public DeadLetterResource(Store store, Replay replay, LetterView view) {
        this.store = store;
        this.replay = replay;
        this.view = view;
    }

    /**
     * A delivery as it came; a secret of the integration, and what else may be one, is {@code ***}.
     *
     * @param received when it came, or was replayed last
     * @param encoding of the body: {@code text}, or {@code base64} where it is no UTF-8
     */
    public record Original(Instant received, Map<String, String> headers, String encoding, String body) {}

    /**
     * @param item the item as received; absent where the fault is the whole file's
     * @param original of a letter from a delivery, shown with the letter alone; absent where it was purged
     */
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
            JsonNode item,
            Original original) {}

    public record All(long total, List<One> deadLetters) {}

    /**
     * @param replayed letters that are gone
     * @param failed letters that were tried and stay
     * @param skipped letters that were not tried, for another replay or their sender is just sending them, or they are gone meanwhile
     * @param records what the replayed ones became at once
     * @param left letters of the filter that were not tried, for there were more than the limit
     * @param failures why letters that were tried stay, by id; the first hundred
     */
    public record Replayed(
            long replayed, long failed, long skipped, long records, long left, Map<String, String> failures) {}

    /** Which letters are meant. */
    public static class Which {
        @QueryParam("integration")
        String integration;

        @QueryParam("stream")
        String stream;

        @QueryParam("code")
        String code;

        @Parameter(description = "RFC 3339: letters made then or later")
        @QueryParam("since")
        String since;

        private Filter filter() {
            try {
                return new Filter(integration, stream, code, since == null ? null : Instant.parse(since));
            } catch (DateTimeParseException e) {
                throw new ApiException(400, "since is no time: write 2026-11-22T10:00:00Z");
            }
        }
    }

    @GET
    @Operation(summary = "The newest dead letters, all or those of a filter")
    public All all(@BeanParam Which which, @QueryParam("limit") @DefaultValue("50") int limit) {
        var letters = store.deadLetters().list(which.filter(), limit(limit, 1000));
        return new All(store.deadLetters().count(which.filter()), view.shown(letters));
    }

    @POST
    @Path("/replay")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Tries all of a filter again, the oldest first",
            description = "Each as if it were replayed alone. At most limit of them, 1000 unless told, 10000 at most."
                    + " replayed are gone, failed were tried and stay (failures tells why, of the first hundred), skipped were not"
                    + " tried: another replay or their sender is just sending them, or they are gone meanwhile. left are those beyond"
                    + " the limit.")
    public Replayed replayAll(@BeanParam Which which, @QueryParam("limit") @DefaultValue("1000") int limit) {
        var filter = which.filter();
        long all = store.deadLetters().count(filter);
        var ids = store.deadLetters().ids(filter, limit(limit, 10_000));
        var failures = new LinkedHashMap<String, String>();
        long replayed = 0;
        long skipped = 0;
        long records = 0;
        for (var id : ids) {
            var letter = store.deadLetters().find(id);
            if (letter.isEmpty()) {
                skipped++;
                continue;
            }
            var outcome = replay.again(letter.get());
            if (outcome.replayed()) {
                replayed++;
                records += outcome.records();
            } else if (outcome.elsewhere()) {
                skipped++;
            } else if (failures.size() < 100) {
                failures.put(id, view.text(letter.get(), outcome.detail()));
            }
        }
        long failed = ids.size() - replayed - skipped;
        return new Replayed(replayed, failed, skipped, records, Math.max(0, all - ids.size()), failures);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One dead letter")
    public One one(@PathParam("id") String id) {
        var letter = find(id);
        return view.shown(letter, store.originals().of(letter.key(), letter.unit()));
    }

    @POST
    @Path("/{id}/replay")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Tries again",
            description = "An item goes through the current mapping at once; a file is collected again by the next job."
                    + " The letter goes when that succeeds. 409 where another replay or its sender is just sending it, 422 where it failed"
                    + " again.")
    public Replay.Outcome replay(@PathParam("id") String id) {
        var letter = find(id);
        var outcome = replay.again(letter);
        if (!outcome.replayed()) {
            throw new ApiException(outcome.elsewhere() ? 409 : 422, view.text(letter, outcome.detail()));
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

    private static int limit(int asked, int most) {
        if (asked < 1) {
            throw new ApiException(400, "limit is at least 1");
        }
        return Math.min(asked, most);
    }

    private DeadLetter find(String id) {
        return store.deadLetters().find(id).orElseThrow(() -> new ApiException(404, "there is no dead letter " + id));
    }
}
