package dev.outrider.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.integration.Integration;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stands for what is configured: the one integration {@code events} of tenant {@code acme}, whose deliveries lead nowhere. */
class FakeTargets implements WebhookTargets {
    private final WebhookTarget target;

    /** @param spec how deliveries are signed and mapped */
    FakeTargets(WebhookSpec spec) {
        this(spec, "hmac", "a secret of ours");
    }

    FakeTargets(WebhookSpec spec, String scheme, String secret) {
        spec.setScheme(scheme);
        var integration = new Integration(
                "events",
                "webhook",
                "acme",
                Integration.MANUAL,
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                "test");
        target = new WebhookTarget(integration, spec, Map.of("alerts", "/id"), List.of(secret), "external");
    }

    /** The limits as they are where nobody sets them. */
    static Settings settings() {
        return settings(Map.of());
    }

    /** The same, but for those that are given by name. */
    static Settings settings(Map<String, String> given) {
        return new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withDefaultValues(given)
                .build()
                .getConfigMapping(Settings.class);
    }

    @Override
    public Optional<WebhookTarget> find(String name) {
        return name.equals("events") ? Optional.of(target) : Optional.empty();
    }

    @Override
    public boolean broken(String name) {
        return name.equals("broken");
    }

    @Override
    public boolean configured(String name, String tenant) {
        return find(name).isPresent();
    }

    @Override
    public Optional<CompletableFuture<Map<String, String>>> collect(WebhookTarget asked, List<String> streams) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deliver(WebhookTarget asked, List<MappedPage> pages) {
        throw new UnsupportedOperationException();
    }
}
