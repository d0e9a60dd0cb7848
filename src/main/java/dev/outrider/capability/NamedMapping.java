package dev.outrider.capability;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A mapping that a route file names: one without a file would only be met with the first page, as so many dead letters.
 *
 * @param file the route file
 * @param line where in it, from 1
 * @param id {@code <class>/<name>}
 */
public record NamedMapping(String file, int line, String id) {
    private static final Pattern PARAMETER = Pattern.compile("[?&]([a-z]+)=([^&]*)");

    /** All that a route file or a kamelet names in steps and in lines for events, each once. */
    public static List<NamedMapping> in(String file, String text, JsonNode root) {
        var ids = new TreeSet<String>();
        collect(root, ids);
        return ids.stream()
                .map(id -> new NamedMapping(file, line(text, id), id))
                .toList();
    }

    /** The mapping that a step which lists or makes records names; empty where it names none. */
    public static String of(JsonNode step) {
        var uri = uri(step);
        return uri.startsWith("kamelet:records") || uri.startsWith("aws-api:") ? parameter(step, uri, "mapping") : "";
    }

    /** Why a mapping cannot be found; empty where it can. */
    public static Optional<String> missing(Path routes, String id) {
        return exists(routes, id + ".jslt")
                ? Optional.empty()
                : Optional.of("mapping '" + id + "' has no file " + id + ".jslt in the routes folder");
    }

    /** The same, naming the place. */
    public Optional<String> missing(Path routes) {
        return missing(routes, id).map(what -> file + ":" + line + ": " + what);
    }

    private static boolean exists(Path routes, String file) {
        try {
            var path = routes.resolve(file).normalize();
            return path.startsWith(routes.normalize()) && Files.isRegularFile(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void collect(JsonNode node, Set<String> ids) {
        add(of(node), ids);
        if (uri(node).startsWith("vendor:call")) {
            add(parameter(node, uri(node), "input"), ids);
            add(parameter(node, uri(node), "output"), ids);
        }
        node.path("webhook")
                .path("mappings")
                .asText()
                .lines()
                .map(line -> line.replaceFirst(".*=>", "").strip().replaceFirst("\\s.*", ""))
                .filter(target -> !target.startsWith("stream:"))
                .forEach(target -> add(target, ids));
        node.forEach(child -> collect(child, ids));
    }

    /** What a kamelet leaves to its callers is none. */
    private static void add(String id, Set<String> ids) {
        if (!id.isEmpty() && !id.contains("{")) {
            ids.add(id);
        }
    }

    private static String uri(JsonNode step) {
        return step.isTextual() ? step.asText() : step.path("uri").asText();
    }

    private static String parameter(JsonNode step, String uri, String name) {
        var matcher = PARAMETER.matcher(uri);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2);
            }
        }
        return step.path("parameters").path(name).asText();
    }

    private static int line(String text, String id) {
        var named = Pattern.compile("(?<![\\w/-])" + Pattern.quote(id) + "(?![\\w/-])");
        var lines = new ArrayList<>(text.lines().toList());
        for (int at = 0; at < lines.size(); at++) {
            if (named.matcher(lines.get(at)).find()) {
                return at + 1;
            }
        }
        return 1;
    }
}
