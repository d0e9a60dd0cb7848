package dev.outrider.webhook;

import dev.outrider.store.Deliveries.Accepted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counters of one integration's deliveries, looked up once: every delivery counts twice. */
record Tally(Counter received, Counter refused, Counter accepted, Counter replayed, Counter deferred) {
    static Tally of(MeterRegistry meters, String integration) {
        return new Tally(
                counter(meters, "received", integration),
                counter(meters, "refused", integration),
                counter(meters, "accepted", integration),
                counter(meters, "replayed", integration),
                counter(meters, "deferred", integration));
    }

    Counter of(Accepted accepted) {
        return switch (accepted) {
            case FRESH -> this.accepted;
            case REPLAYED -> replayed;
            case READ_OTHERWISE -> deferred;
        };
    }

    private static Counter counter(MeterRegistry meters, String outcome, String integration) {
        return meters.counter("outrider.webhook." + outcome, "integration", integration);
    }
}
