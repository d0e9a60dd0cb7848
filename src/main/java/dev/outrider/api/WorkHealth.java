package dev.outrider.api;

import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.integration.SecretsCheck;
import dev.outrider.job.Retention;
import dev.outrider.webhook.DeliveryWorker;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final SecretsCheck secrets;
    private final Retention retention;
    private final DeliveryWorker deliveries;

    @Inject
    public WorkHealth(
            CapabilityRegistry classes,
            IntegrationRegistry integrations,
            SecretsCheck secrets,
            Retention retention,
            DeliveryWorker deliveries) {
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.retention = retention;
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
                    : Stream.of(capability.get().check(integration), secrets.problems(integration))
                            .flatMap(List::stream)
                            .collect(Collectors.joining("; "));
            if (!wrong.isEmpty()) {
                well = false;
                answer.withData("integration " + integration.name(), wrong);
            }
        }
        var alarms = retention.alarms();
        for (int alarm = 0; alarm < alarms.size(); alarm++) {
            well = false;
            answer.withData("kept " + (alarm + 1), alarms.get(alarm));
        }
        var troubles = deliveries.troubles();
        for (int trouble = 0; trouble < troubles.size(); trouble++) {
            well = false;
            answer.withData("deliveries " + (trouble + 1), troubles.get(trouble));
        }
        return answer.status(well).build();
    }
}
