package dev.outrider.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The requests of the golden tests, which are what our streams send to the letter, held against what the vendor itself publishes of its
 * API: paths, parameters, their types and values. Needs {@code npm ci} in {@code src/test/contracts}.
 */
class ContractTest {
    private static final Path ROUTES = Path.of("routes");
    private static final Path MODULES = Path.of("src", "test", "contracts", "node_modules");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Map<String, String> DESCRIPTIONS =
            Map.of("github", "@octokit/openapi/generated/ghec.json", "okta", "@okta/openapi/dist/spec.json");

    /** What a description leaves out: GitHub's address of a repository by its id, and devices, which are younger than Okta's. */
    private static final Map<String, Set<String>> LEFT_OUT =
            Map.of("github", Set.of("/repositories/77"), "okta", Set.of("/api/v1/devices"));

    @ParameterizedTest
    @ValueSource(strings = {"github", "okta"})
    void asksOnlyWhatTheVendorDescribes(String name) throws IOException {
        var file = MODULES.resolve(DESCRIPTIONS.get(name));
        var advice = "the vendors' descriptions are not installed: run `npm ci --prefix src/test/contracts`";
        if (Boolean.parseBoolean(System.getenv("OUTRIDER_REQUIRE_CLIENTS"))) {
            assertThat(file).as(advice).exists();
        }
        assumeTrue(Files.exists(file), advice);
        var api = new Description(JSON.readTree(file.toFile()));
        var wrong = new ArrayList<String>();
        var unknown = new TreeSet<String>();
        int checked = 0;

        for (var request : requests(name)) {
            var path = request.path("path").asText();
            var operation = api.operation(request.path("method").asText("GET"), path);
            if (operation == null) {
                unknown.add(path);
                continue;
            }
            checked++;
            api.faults(operation, request.path("query")).forEach(fault -> wrong.add(path + ": " + fault));
        }

        assertThat(wrong).isEmpty();
        assertThat(unknown).isEqualTo(LEFT_OUT.get(name));
        assertThat(checked).isGreaterThan(8);
    }

    private static List<JsonNode> requests(String name) throws IOException {
        var requests = new ArrayList<JsonNode>();
        try (var files = Files.list(ROUTES.resolve(name).resolve("test").resolve("golden"))) {
            for (var file : files.sorted().toList()) {
                YAML.readTree(file.toFile())
                        .path("exchanges")
                        .forEach(exchange -> requests.add(exchange.path("request")));
            }
        }
        return requests;
    }

    /** An OpenAPI 3 or Swagger 2 document, as far as a request without a body needs it. */
    private record Description(JsonNode root) {
        /** What answers the path, the one with the fewest placeholders; null where nothing does. */
        JsonNode operation(String method, String path) {
            JsonNode best = null;
            long least = Long.MAX_VALUE;
            for (var paths = root.path("paths").fields(); paths.hasNext(); ) {
                var entry = paths.next();
                var operation = entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
                var holes = entry.getKey().chars().filter(c -> c == '{').count();
                if (operation.isObject() && holes < least && path.matches(pattern(entry.getKey()))) {
                    best = operation;
                    least = holes;
                }
            }
            return best;
        }

        private static String pattern(String template) {
            return "\\Q" + template.replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q") + "\\E";
        }

        List<String> faults(JsonNode operation, JsonNode query) {
            var faults = new ArrayList<String>();
            var known = new java.util.TreeMap<String, JsonNode>();
            for (var each : operation.path("parameters")) {
                var parameter = resolved(each);
                if (parameter.path("in").asText().equals("query")) {
                    known.put(parameter.path("name").asText(), parameter);
                    if (parameter.path("required").asBoolean()
                            && !query.has(parameter.path("name").asText())) {
                        faults.add("lacks " + parameter.path("name").asText());
                    }
                }
            }
            query.fields().forEachRemaining(sent -> {
                var parameter = known.get(sent.getKey());
                if (parameter == null) {
                    faults.add("no parameter " + sent.getKey() + ", there are " + known.keySet());
                    return;
                }
                var schema = parameter.has("schema") ? parameter.get("schema") : parameter;
                for (var value : sent.getValue().isArray() ? sent.getValue() : List.of(sent.getValue())) {
                    if (!fits(schema, value.asText())) {
                        faults.add(sent.getKey() + "=" + value + " is none of " + schema);
                    }
                }
            });
            return faults;
        }

        private boolean fits(JsonNode given, String value) {
            var schema = resolved(given);
            for (var choice : List.of("oneOf", "anyOf")) {
                if (schema.has(choice)) {
                    for (var one : schema.get(choice)) {
                        if (fits(one, value)) {
                            return true;
                        }
                    }
                    return false;
                }
            }
            boolean typed =
                    switch (schema.path("type").asText()) {
                        case "integer" ->
                            value.matches("-?\\d+")
                                    && Long.parseLong(value)
                                            <= schema.path("maximum").asLong(Long.MAX_VALUE);
                        case "boolean" -> value.equals("true") || value.equals("false");
                        default -> true;
                    };
            return typed && (!schema.has("enum") || named(schema.get("enum"), value));
        }

        private static boolean named(JsonNode names, String value) {
            for (var name : names) {
                if (name.asText().equals(value)) {
                    return true;
                }
            }
            return false;
        }

        private JsonNode resolved(JsonNode node) {
            return node.has("$ref") ? resolved(root.at(node.get("$ref").asText().substring(1))) : node;
        }
    }
}
