package dev.outrider.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import dev.outrider.capability.NamedMapping;
import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Looks over a routes folder without running it: every route file against the YAML DSL's own JSON Schema, every mapping by compiling it,
 * every settings schema, and that the mappings that routes name exist.
 */
public final class RouteLint {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path routes;
    private final JsonSchema dsl;
    private final List<String> wrong = new ArrayList<>();

    private RouteLint(Path routes) {
        this.routes = routes;
        try (var schema = RouteLint.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            dsl = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(JSON.readTree(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, a line each, as {@code file: what}; empty when nothing is. */
    public static List<String> check(Path routes) throws IOException {
        var lint = new RouteLint(routes);
        try (var files = Files.walk(routes)) {
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                if (Files.isRegularFile(file)
                        && !routes.relativize(file).toString().contains("/test/")) {
                    lint.file(file);
                }
            }
        }
        return lint.wrong;
    }

    private void file(Path file) throws IOException {
        var name = file.getFileName().toString();
        if (name.endsWith(".kamelet.yaml")) {
            var text = Files.readString(file);
            var template = YAML.readTree(text).at("/spec/template");
            schema(file, JSON.createArrayNode().add(JSON.createObjectNode().set("route", template)));
            steps(file, template);
            mappings(file, text, template);
        } else if (name.endsWith(".yaml")) {
            try {
                var text = Files.readString(file);
                var root = YAML.readTree(text);
                schema(file, root);
                steps(file, root);
                mappings(file, text, root);
            } catch (JsonProcessingException e) {
                var at = e.getLocation();
                wrong.add(
                        shown(file) + ":" + (at == null ? 1 : at.getLineNr()) + ": " + oneLine(e.getOriginalMessage()));
            }
        } else if (name.endsWith(".jslt")) {
            jslt(file);
        } else if (name.equals("settings.schema.json")) {
            settings(file);
        }
    }

    private void schema(Path file, JsonNode root) {
        for (var message : dsl.validate(root)) {
            wrong.add(shown(file) + ": " + message.getMessage());
        }
    }

    /** What the schema does not see. */
    private void steps(Path file, JsonNode node) {
        if (node.path("steps").isArray()) {
            unmapped(file, node.path("steps"));
        }
        var uri = node.path("uri").asText();
        if (uri.contains("?") && node.has("parameters")) {
            wrong.add(shown(file) + ": the uri '" + uri
                    + "' has parameters of its own beside those below it: write all in one of the two places");
        }
        node.forEach(child -> steps(file, child));
    }

    /** Records are made by the mapping that the step says, or by those of all the listings before it. */
    private void unmapped(Path file, JsonNode steps) {
        boolean all = true;
        boolean any = false;
        for (var step : steps) {
            var to = step.path("to");
            var uri = to.isTextual() ? to.asText() : to.path("uri").asText();
            boolean named = !NamedMapping.of(to).isEmpty();
            if (uri.startsWith("kamelet:records") && !named && !(any && all)) {
                wrong.add(
                        shown(file)
                                + ": kamelet:records has no mapping, and not every listing before it names one: write kamelet:records?mapping=<class>/<name>");
            }
            any |= named;
            all &= named;
        }
    }

    private void mappings(Path file, String text, JsonNode root) {
        NamedMapping.in(shown(file), text, root)
                .forEach(mapping -> mapping.missing(routes).ifPresent(wrong::add));
    }

    private void jslt(Path file) throws IOException {
        try (Reader text = new FileReader(file.toFile(), StandardCharsets.UTF_8)) {
            new Parser(text)
                    .withSource(shown(file))
                    .withResourceResolver(name -> resolve(name))
                    .compile();
        } catch (JsltException e) {
            wrong.add(shown(file) + ": " + oneLine(e.getMessage()));
        }
    }

    private Reader resolve(String name) {
        try {
            return Files.newBufferedReader(routes.resolve(name));
        } catch (IOException e) {
            throw new JsltException("import " + name + " is not in the routes folder", e);
        }
    }

    private void settings(Path file) throws IOException {
        try {
            var schema = JSON.readTree(Files.readString(file));
            var fields = new TreeSet<String>();
            schema.path("properties").fields().forEachRemaining(field -> {
                for (var told : List.of("title", "description")) {
                    if (field.getValue().path(told).asText().isBlank()) {
                        fields.add(field.getKey() + " has no " + told);
                    }
                }
            });
            fields.forEach(field -> wrong.add(shown(file) + ": " + field));
        } catch (JsonProcessingException e) {
            wrong.add(shown(file) + ": " + e.getOriginalMessage());
        }
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s+", " ");
    }

    private String shown(Path file) {
        return routes.relativize(file).toString();
    }
}
