package dev.outrider.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of deliveries, {@code outrider.webhooks.*}. */
@ConfigMapping(prefix = "outrider.webhooks")
public interface Settings {
    @WithDefault("26214400")
    int bodyMaxBytes();

    /** How long a body may take to arrive. */
    @WithDefault("10")
    int bodyTimeoutSecs();

    /** From here on deliveries are refused. */
    @WithDefault("67108864")
    long inFlightHighBytes();

    /** Until here, once they are. */
    @WithDefault("33554432")
    long inFlightLowBytes();

    /** Accepted deliveries that may wait. */
    @WithDefault("250000")
    long backlogMax();

    /** The bytes of their bodies. */
    @WithDefault("1073741824")
    long backlogMaxBytes();

    /** Least time between two jobs that deliveries ask for, of one stream. */
    @WithDefault("10")
    int triggerPauseSecs();

    /** Jobs that are asked for until a stream is given up that none collects; each pause is twice the one before, up to ten minutes. */
    @WithDefault("10")
    int triggerTries();

    /** How long a delivery waits for an integration that is configured no more. */
    @WithDefault("3600")
    int orphanSecs();

    /** How long a replay is recognised. */
    @WithDefault("8")
    int seenDays();

    /** How long the originals of failed deliveries are kept. */
    @WithDefault("30")
    int keptDays();

    /** How much of them. */
    @WithDefault("1073741824")
    long keptMaxBytes();
}
