package dev.outrider.webhook;

import dev.outrider.record.Batches;
import dev.outrider.record.Checks;
import dev.outrider.record.Pages;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;

/** The steps of {@code routes/common/webhooks.yaml} and {@code routes/webhook}. */
@ApplicationScoped
@Named("webhookSteps")
@Unremovable
public class WebhookSteps {
    private static final String OPEN = "outrider.webhook.pages";
    /** No more than a page of a stream has: their records are all in memory at once. */
    private static final int MOST_ITEMS = 256;

    private final Store store;
    private final WebhookTargets targets;

    @Inject
    public WebhookSteps(Store store, WebhookTargets targets) {
        this.store = store;
        this.targets = targets;
    }

    /** Which pages go together, in their order. */
    public List<List<MappedPage>> together(List<MappedPage> pages) {
        var groups = new ArrayList<List<MappedPage>>();
        int items = 0;
        for (var mapped : pages) {
            int more = mapped.page().items().size();
            if (groups.isEmpty() || items + more > MOST_ITEMS) {
                groups.add(new ArrayList<>());
                items = 0;
            }
            groups.get(groups.size() - 1).add(mapped);
            items += more;
        }
        return groups;
    }

    /** Makes the pages the body, as {@code direct:records} takes them. */
    public void open(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<MappedPage> group = exchange.getMessage().getBody(List.class);
        exchange.setProperty(OPEN, group);
        exchange.getMessage()
                .setBody(new Pages(group.stream().map(MappedPage::page).toList()));
    }

    /** Notes what became of each item, for a sender who waits. */
    public void tell(Exchange exchange) {
        @SuppressWarnings("unchecked")
        List<MappedPage> group = exchange.getProperty(OPEN, List.class);
        int at = 0;
        for (var batch : Batches.in(exchange).all()) {
            var mapped = group.get(at++);
            for (var entry : batch.entries()) {
                var reason =
                        entry.error() == null ? entry.reason() : entry.error().message();
                var outcome = entry.outcome().name().toLowerCase(Locale.ROOT);
                mapped.outcomes().add(new Outcome.Item(mapped.indexes().get(entry.index()), outcome, reason));
            }
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
