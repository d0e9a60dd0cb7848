package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Settings settings = FakeTargets.settings();
    private final Backlog backlog = new Backlog(settings);

    @Test
    void isFullOfFewLargeDeliveriesAsOfManySmallOnes() {
        backlog.add(settings.backlogMaxBytes() / 2);
        assertThat(backlog.half()).isTrue();
        assertThat(backlog.full()).isFalse();

        backlog.add(settings.backlogMaxBytes() / 2);
        assertThat(backlog.full()).isTrue();

        backlog.remove(1);
        assertThat(backlog.full()).isFalse();
    }

    @Test
    void hasRoomAgainOnceNothingWaits() {
        backlog.begin(settings.backlogMax(), settings.backlogMaxBytes());
        assertThat(backlog.full()).isTrue();

        backlog.correct(0);

        assertThat(backlog.full()).isFalse();
        assertThat(backlog.half()).isFalse();
    }
}
