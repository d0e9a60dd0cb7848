package dev.outrider.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The configured integrations: those of the file, and those made by the API, which live in the store. A name in the file wins. Without a
 * file the demo is what is declared.
 */
@ApplicationScoped
@Unremovable
public class IntegrationRegistry {
    private static final Logger LOG = Logger.getLogger(IntegrationRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where an integration made by the API says it comes from. */
    public static final String API = "api";

    /** Where an integration of the demo says it comes from: nothing else may. */
    public static final String DEMO = "the demo";

    private final Path file;
    private final Store store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private String text;
    private Map<String, Integration> declared = Map.of();
    private Map<String, Integration> made = Map.of();
    /** The text of those. */
    private List<String> definitions = List.of();

    private List<IntegrationProblem> problems = List.of();

    @Inject
    public IntegrationRegistry(
            @ConfigProperty(name = "outrider.integrations", defaultValue = "integrations.yaml") Path file,
            Store store) {
        this.file = file;
        this.store = store;
    }

    /** True where nothing is declared in a file, so that the demo shows what Outrider does. */
    public boolean demo() {
        return !Files.exists(file);
    }

    /** Reads file and store; tells the listeners when something changed. */
    public synchronized void load() {
        String now;
        try {
            now = demo() ? null : Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            problems = List.of(new IntegrationProblem(file.toString(), null, "cannot be read: " + e.getMessage()));
            LOG.error(problems.get(0).toString());
            return;
        }
        if (text != null && text.equals(now) || text == null && now == null && !declared.isEmpty()) {
            if (store.replica().shared() && readMade()) {
                listeners.forEach(Runnable::run);
            }
            return;
        }
        text = now;
        var parsed = now == null
                ? new IntegrationFile(List.of(demoScans()), List.of())
                : IntegrationFile.parse(file.getFileName().toString(), now);
        if (parsed.integrations().isEmpty() && !parsed.problems().isEmpty() && !declared.isEmpty()) {
            // A slip of the pen must not stop everything: what was declared goes on until the file is whole again.
            problems = parsed.problems();
            problems.forEach(problem -> LOG.errorf("%s; what was declared before goes on", problem));
            return;
        }
        var byName = new TreeMap<String, Integration>();
        parsed.integrations().forEach(integration -> byName.put(integration.name(), integration));
        declared = byName;
        problems = parsed.problems();
        problems.forEach(problem -> LOG.error(problem.toString()));
        readMade();
        listeners.forEach(Runnable::run);
    }

    /** Declares what the demo shows besides its inbox; gone as soon as there is a file. */
    public synchronized void demonstrate(List<Integration> more) {
        var byName = new TreeMap<>(declared);
        more.forEach(integration -> byName.put(integration.name(), integration));
        declared = byName;
        listeners.forEach(Runnable::run);
    }

    /** Called after every change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public synchronized Optional<Integration> find(String name) {
        return Optional.ofNullable(declared.getOrDefault(name, made.get(name)));
    }

    /** All, by name. */
    public synchronized List<Integration> all() {
        var all = new TreeMap<>(made);
        all.putAll(declared);
        return new ArrayList<>(all.values());
    }

    /** The entries of the file that cannot be used. */
    public synchronized List<IntegrationProblem> problems() {
        return problems;
    }

    /** Whether the file declares it, so that only an editor can change it. */
    public synchronized boolean declared(String name) {
        return declared.containsKey(name);
    }

    public synchronized void put(Integration integration) {
        store.integrations()
                .put(integration.name(), IntegrationEntry.write(integration).toString());
        readMade();
        listeners.forEach(Runnable::run);
    }

    public synchronized boolean remove(String name) {
        boolean removed = store.integrations().remove(name);
        readMade();
        listeners.forEach(Runnable::run);
        return removed;
    }

    /** Reads those made by the API, of any replica; whether they changed. */
    private boolean readMade() {
        var stored = store.integrations().all();
        if (stored.equals(definitions)) {
            return false;
        }
        var byName = new TreeMap<String, Integration>();
        for (var definition : stored) {
            try {
                var wrong = new ArrayList<String>();
                var integration = IntegrationEntry.read(JSON.readTree(definition), API, wrong);
                if (integration == null) {
                    LOG.errorf("a stored integration cannot be used: %s", wrong);
                } else {
                    byName.put(integration.name(), integration);
                }
            } catch (JsonProcessingException e) {
                LOG.errorf("a stored integration is not JSON: %s", e.getOriginalMessage());
            }
        }
        definitions = stored;
        made = byName;
        return true;
    }

    private static Integration demoScans() {
        return new Integration(
                "demo-scans", "nessus", "demo", "5s", JsonNodeFactory.instance.objectNode(), Map.of(), DEMO);
    }
}
