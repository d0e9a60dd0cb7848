package dev.outrider.webhook;

import dev.outrider.record.Batch;
import dev.outrider.record.Checks;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import org.apache.camel.Exchange;

/** The steps of {@code routes/common/webhooks.yaml} and {@code routes/webhook}. */
@ApplicationScoped
@Named("webhookSteps")
@Unremovable
public class WebhookSteps {
    private static final String OPEN = "outrider.webhook.page";

    private final Store store;
    private final WebhookTargets targets;

    @Inject
    public WebhookSteps(Store store, WebhookTargets targets) {
        this.store = store;
        this.targets = targets;
    }

    /** Makes a page the body, and its mapping the property that {@code direct:records} reads. */
    public void open(Exchange exchange) {
        var mapped = exchange.getMessage().getBody(MappedPage.class);
        exchange.setProperty("mapping", mapped.mapping());
        exchange.setProperty(OPEN, mapped);
        exchange.getMessage().setBody(mapped.page());
    }

    /** Notes what became of each item, for a sender who waits. */
    public void tell(Exchange exchange) {
        var mapped = exchange.getProperty(OPEN, MappedPage.class);
        for (var entry : exchange.getMessage().getBody(Batch.class).entries()) {
            var reason = entry.error() == null ? entry.reason() : entry.error().message();
            var outcome = entry.outcome().name().toLowerCase(Locale.ROOT);
            mapped.outcomes().add(new Outcome.Item(mapped.indexes().get(entry.index()), outcome, reason));
        }
    }

    /** Whether the integration takes deliveries. */
    public void check(Exchange exchange) {
        var integration = run(exchange).integration();
        var checks = exchange.getProperty(Checks.PROPERTY, Checks.class);
        if (targets.find(integration.name()).isPresent()) {
            checks.passed(WebhookTarget.STREAM, "POST /webhooks/" + integration.name() + " takes deliveries");
        } else {
            checks.failed(
                    WebhookTarget.STREAM,
                    "no deliveries are taken: set secrets.webhookSecret, and settings.scheme to one of "
                            + Verifier.SCHEMES.stream().sorted().toList(),
                    Checks.Cause.CONFIGURATION);
        }
    }

    /** Tells where accepted deliveries wait; they come by themselves, a job has nothing to fetch. */
    public void pending(Exchange exchange) {
        var run = run(exchange);
        long waiting = store.deliveries()
                .pending(run.integration().tenant(), run.integration().name());
        if (waiting > 0) {
            run.partial(RunError.of(
                    "webhook.pending", waiting + " accepted deliveries are not records yet: they follow", true));
        }
    }

    /** Nobody can be asked: the sender of events has no API here. */
    public void affiliation() {
        throw new RunException(RunError.of(
                "affiliation.unknown", "a webhook only receives: whether an id still belongs cannot be asked", false));
    }

    private static StreamRun run(Exchange exchange) {
        return exchange.getProperty(StreamRun.PROPERTY, StreamRun.class);
    }
}
