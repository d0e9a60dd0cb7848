package dev.outrider.api;

import dev.outrider.job.Lifecycle;
import dev.outrider.store.DeadLetters.Filter;
import dev.outrider.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the process is up and its store answers. */
@Readiness
@ApplicationScoped
public class ReadyHealth implements HealthCheck {
    private final Lifecycle lifecycle;
    private final Store store;

    @Inject
    public ReadyHealth(Lifecycle lifecycle, Store store) {
        this.lifecycle = lifecycle;
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("outrider")
                .status(lifecycle.ready())
                .withData("deadLetters", lifecycle.ready() ? store.deadLetters().count(Filter.ALL) : 0)
                .build();
    }
}
