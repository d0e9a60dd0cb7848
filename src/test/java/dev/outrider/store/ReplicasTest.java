package dev.outrider.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one PostgreSQL. */
class ReplicasTest {
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path folder;

    private Store one;
    private Store other;

    @BeforeEach
    void open() {
        one = TestStore.in(folder.resolve("one"), postgres);
        other = TestStore.in(folder.resolve("other"), postgres);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void knowsADeliveryThatAnotherReplicaAccepted() {
        assertThat(accept(one, "a")).isTrue();
        assertThat(accept(other, "a")).as("it waits").isFalse();

        one.deliveries()
                .queues()
                .get(0)
                .done(List.of(done(Accepting.waiting(one).get(0))));

        assertThat(one.deliveries().pending()).isZero();
        assertThat(accept(other, "a")).as("it is in the sink").isFalse();
    }

    @Test
    void letsOneReplicaAtATimeSendADeadLetterAgain() {
        letter("a");

        assertThat(one.deadLetters().claim("a")).isPresent();
        assertThat(other.deadLetters().claim("a")).as("one is at it").isEmpty();
        other.deadLetters().release("a");
        assertThat(other.deadLetters().claim("a")).as("one still is").isEmpty();

        one.deadLetters().release("a");
        assertThat(other.deadLetters().claim("a")).isPresent();
        other.deadLetters().remove("a");
        assertThat(one.deadLetters().claim("a")).as("it is gone").isEmpty();
    }

    @Test
    void leavesADeadLetterOfAReplicaThatDiedToTheOthers() {
        letter("a");
        assertThat(one.deadLetters().claim("a")).isPresent();

        assertThat(other.deadLetters().claim("a")).isEmpty();
        expire(one);
        replica(other).adopt();

        assertThat(other.deadLetters().claim("a")).isPresent();
    }

    @Test
    void acceptsADeliveryOnceThoughReplicasGetManyAtTheSameTime() throws Exception {
        var fresh = new AtomicInteger();
        var senders = IntStream.range(0, 6)
                .mapToObj(sender -> new Thread(() -> {
                    var store = sender % 2 == 0 ? one : other;
                    for (int round = 0; round < 5; round++) {
                        long first = 1 + sender * 10_000L + round * 100L;
                        int from = sender * 7;
                        int begin = round * 50;
                        var group = IntStream.range(0, 50)
                                .mapToObj(n -> delivery(first + n, "u" + (begin + (from + n) % 50)))
                                .toList();
                        for (var is : store.deliveries().accept(group)) {
                            fresh.addAndGet(is == Deliveries.Accepted.FRESH ? 1 : 0);
                        }
                    }
                }))
                .toList();
        senders.forEach(Thread::start);
        for (var sender : senders) {
            sender.join();
        }

        assertThat(fresh).hasValue(250);
        assertThat(one.deliveries().pending() + other.deliveries().pending()).isEqualTo(250);
    }

    @Test
    void givesEachReplicaItsOwnDeliveries() {
        accept(one, "a");
        accept(other, "b");

        assertThat(units(one)).containsExactly("a");
        assertThat(units(other)).containsExactly("b");
        assertThat(one.deliveries().adopted(Accepting.waiting(one).get(0))).isFalse();
    }

    @Test
    void countsDeliveriesByNumbersThatNoOtherReplicaHas() {
        long mine = one.deliveries().first();
        long others = other.deliveries().first();

        assertThat(mine % Deliveries.STEP).isNotEqualTo(others % Deliveries.STEP);
    }

    @Test
    void takesOverWhatADeadReplicaOwned() {
        accept(one, "a");
        one.replica().begin("scans", "j1");
        one.jobs().put(new Jobs.Stored("j1", "acme", "scans", "running", T0, null, false, "{}"));
        expire(one);

        assertThat(replica(other).adopt()).isEqualTo(1);

        assertThat(units(other)).containsExactly("a");
        assertThat(other.deliveries().adopted(Accepting.waiting(other).get(0))).isTrue();
        assertThat(other.jobs().unfinished()).extracting(Jobs.Unfinished::id).containsExactly("j1");
        assertThat(other.replica().begin("scans", "j2")).isTrue();
    }

    @Test
    void takesOverNothingFromALivingReplica() {
        accept(one, "a");
        expire(one);
        replica(one).renew();

        assertThat(replica(other).adopt()).isZero();
        assertThat(units(one)).containsExactly("a");
    }

    @Test
    void storesNothingOnceItWasTakenForDead() {
        accept(one, "a");
        var mine = Accepting.waiting(one).get(0);
        expire(one);
        replica(other).adopt();

        assertThatThrownBy(() -> accept(one, "b")).hasMessageContaining("another replica took over");
        assertThatThrownBy(() -> one.deliveries().queues().get(0).done(List.of(done(mine))))
                .hasMessageContaining("another replica took over");
        assertThatThrownBy(() -> one.replica().begin("scans", "j")).hasMessageContaining("another replica took over");
        assertThat(replica(one).renew()).isFalse();
        assertThat(replica(one).adopt()).isZero();
    }

    @Test
    void isToldThatItWasTakenForDead() {
        var third = TestStore.in(folder.resolve("third"), postgres, 1);
        var lost = new AtomicInteger();
        third.replica().serve(() -> {}, lost::incrementAndGet);
        expire(third);
        replica(other).adopt();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lost.get() == 1);
        third.close();
    }

