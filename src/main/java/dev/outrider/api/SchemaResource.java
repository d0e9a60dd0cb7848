package dev.outrider.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.schema.Schemas;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What records look like: a JSON Schema for the {@code data} of each kind. */
@Path("/api/schemas")
@Tag(name = "schemas")
@Produces(MediaType.APPLICATION_JSON)
public class SchemaResource {
    public record All(Set<String> kinds) {}

    @GET
    @Operation(summary = "The kinds of records")
    public All all() {
        return new All(Schemas.kinds());
    }

    @GET
    @Path("/{kind}")
    @Operation(summary = "The JSON Schema of one kind's data")
    public JsonNode one(@PathParam("kind") String kind) {
        return Schemas.of(kind)
                .orElseThrow(
                        () -> new ApiException(404, "there is no kind '" + kind + "'; there are " + Schemas.kinds()));
    }
}
