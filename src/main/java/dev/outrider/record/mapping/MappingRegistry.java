package dev.outrider.record.mapping;

import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The mappings in the routes folder, compiled once for each content. An edit is picked up with the next page; an edit that does not
 * compile is reported and the last good content stays in use.
 */
@ApplicationScoped
public class MappingRegistry {
    private static final Logger LOG = Logger.getLogger(MappingRegistry.class);

    private final Path routes;
    private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();

    @Inject
    public MappingRegistry(@ConfigProperty(name = "outrider.routes", defaultValue = "routes") String routes) {
        this.routes = Path.of(routes).toAbsolutePath().normalize();
    }

    /**
     * The mapping {@code <class>/<name>}, from {@code <routes>/<class>/<name>.jslt}.
     *
     * @throws RunException {@code mapping.missing} or {@code mapping.invalid}, naming file and line
     */
    public Mapping get(String id) {
        if (id == null || id.isBlank()) {
            throw broken(
                    "mapping.missing", "no mapping is named: give records the parameter mapping=<class>/<name>", null);
        }
        var known = mappings.get(id);
        if (known != null && known.sources().stream().noneMatch(SourceFile::touched)) {
            return known;
        }
        return known == null ? first(id) : again(known);
    }

    private Mapping first(String id) {
        return mappings.computeIfAbsent(id, this::compile);
    }

    private synchronized Mapping again(Mapping known) {
        var current = mappings.get(known.id());
        if (current != known) {
            return current;
        }
        Mapping fresh;
        try {
            fresh = compile(known.id());
            LOG.infof("mapping %s was read again", known.id());
        } catch (RunException e) {
            LOG.errorf(
                    "mapping %s changed and no longer compiles, the last good one stays: %s",
                    known.id(), e.getMessage());
            fresh = new Mapping(known.id(), known.file(), known.expression(), retouched(known.sources()));
        }
        mappings.put(known.id(), fresh);
        return fresh;
    }

    /** The broken files as they are now, so that they are read once and not with every page. */
    private static List<SourceFile> retouched(List<SourceFile> sources) {
        var now = new ArrayList<SourceFile>();
        for (var source : sources) {
            try {
                now.add(SourceFile.read(source.name(), source.path()));
            } catch (IOException e) {
                // It is gone: keep asking, it counts as touched until it is back.
                now.add(source);
            }
        }
        return now;
    }

    private Mapping compile(String id) {
        var file = id + ".jslt";
        var sources = new ArrayList<SourceFile>();
        try {
            var expression = new Parser(new StringReader(read(file, sources)))
                    .withSource(file)
                    .withResourceResolver(name -> new StringReader(read(name, sources)))
                    .compile();
            return new Mapping(id, file, expression, List.copyOf(sources));
        } catch (JsltException e) {
            throw broken("mapping.invalid", Places.of(file, e) + ": " + firstLine(e), e);
        }
    }

    /** Without the list of all tokens that the parser would rather have met. */
    private static String firstLine(JsltException e) {
        return e.getMessageWithoutLocation().lines().findFirst().orElse("");
    }

    private String read(String name, List<SourceFile> sources) {
        try {
            var path = routes.resolve(name).normalize();
            if (!path.startsWith(routes)) {
                throw broken("mapping.invalid", name + ": a mapping stays inside the routes folder", null);
            }
            if (!Files.isRegularFile(path)) {
                throw broken("mapping.missing", name + ": no such file in the routes folder " + routes, null);
            }
            // A link may point about inside the folder (as mounted config maps do), not out of it.
            if (!path.toRealPath().startsWith(routes.toRealPath())) {
                throw broken("mapping.invalid", name + ": the link leaves the routes folder", null);
            }
            var source = SourceFile.read(name, path);
            sources.add(source);
            return source.text();
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw broken("mapping.missing", name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static RunException broken(String code, String message, Exception cause) {
        return new RunException(RunError.of(code, message, false), cause);
    }
}
