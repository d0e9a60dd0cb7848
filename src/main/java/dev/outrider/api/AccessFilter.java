package dev.outrider.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Who may use the API: whoever has the token, and without a token only clients on this machine, as long as no web page sent them (a page
 * the operator visits could else post to localhost).
 */
public class AccessFilter {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Optional<String> token;

    @Inject
    public AccessFilter(@ConfigProperty(name = "outrider.api.token") Optional<String> token) {
        this.token = token.filter(text -> !text.isBlank());
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> filter(ContainerRequestContext context, HttpServerRequest request) {
        if (!context.getUriInfo().getPath().startsWith("/api")) {
            return Optional.empty();
        }
        if (token.isPresent()) {
            return bearer(context).filter(this::matches).isPresent()
                    ? Optional.empty()
                    : Optional.of(Problem.builder(401, "send the API token: Authorization: Bearer …", List.of())
                            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                            .build());
        }
        if (!loopback(request)) {
            return Optional.of(Problem.answer(
                    403, "without OUTRIDER_API_TOKEN the API answers clients on its own machine only: set a token"));
        }
        if (!local(request.authority()) || !localOrigin(request.getHeader("Origin"))) {
            return Optional.of(Problem.answer(
                    403, "without OUTRIDER_API_TOKEN the API is asked as localhost and by no web page: set a token"));
        }
        return Optional.empty();
    }

    private static Optional<String> bearer(ContainerRequestContext context) {
        var header = context.getHeaderString(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(header.substring(7).strip())
                : Optional.empty();
    }

    private boolean matches(String given) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean loopback(HttpServerRequest request) {
        try {
            // A literal address: nothing is looked up.
            return InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the client's address is none: " + request.remoteAddress(), e);
        }
    }

    /** HTTP/2 has no Host header: Vert.x gives what either version says. */
    private static boolean local(HostAndPort asked) {
        return asked != null && LOCAL_NAMES.contains(asked.host().toLowerCase(Locale.ROOT));
    }

    private static boolean localOrigin(String origin) {
        if (origin == null) {
            return true;
        }
        try {
            var host = URI.create(origin).getHost();
            return host != null && LOCAL_NAMES.contains(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
