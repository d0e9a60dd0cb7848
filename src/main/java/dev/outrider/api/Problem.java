package dev.outrider.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An error answer as RFC 9457 has it.
 *
 * @param detail what is wrong here and what to do
 * @param errors one sentence for each wrong field; absent where there is but the one error
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<String> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Response answer(int status, String detail) {
        return answer(status, detail, List.of());
    }

    public static Response answer(int status, String detail, List<String> errors) {
        return builder(status, detail, errors).build();
    }

    static Response.ResponseBuilder builder(int status, String detail, List<String> errors) {
        var known = Response.Status.fromStatusCode(status);
        var title = known == null ? "Error" : known.getReasonPhrase();
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail, errors));
    }
}
