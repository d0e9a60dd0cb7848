package dev.outrider.capability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What a route file declares, read before Camel is given it: Camel would let one file silently replace the routes and beans of another.
 *
 * @param routes ids of its routes
 * @param templates ids of its templates and kamelets
 * @param beans names of its beans
 */
record RouteText(List<String> routes, List<String> templates, List<String> beans) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** @throws IllegalArgumentException naming file and line where the text is no list of YAML DSL elements */
    static RouteText parse(String file, String text) {
        var root = yaml(file, text);
        var found = new RouteText(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (root.path("kind").asText().equals("Kamelet")) {
            found.templates.add(root.path("metadata").path("name").asText());
            return found;
        }
        if (!root.isArray()) {
            throw new IllegalArgumentException(file + ":1: a route file is a YAML list of routes and beans");
        }
        for (var element : root) {
            if (element.has("route")) {
                found.routes.add(
                        id(file, element.path("route"), element.path("route").path("from")));
            } else if (element.has("from")) {
                found.routes.add(id(file, element, element.path("from")));
            }
            element.path("beans")
                    .forEach(bean -> found.beans.add(bean.path("name").asText()));
            if (element.has("routeTemplate")) {
                found.templates.add(element.path("routeTemplate").path("id").asText());
            }
        }
        return found;
    }

    /** @throws IllegalArgumentException naming file and line where the text is no YAML */
    static JsonNode yaml(String file, String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    file + ":" + (at == null ? 1 : at.getLineNr()) + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("not YAML"),
                    e);
        }
    }

    private static String id(String file, JsonNode route, JsonNode from) {
        var id = route.path("id").asText("");
        var uri = from.isTextual() ? from.asText() : from.path("uri").asText();
        return id.isBlank()
                ? RouteIds.of(uri)
                        .orElseThrow(() -> new IllegalArgumentException(file + ": the route from " + uri
                                + " has no id: write `route:` with an id of its own around `from:`, only what starts from "
                                + "capability: has one without"))
                : id;
    }
}
