package dev.outrider.api;

import dev.outrider.job.Lifecycle;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** The port answers before routes and integrations are loaded: until then the API says so, for it would deny what is there. */
public class ReadinessFilter {
    private final Lifecycle lifecycle;

    @Inject
    public ReadinessFilter(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @ServerRequestFilter
    public Optional<Response> filter(ContainerRequestContext context) {
        if (lifecycle.ready() || !context.getUriInfo().getPath().startsWith("/api")) {
            return Optional.empty();
        }
        return Optional.of(Problem.builder(503, "Outrider is starting or stopping: ask again in a moment", List.of())
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build());
    }
}
