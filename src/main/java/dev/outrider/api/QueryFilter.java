package dev.outrider.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a query parameter that the call does not have: a filter with a slip in its name would do something to everything. */
public class QueryFilter {
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public Optional<Response> filter(ContainerRequestContext context, ResourceInfo resource) {
        var uri = context.getUriInfo();
        if (!uri.getPath().startsWith("/api")) {
            return Optional.empty();
        }
        return unknown(resource.getResourceMethod(), uri.getQueryParameters().keySet())
                .map(problem -> Problem.answer(400, problem));
    }

    /** What is wrong, in words; empty where the method has all of the names. */
    Optional<String> unknown(Method method, Set<String> names) {
        var has = known.computeIfAbsent(method, QueryFilter::parameters);
        return names.stream()
                .filter(name -> !has.contains(name))
                .sorted()
                .findFirst()
                .map(name -> "there is no query parameter '" + name + "' here: "
                        + (has.isEmpty() ? "this call has none" : "use " + String.join(", ", has)));
    }

    private static Set<String> parameters(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            add(parameter.getAnnotation(QueryParam.class), names);
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (var field : parameter.getType().getDeclaredFields()) {
                    add(field.getAnnotation(QueryParam.class), names);
                }
            }
        }
        return names;
    }

    private static void add(QueryParam parameter, Set<String> names) {
        if (parameter != null) {
            names.add(parameter.value());
        }
    }
}
