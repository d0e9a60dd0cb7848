package dev.outrider.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the intake needs to know of integrations and classes. */
public interface WebhookTargets {
    /** The integration of that name, where its class takes deliveries and a secret is set. */
    Optional<WebhookTarget> find(String name);

    /**
     * Whether an integration of that name should take deliveries and cannot now: its class is not loaded, a setting is wrong, or a secret
     * leads nowhere. Its senders are to come again.
     */
    boolean broken(String name);

    /** Whether the tenant has an integration of that name at all, also one that cannot take deliveries now. */
    boolean configured(String name, String tenant);

    /**
     * Asks for a job of these streams; empty where none can be taken now. Once it ended, what comes of it is why it did not collect a
     * stream to its end, by stream; never exceptionally.
     */
    Optional<CompletableFuture<Map<String, String>>> collect(WebhookTarget target, List<String> streams);

    /** Runs the class's webhook route over pages; throws what it throws. */
    void deliver(WebhookTarget target, List<MappedPage> pages) throws Exception;
}
