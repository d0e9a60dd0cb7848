package dev.outrider.webhook;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The limits of the intake, {@code outrider.webhooks.*}. */
@Singleton
@Unremovable
public class Settings {
    @Inject
    @ConfigProperty(name = "outrider.webhooks.body-max-bytes", defaultValue = "26214400")
    int bodyMaxBytes;

    @Inject
    @ConfigProperty(name = "outrider.webhooks.body-timeout-secs", defaultValue = "10")
    int bodyTimeoutSecs;

    @Inject
    @ConfigProperty(name = "outrider.webhooks.in-flight-high-bytes", defaultValue = "67108864")
    long inFlightHighBytes;

    @Inject
    @ConfigProperty(name = "outrider.webhooks.in-flight-low-bytes", defaultValue = "33554432")
    long inFlightLowBytes;

    @Inject
    @ConfigProperty(name = "outrider.webhooks.backlog-max", defaultValue = "100000")
    long backlogMax;

    @Inject
    @ConfigProperty(name = "outrider.webhooks.trigger-pause-secs", defaultValue = "10")
    int triggerPauseSecs;

    @Inject
    @ConfigProperty(name = "outrider.webhooks.orphan-secs", defaultValue = "3600")
    int orphanSecs;

    /** How long a body may take to arrive. */
    public int bodyTimeoutSecs() {
        return bodyTimeoutSecs;
    }

    public int bodyMaxBytes() {
        return bodyMaxBytes;
    }
}
