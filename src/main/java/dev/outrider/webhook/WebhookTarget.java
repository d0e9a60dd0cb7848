package dev.outrider.webhook;

import dev.outrider.integration.Integration;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StreamKey;
import java.util.List;

/** An integration that takes deliveries, with its class's rules and the secrets that are valid now. */
public record WebhookTarget(Integration integration, WebhookSpec spec, List<String> secrets, String surface) {
    /** The stream that deliveries belong to. */
    public static final String STREAM = StreamKey.DELIVERIES;

    StreamRun run(String unit) {
        return new StreamRun(integration, surface, STREAM, unit, false, () -> false);
    }
}
