package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.store.Delivery;
import dev.outrider.webhook.Triggers.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Jobs that deliveries ask for: another one follows where one failed, and none is asked for in vain. */
class TriggersTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final Map<String, String> WELL = Map.of();

    private record Job(List<String> streams, CompletableFuture<Map<String, String>> end) {}

    private final List<Job> jobs = new ArrayList<>();
    private boolean busy;
    private final FakeTargets targets = new FakeTargets(new WebhookSpec()) {
        @Override
        public Optional<CompletableFuture<Map<String, String>>> collect(WebhookTarget target, List<String> streams) {
            if (busy) {
                return Optional.empty();
            }
            jobs.add(new Job(streams, new CompletableFuture<>()));
            return Optional.of(last().end());
        }
    };
    private final Triggers triggers = new Triggers(targets, Duration.ofSeconds(10), 3);

    @Test
    void aDeliveryWaitsUntilAJobThatBeganAfterItEndedWell() {
        assertThat(place(0, 1)).isEqualTo(Place.WAITS);
        assertThat(place(0, 60)).isEqualTo(Place.WAITS);
        assertThat(place(30, 60)).as("the job may have begun before it came").isEqualTo(Place.WAITS);
        assertThat(jobs).hasSize(1);

        last().end().complete(WELL);

        assertThat(place(0, 61)).isEqualTo(Place.COVERED);
        assertThat(place(30, 61)).isEqualTo(Place.WAITS);
        assertThat(jobs).hasSize(2);
        last().end().complete(WELL);
        assertThat(place(30, 62)).isEqualTo(Place.COVERED);
    }

    @Test
    void betweenTwoJobsLiesAPause() {
        place(0, 1);
        last().end().complete(WELL);
        place(2, 3);
        assertThat(jobs).hasSize(1);

        place(2, 11);

        assertThat(jobs).hasSize(2);
    }

    @Test
    void anotherJobFollowsOneThatFailedLaterEachTimeUntilThatIsEnough() {
        place(0, 1);
        fail("users", "no permission");

        assertThat(place(0, 2)).isEqualTo(Place.WAITS);
        place(0, 11);
        assertThat(jobs).hasSize(1);
        place(0, 12);
        assertThat(jobs).hasSize(2);
        fail("users", "no permission");
        place(0, 13);
        place(0, 32);
        assertThat(jobs).as("twice as long").hasSize(2);
        place(0, 33);
        assertThat(jobs).hasSize(3);
        fail("users", "still none");

        var answer = triggers.answer(target(), delivery(0), List.of("users"), T0.plusSeconds(34));
        assertThat(answer.place()).isEqualTo(Place.GIVEN_UP);
        assertThat(answer.why()).contains("users").contains("still none");
        assertThat(place(35, 100)).as("one that came since").isEqualTo(Place.WAITS);
        assertThat(jobs).hasSize(4);
        last().end().complete(WELL);
        assertThat(place(35, 101)).isEqualTo(Place.COVERED);
    }

    @Test
    void onlyTheStreamThatFailedIsAskedForAgain() {
        place(0, 1, "users", "system-log");
        assertThat(last().streams()).containsExactly("users", "system-log");
        fail("users", "no permission");

        place(0, 2, "users", "system-log");
        place(0, 20, "users", "system-log");

        assertThat(last().streams()).containsExactly("users");
        assertThat(place(0, 21, "system-log")).isEqualTo(Place.COVERED);
    }

    @Test
    void whatCannotBeTakenNowIsAskedForAgain() {
        busy = true;
        assertThat(place(0, 1)).isEqualTo(Place.WAITS);
        busy = false;

        place(0, 2);

        assertThat(jobs).hasSize(1);
    }

    @Test
    void onlySoManyDeliveriesWaitByThemselves() {
        for (int n = 0; n < Triggers.WAITING_MAX; n++) {
            assertThat(triggers.await(delivery(n), List.of("users"))).isTrue();
        }

        assertThat(triggers.await(delivery(5000), List.of("users"))).isFalse();
        triggers.forget(delivery(0));
        assertThat(triggers.await(delivery(5000), List.of("users"))).isTrue();
    }

    private Job last() {
        return jobs.get(jobs.size() - 1);
    }

    private void fail(String stream, String why) {
        last().end().complete(Map.of(stream, why));
    }

    private Place place(int received, int now, String... streams) {
        var asked = streams.length == 0 ? List.of("users") : List.of(streams);
        return triggers.answer(target(), delivery(received), asked, T0.plusSeconds(now))
                .place();
    }

    private WebhookTarget target() {
        return targets.find("events").orElseThrow();
    }

    private static Delivery delivery(int received) {
        return new Delivery(
                received, "acme", "events", "unit" + received, "", "{}", new byte[0], T0.plusSeconds(received));
    }
}
