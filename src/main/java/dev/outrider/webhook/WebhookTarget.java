package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.integration.Integration;
import dev.outrider.record.DeliveredMark;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StreamKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An integration that takes deliveries, with its class's rules and the secrets that are valid now.
 *
 * @param identities by stream, the pointers to what tells its objects apart, for streams whose objects come with events
 */
public record WebhookTarget(
        Integration integration,
        WebhookSpec spec,
        Map<String, String> identities,
        List<String> secrets,
        String surface) {
    /** The stream that deliveries belong to. */
    public static final String STREAM = StreamKey.DELIVERIES;

    /** By what a stream knows the object again that came with an event; empty where none did. */
    Optional<String> mark(EventLine line, JsonNode item) {
        var identity = identities.get(line.brings());
        return identity == null ? Optional.empty() : DeliveredMark.of(line.brings(), item.at(line.object()), identity);
    }

    StreamRun run(String unit) {
        return new StreamRun(integration, surface, STREAM, unit, false, () -> false);
    }
}
