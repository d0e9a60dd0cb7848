package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
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
    void hasTheIntakeWaitWhileClearlyMoreThanHalfOfTheRoomIsTaken() throws Exception {
        backlog.begin(settings.backlogMax() / 2 + 1029, 0);
        var worker = new Thread(() -> {
            for (int left = 0; left < 6; left++) {
                LockSupport.parkNanos(2_000_000);
                backlog.remove(0);
            }
        });
        worker.start();

        backlog.awaitBalance();
        assertThat(backlog.count()).isLessThanOrEqualTo(settings.backlogMax() / 2 + 1023);
        worker.join();

        backlog.begin(settings.backlogMax(), 0);
        long began = System.nanoTime();
        backlog.awaitBalance();
        assertThat(System.nanoTime() - began).as("nothing leaves").isBetween(100_000_000L, 10_000_000_000L);
    }
}
