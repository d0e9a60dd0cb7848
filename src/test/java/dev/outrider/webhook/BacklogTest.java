package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
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

    @Test
    void hasTheIntakeWaitWhileClearlyMoreThanHalfOfTheRoomIsTaken() {
        backlog.begin(settings.backlogMax() / 2 + 1024, 0);
        assertThat(waited()).isGreaterThanOrEqualTo(100_000_000);

        backlog.remove(0);
        // A busy machine may take its time now and then, but not always.
        assertThat(IntStream.range(0, 50).mapToLong(round -> waited()).min().orElseThrow())
                .isLessThan(100_000_000);

        backlog.begin(0, settings.backlogMaxBytes() / 2 + (8 << 20));
        assertThat(waited()).isGreaterThanOrEqualTo(100_000_000);
    }

    private long waited() {
        long began = System.nanoTime();
        backlog.awaitBalance();
        return System.nanoTime() - began;
    }
}
