package dev.outrider.capability;

import io.quarkus.arc.Unremovable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Loads {@code routes/} at the start and keeps Camel equal to it: every two seconds the folders' content is compared, and what changed is
 * loaded anew once no job of that class runs.
 */
@ApplicationScoped
@Unremovable
public class RouteWatcher {
    private static final Logger LOG = Logger.getLogger(RouteWatcher.class);

    private final Path routes;
    private final RouteLoader loader;
    private final CapabilityRegistry registry;
    private final Map<String, RouteFolder> known = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "routes-watcher");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    public RouteWatcher(
            @ConfigProperty(name = "outrider.routes", defaultValue = "routes") Path routes,
            RouteLoader loader,
            CapabilityRegistry registry) {
        this.routes = routes;
        this.loader = loader;
        this.registry = registry;
    }

    /** @throws IllegalStateException where there is no such folder: nothing could ever run */
    public void start() {
        if (!Files.isDirectory(routes)) {
            throw new IllegalStateException("no folder " + routes.toAbsolutePath()
                    + ": start in the folder that holds routes/, or set OUTRIDER_ROUTES");
        }
        scan();
    }

    /** Goes on looking for changes until the end. */
    public void watch() {
        timer.scheduleWithFixedDelay(this::scanAgain, 2, 2, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    private void scanAgain() {
        try {
            scan();
        } catch (RuntimeException e) {
            LOG.errorf(e, "the routes could not be compared");
        }
    }

    private synchronized void scan() {
        var names = new TreeSet<String>();
        try (var folders = Files.list(routes)) {
            folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .forEach(names::add);
        } catch (IOException e) {
            LOG.errorf("%s cannot be read, the loaded routes stay: %s", routes, e.getMessage());
            return;
        }
        if (names.remove(RouteFolder.COMMON) && changed(RouteFolder.COMMON)) {
            // Classes hold instances of the common kamelets, so they follow.
            known.keySet().removeIf(name -> !name.equals(RouteFolder.COMMON));
        }
        names.forEach(this::changed);
        for (var gone : new TreeSet<>(known.keySet())) {
            if (!names.contains(gone) && !gone.equals(RouteFolder.COMMON)) {
                known.remove(gone);
                loader.remove(gone);
            }
        }
    }

    /** Loads a folder if its text is not the known one; true when it did. */
    private boolean changed(String name) {
        RouteFolder now;
        try {
            now = RouteFolder.read(routes, name, known.get(name));
        } catch (IOException e) {
            LOG.errorf("routes/%s cannot be read, what is loaded stays: %s", name, e.getMessage());
            return false;
        }
        if (now.equals(known.get(name)) || now.routes().isEmpty() && !known.containsKey(name)) {
            return false;
        }
        var held = new ArrayDeque<Lock>();
        try {
            for (var loaded : registry.classes().values()) {
                if (loaded.name().equals(name) || name.equals(RouteFolder.COMMON)) {
                    if (!loaded.lock().writeLock().tryLock()) {
                        LOG.debugf("routes/%s changed; it is loaded when the jobs that use it are done", name);
                        return false;
                    }
                    held.push(loaded.lock().writeLock());
                }
            }
            known.put(name, now);
            loader.load(now);
            return true;
        } finally {
            held.forEach(Lock::unlock);
        }
    }
}
