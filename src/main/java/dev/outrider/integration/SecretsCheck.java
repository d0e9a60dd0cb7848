package dev.outrider.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether the secrets of integrations lead to values. What was found is kept for a while: a probe every few seconds must not wear out a vault. */
@ApplicationScoped
public class SecretsCheck {
    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

    private record Found(Integration integration, List<String> problems, long at) {}

    private final Secrets secrets;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    @Inject
    public SecretsCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    /** One for each secret that leads to no value, without any value. */
    public List<String> problems(Integration integration) {
        var before = found.get(integration.name());
        if (before == null
                || !before.integration().equals(integration)
                || System.nanoTime() - before.at() > KEPT_NANOS) {
            before = new Found(integration, look(integration), System.nanoTime());
            found.put(integration.name(), before);
        }
        return before.problems();
    }

    private List<String> look(Integration integration) {
        var problems = new ArrayList<String>();
        for (var name : integration.secrets().keySet()) {
            try {
                secrets.of(integration, name);
            } catch (SecretException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }
}
