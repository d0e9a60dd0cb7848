package dev.outrider.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a simulated vendor is asked.
 *
 * @param query its parameters; of one that is sent several times the last
 * @param body its JSON; a missing node where there is none
 */
record Question(String method, URI uri, Map<String, List<String>> headers, Map<String, String> query, JsonNode body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Question of(String method, URI uri, Map<String, List<String>> headers, String body) {
        return new Question(method, uri, headers, query(uri), json(body));
    }

    /** The same with another query, as if that had been asked. */
    Question with(Map<String, String> other) {
        return new Question(method, uri, headers, other, body);
    }

    String path() {
        return uri.getPath();
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** A parameter of the query, or of the body where it is named by its pointer; null where it is not sent. */
    String parameter(String name) {
        if (name == null) {
            return null;
        }
        return name.startsWith("/") ? body.at(name).asText(null) : query.get(name);
    }

    int number(String name, int fallback) {
        var text = parameter(name);
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : fallback;
    }

    private static JsonNode json(String body) {
        try {
            return body.startsWith("{") ? JSON.readTree(body) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, String> query(URI uri) {
        var query = new LinkedHashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var field : uri.getRawQuery().split("&")) {
                var parts = field.split("=", 2);
                query.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
