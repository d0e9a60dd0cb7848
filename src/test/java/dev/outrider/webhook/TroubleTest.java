package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TroubleTest {
    private static final long LATER = TimeUnit.SECONDS.toNanos(31);

    private final Trouble trouble = new Trouble();

    @Test
    void isToldOnceItHasLastedForHalfAMinute() {
        long now = System.nanoTime();
        trouble.met("the disk is full");
        trouble.met("the disk is still full");

        assertThat(trouble.lasting()).isEmpty();
        assertThat(trouble.lasting(now + LATER)).contains("the disk is still full");
    }

    @Test
    void isForgottenOnceItGoesWell() {
        trouble.met("the disk is full");
        trouble.over();

        assertThat(trouble.lasting(System.nanoTime() + LATER)).isEmpty();
    }
}