    @Test
    void takesOverByItselfWithinTwoLeases() {
        var third = TestStore.in(folder.resolve("third"), postgres, 1);
        var beats = new AtomicInteger();
        third.replica().serve(beats::incrementAndGet, () -> {});
        accept(one, "a");
        one.close();

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(units(third))
                .containsExactly("a"));
        assertThat(beats).hasPositiveValue();
        third.close();
    }

    @Test
    void goesOnWithWhatItLeftItself() {
        accept(one, "a");
        one.close();

        one = TestStore.in(folder.resolve("one"), postgres);

        assertThat(units(one)).containsExactly("a");
    }

    @Test
    void runsOneJobOfAnIntegrationAtATime() {
        assertThat(one.replica().begin("scans", "j1")).isTrue();
        assertThat(other.replica().begin("scans", "j2")).isFalse();
        assertThat(other.replica().begin("another", "j3")).isTrue();
        assertThat(other.replica().busyElsewhere("scans")).isTrue();
        assertThat(one.replica().busyElsewhere("scans")).isFalse();

        one.replica().end("j1");

        assertThat(other.replica().begin("scans", "j2")).isTrue();
    }

    @Test
    void doesWhatIsDueOnce() {
        assertThat(one.replica().due("scans 1h", T0, HOUR)).isTrue();
        assertThat(other.replica().due("scans 1h", T0.plusSeconds(5), HOUR)).isFalse();
        assertThat(one.replica().due("scans 1h", T0.plusSeconds(3599), HOUR)).isFalse();
        assertThat(other.replica().due("scans 1h", T0.plusSeconds(3650), HOUR)).isTrue();
        assertThat(one.replica().due("scans 1h", T0.plusSeconds(7199), HOUR)).isFalse();
        assertThat(one.replica().due("scans 1h", T0.plusSeconds(7200), HOUR))
                .as("what was late makes nothing else late")
                .isTrue();
    }

    @Test
    void doesWhatACronExpressionHasDueOnce() {
        assertThat(one.replica().due("scans 0 * * * *", T0, null)).isTrue();
        assertThat(other.replica().due("scans 0 * * * *", T0, null)).isFalse();
        assertThat(other.replica().due("scans 0 * * * *", T0.plusSeconds(1), null))
                .isTrue();
    }

    private void letter(String id) {
        one.deadLetters()
                .put(new DeadLetter(
                        id,
                        new StreamKey("acme", "events", StreamKey.DELIVERIES),
                        "j",
                        "u",
                        "u",
                        1,
                        "mapping.failed",
                        "no",
                        new TextNode("x"),
                        "m",
                        T0));
    }

    private static SharedReplica replica(Store store) {
        return (SharedReplica) store.replica();
    }

    private void expire(Store store) {
        postgres.expire(store.replica().number());
    }

    private static List<String> units(Store store) {
        return Accepting.waiting(store).stream().map(Delivery::unit).toList();
    }

    private static boolean accept(Store store, String unit) {
        return store.deliveries().accept(List.of(delivery(store.deliveries().first(), unit)))[0]
                == Deliveries.Accepted.FRESH;
    }

    private static Delivery delivery(long seq, String unit) {
        return new Delivery(seq, "acme", "events", unit, "", "{}", new byte[10], T0);
    }

    private static Deliveries.Done done(Delivery delivery) {
        return new Deliveries.Done(delivery, false, Deliveries.Mark.IS_PUT);
    }
}
