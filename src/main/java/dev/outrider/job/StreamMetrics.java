package dev.outrider.job;

import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.record.PageTally;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What Prometheus sees of each stream: when it was last complete, as epoch seconds (0: never), and the items that came to what. A stream
 * shows from the moment it is configured, so that one that never ran can be alarmed on too.
 */
@ApplicationScoped
@Unremovable
public class StreamMetrics {
    private final MeterRegistry meters;
    private final Store store;
    private final Map<StreamKey, AtomicLong> successes = new ConcurrentHashMap<>();

    @Inject
    public StreamMetrics(MeterRegistry meters, Store store) {
        this.meters = meters;
        this.store = store;
    }

    /** Shows every configured stream. */
    void show(IntegrationRegistry integrations, CapabilityRegistry classes) {
        var stored = store.freshness().all();
        for (var integration : integrations.all()) {
            classes.find(integration.capability())
                    .ifPresent(capability -> capability.streams().forEach(stream -> {
                        var at = stored.get(new StreamKey(integration.tenant(), integration.name(), stream));
                        gauge(integration, stream).accumulateAndGet(at == null ? 0 : at.getEpochSecond(), Math::max);
                        for (var outcome : new String[] {"received", "emitted", "dropped", "failed"}) {
                            count(integration, stream, outcome, 0);
                        }
                    }));
        }
    }

    void page(Integration integration, String stream, PageTally page) {
        count(integration, stream, "received", page.received());
        count(integration, stream, "emitted", page.emitted());
        count(integration, stream, "dropped", page.dropped());
        count(integration, stream, "failed", page.failed());
        meters.counter("outrider.stream.records", tags(integration, stream)).increment(page.records());
    }

    void success(Integration integration, String stream, Instant at) {
        gauge(integration, stream).set(at.getEpochSecond());
    }

    /** Objects that changed without a delivery. */
    void gaps(Integration integration, String stream, long objects) {
        count(integration, stream, "webhook.gaps", objects);
    }

    /** Failed deliveries that the vendor was asked for again. */
    void redelivered(Integration integration, long deliveries) {
        meters.counter("outrider.webhook.redelivered", "integration", integration.name())
                .increment(deliveries);
    }

    private void count(Integration integration, String stream, String outcome, long items) {
        meters.counter("outrider.stream." + outcome, tags(integration, stream)).increment(items);
    }

    private AtomicLong gauge(Integration integration, String stream) {
        var key = new StreamKey(integration.tenant(), integration.name(), stream);
        return successes.computeIfAbsent(key, missing -> {
            var seconds = new AtomicLong();
            Gauge.builder("outrider.stream.last.success.timestamp.seconds", seconds, AtomicLong::doubleValue)
                    .tags(tags(integration, stream))
                    .register(meters);
            return seconds;
        });
    }

    private static Tags tags(Integration integration, String stream) {
        return Tags.of(
                "tenant", integration.tenant(),
                "integration", integration.name(),
                "capability", integration.capability(),
                "stream", stream);
    }
}
