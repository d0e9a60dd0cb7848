package dev.outrider.api;

import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.webhook.DeliveryWorker;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether everything that is configured can do its work. A broken route folder or integration shows here, and so in {@code /q/health}, but
 * not in readiness: one of them must not take the others out of service.
 */
@Wellness
@ApplicationScoped
public class WorkHealth implements HealthCheck {
    private final CapabilityRegistry classes;
    private final IntegrationRegistry integrations;
    private final DeliveryWorker deliveries;

    @Inject
    public WorkHealth(CapabilityRegistry classes, IntegrationRegistry integrations, DeliveryWorker deliveries) {
        this.deliveries = deliveries;
        this.classes = classes;
        this.integrations = integrations;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("routes and integrations");
        boolean well = true;
        for (var problem : classes.problems().entrySet()) {
            well = false;
            answer.withData("routes/" + problem.getKey(), problem.getValue().message());
        }
        for (var problem : integrations.problems()) {
            well = false;
            answer.withData(problem.at(), problem.message());
        }
        for (var integration : integrations.all()) {
            var capability = classes.find(integration.capability());
            var wrong = capability.isEmpty()
                    ? "class '" + integration.capability() + "' is not loaded"
                    : String.join("; ", capability.get().check(integration));
            if (!wrong.isEmpty()) {
                well = false;
                answer.withData("integration " + integration.name(), wrong);
            }
        }
        if (deliveries.nearlyFull()) {
            well = false;
            answer.withData(
                    "webhook originals",
                    "the originals of failed deliveries take more than four fifths of"
                            + " OUTRIDER_WEBHOOKS_KEPT_MAX_BYTES: replay or purge dead letters, the oldest go soon");
        }
        return answer.status(well).build();
    }
}
