package dev.outrider.job;

import dev.outrider.capability.RouteWatcher;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.sink.FileSink;
import dev.outrider.store.Store;
import dev.outrider.webhook.DeliveryWorker;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The order in which the parts come up and go down. */
@ApplicationScoped
@Unremovable
public class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    /** Exit code of a replica whose work another one took over: it can only begin anew. */
    private static final int TAKEN_OVER = 3;

    private final CamelContext camel;
    private final Store store;
    private final FileSink sink;
    private final IntegrationRegistry integrations;
    private final RouteWatcher routes;
    private final JobRunner jobs;
    private final Schedules schedules;
    private final Demo demo;
    private final DeliveryWorker deliveries;
    private final Retention retention;
    private final String sinkName;
    private volatile boolean ready;

    @Inject
    public Lifecycle(
            CamelContext camel,
            Store store,
            FileSink sink,
            IntegrationRegistry integrations,
            RouteWatcher routes,
            JobRunner jobs,
            Schedules schedules,
            Demo demo,
            DeliveryWorker deliveries,
            Retention retention,
            @ConfigProperty(name = "outrider.sink") String sinkName) {
        this.camel = camel;
        this.store = store;
        this.sink = sink;
        this.integrations = integrations;
        this.routes = routes;
        this.jobs = jobs;
        this.schedules = schedules;
        this.demo = demo;
        this.deliveries = deliveries;
        this.retention = retention;
        this.sinkName = sinkName;
    }

    /** Takes the data folder, cuts the sink back, reads integrations and routes. Throws where the process cannot do its work at all. */
    public void prepare() {
        if (!sinkName.equals(FileSink.NAME)) {
            throw new IllegalStateException("OUTRIDER_SINK=" + sinkName + " is not available: use file");
        }
        store.open();
        try {
            sink.open();
        } catch (IOException e) {
            throw new UncheckedIOException("the file sink cannot be opened: " + e.getMessage(), e);
        }
        jobs.settle();
        integrations.load();
        // With a main of our own Camel waits for us, so that no route starts before the state it needs is there.
        camel.start();
        routes.start();
    }

    /** Prepares, then runs on schedule until the process is stopped. */
    public void serve() {
        prepare();
        if (integrations.demo()) {
            demo.begin(sink.file());
        }
        store.replica().serve(jobs::settle, () -> Quarkus.asyncExit(TAKEN_OVER));
        routes.watch();
        schedules.start();
        deliveries.start();
        retention.start();
        ready = true;
    }

    /** True once everything is up. */
    public boolean ready() {
        return ready;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        ready = false;
        deliveries.stop();
        if (!jobs.stop(Duration.ofSeconds(20))) {
            LOG.warn(
                    "a job did not reach a page boundary in time; it goes on from its last stored page at the next start");
        }
    }
}
