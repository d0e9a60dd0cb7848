package dev.outrider.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.capability.CapabilityClass;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.integration.SecretException;
import dev.outrider.integration.Secrets;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.webhook.MappedPage;
import dev.outrider.webhook.WebhookSpec;
import dev.outrider.webhook.WebhookTarget;
import dev.outrider.webhook.WebhookTargets;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The integrations that take deliveries. What is read of one is kept for a second: secrets may come from a vault. */
@ApplicationScoped
@Unremovable
public class ConfiguredWebhooks implements WebhookTargets {
    private static final Logger LOG = Logger.getLogger(ConfiguredWebhooks.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long KEPT_NANOS = 1_000_000_000L;
    /** What an integration of the generic class sets for itself. */
    private static final List<String> OWN = List.of(
            "scheme",
            "signatureHeader",
            "prefix",
            "algorithm",
            "encoding",
            "toleranceSecs",
            "replay",
            "items",
            "event",
            "action");

    private static final Kept UNKNOWN = Kept.of(Optional.empty(), false);

    /** @param broken there is no target because of what an operator may mend */
    private record Kept(Optional<WebhookTarget> target, boolean broken, long at) {
        static Kept of(Optional<WebhookTarget> target, boolean broken) {
            return new Kept(target, broken, System.nanoTime());
        }
    }

    private final IntegrationRegistry integrations;
    private final CapabilityRegistry classes;
    private final Secrets secrets;
    private final JobRunner jobs;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    @Inject
    public ConfiguredWebhooks(
            IntegrationRegistry integrations, CapabilityRegistry classes, Secrets secrets, JobRunner jobs) {
        this.jobs = jobs;
        this.integrations = integrations;
        this.classes = classes;
        this.secrets = secrets;
        integrations.onChange(kept::clear);
    }

    @Override
    public Optional<WebhookTarget> find(String name) {
        return kept(name).target();
    }

    @Override
    public boolean broken(String name) {
        return kept(name).broken();
    }

    private Kept kept(String name) {
        var before = kept.get(name);
        if (before != null && System.nanoTime() - before.at() < KEPT_NANOS) {
            return before;
        }
        var read = integrations.find(name).map(this::read);
        // Names that nobody configured are not kept: whoever tries many must not fill the memory.
        read.ifPresent(known -> kept.put(name, known));
        return read.orElse(UNKNOWN);
    }

    @Override
    public boolean configured(String name, String tenant) {
        return integrations
                .find(name)
                .filter(one -> one.tenant().equals(tenant))
                .isPresent();
    }

    @Override
    public Optional<CompletableFuture<Map<String, String>>> collect(WebhookTarget target, List<String> streams) {
        try {
            var job = jobs.submit(target.integration(), new JobRequest(streams, false, null));
            return Optional.of(job.done().thenApply(report -> uncollected(report, streams)));
        } catch (BusyException e) {
            LOG.debugf("a delivery of %s waits: %s", target.integration().name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Items that failed are dead letters of their own: their stream was collected all the same. */
    private static Map<String, String> uncollected(JobReport report, List<String> streams) {
        var why = new HashMap<String, String>();
        for (var stream : streams) {
            if (report.streams().stream().noneMatch(one -> one.name().equals(stream) && one.complete())) {
                why.put(
                        stream,
                        report.errors().stream()
                                .filter(error -> stream.equals(error.stream()))
                                .map(RunError::message)
                                .findFirst()
                                .orElse(report.summary()));
            }
        }
        return why;
    }

    @Override
    public void deliver(WebhookTarget target, List<MappedPage> pages) throws Exception {
        if (pages.isEmpty()) {
            return;
        }
        var capability = capability(target.integration())
                .orElseThrow(() -> new RunException(RunError.of(
                        "capability.unknown", "class " + target.integration().capability() + " is not loaded", true)));
        StreamRun run = pages.get(0).page().run();
        try (var use = capability.use()) {
            LOG.debugf("delivery %s holds %s", run.job(), use);
            capability.deliver(run, pages);
        }
    }

    private Optional<CapabilityClass> capability(Integration integration) {
        return classes.find(integration.capability())
                .filter(found -> found.descriptor().getWebhook().declared());
    }

    private Kept read(Integration integration) {
        try {
            var valid = secrets.webhook(integration);
            var capability = classes.find(integration.capability());
            if (valid.isEmpty()
                    || capability.isPresent()
                            && !capability.get().descriptor().getWebhook().declared()) {
                return Kept.of(Optional.empty(), false);
            }
            if (capability.isEmpty() || !capability.get().receives(integration)) {
                return Kept.of(Optional.empty(), true);
            }
            return Kept.of(
                    Optional.of(new WebhookTarget(
                            integration,
                            spec(capability.get(), integration),
                            capability.get().identities(),
                            valid,
                            capability.get().surface(integration))),
                    false);
        } catch (SecretException e) {
            LOG.warn(e.getMessage());
            return Kept.of(Optional.empty(), true);
        }
    }

    private static WebhookSpec spec(CapabilityClass capability, Integration integration) {
        var declared = capability.descriptor().getWebhook();
        if (!capability.name().equals("webhook")) {
            return declared;
        }
        ObjectNode own = JSON.valueToTree(declared);
        for (var setting : OWN) {
            if (integration.settings().hasNonNull(setting)) {
                own.set(setting, integration.settings().get(setting));
            }
        }
        if (integration.settings().hasNonNull("mapping")) {
            own.put("mappings", "* => " + integration.settings().get("mapping").asText());
        }
        return JSON.convertValue(own, WebhookSpec.class);
    }
}
