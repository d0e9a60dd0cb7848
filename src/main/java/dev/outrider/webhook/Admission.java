package dev.outrider.webhook;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes are in flight: refuses above the high water, until it fell below the low one. */
@ApplicationScoped
@Unremovable
public class Admission {
    private final Settings settings;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;

    @Inject
    public Admission(Settings settings) {
        this.settings = settings;
    }

    /** Whether another delivery may begin. */
    public boolean open() {
        long now = bytes.get();
        if (closed && now <= settings.inFlightLowBytes()) {
            closed = false;
        } else if (now >= settings.inFlightHighBytes()) {
            closed = true;
        }
        return !closed;
    }

    public void take(long count) {
        bytes.addAndGet(count);
    }

    public void give(long count) {
        bytes.addAndGet(-count);
    }
}
