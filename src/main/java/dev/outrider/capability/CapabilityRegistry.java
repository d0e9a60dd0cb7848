package dev.outrider.capability;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The classes that can be run, by exact name. Routes add themselves as they start; a class is only offered once its whole folder loaded
 * and declared what a class must.
 */
@ApplicationScoped
@Unremovable
public class CapabilityRegistry {
    /** Why a folder is not (or no longer freshly) loaded. {@code stale} true when the last good version still serves. */
    public record Problem(String file, String message, boolean stale) {}

    private final Map<String, Map<String, CapabilityConsumer>> consumers = new ConcurrentHashMap<>();
    private final Map<String, CapabilityClass> classes = new ConcurrentSkipListMap<>();
    private final Map<String, Problem> problems = new ConcurrentSkipListMap<>();

    /** The class of exactly this name. */
    public Optional<CapabilityClass> find(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** All classes that can be run, by name. */
    public Map<String, CapabilityClass> classes() {
        return new TreeMap<>(classes);
    }

    /** What did not load, by folder. */
    public Map<String, Problem> problems() {
        return new TreeMap<>(problems);
    }

    void add(CapabilityConsumer consumer) {
        var endpoint = consumer.endpoint();
        var before = consumers
                .computeIfAbsent(endpoint.capability(), name -> new ConcurrentHashMap<>())
                .putIfAbsent(endpoint.action(), consumer);
        if (before != null) {
            throw new IllegalStateException("two routes start from capability:" + endpoint.capability() + "/"
                    + endpoint.action() + ": " + before.getRouteId() + " and " + consumer.getRouteId());
        }
    }

    void remove(CapabilityConsumer consumer) {
        var endpoint = consumer.endpoint();
        var ofClass = consumers.get(endpoint.capability());
        if (ofClass != null) {
            ofClass.remove(endpoint.action(), consumer);
        }
    }

    Map<String, CapabilityConsumer> consumers(String name) {
        return consumers.getOrDefault(name, Map.of());
    }

    void publish(CapabilityClass loaded) {
        classes.put(loaded.name(), loaded);
        problems.remove(loaded.name());
    }

    void withdraw(String name) {
        classes.remove(name);
        problems.remove(name);
    }

    void problem(String folder, Problem problem) {
        problems.put(folder, problem);
    }

    void solved(String folder) {
        problems.remove(folder);
    }
}
