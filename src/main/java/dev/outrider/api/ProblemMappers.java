package dev.outrider.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.outrider.job.BusyException;
import dev.outrider.store.StoreException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of the API leaves as a problem; what is ours and unexpected is logged here and named by nothing but its kind. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response known(ApiException e) {
        return Problem.answer(e.status(), e.getMessage(), e.errors());
    }

    @ServerExceptionMapper
    public Response busy(BusyException e) {
        var answer = Problem.builder(409, e.getMessage(), List.of()).header("Retry-After", 5);
        return (e.waiting() == null ? answer : answer.header("Location", "/api/jobs/" + e.waiting())).build();
    }

    @ServerExceptionMapper
    public Response notJson(JsonProcessingException e) {
        var at = e.getLocation();
        return Problem.answer(
                400,
                "the body is not JSON"
                        + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status == 404 && e.getCause() != null) {
            // So the framework reports a parameter that cannot be read.
            return Problem.answer(400, "a parameter of the address has no value of its type: " + reason(e));
        }
        return Problem.answer(
                status,
                switch (status) {
                    case 404 -> "there is nothing here; GET /q/openapi lists what there is";
                    case 405 -> "this method is not served here; GET /q/openapi lists what is";
                    default -> e.getMessage();
                });
    }

    private static String reason(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? "GET /q/openapi lists the types" : cause.getMessage();
    }

    @ServerExceptionMapper
    public Response store(StoreException e) {
        LOG.error(e.getMessage(), e);
        return Problem.answer(503, "the state store did not answer; see the log");
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e) {
        LOG.error("unexpected", e);
        return Problem.answer(500, "unexpected " + e.getClass().getSimpleName() + "; see the log");
    }
}
