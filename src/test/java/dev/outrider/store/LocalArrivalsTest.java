package dev.outrider.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.store.Deliveries.Accepted;
import dev.outrider.store.Deliveries.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries of a process that has its folder to itself. */
class LocalArrivalsTest {
    private static final StreamKey EVENTS = new StreamKey("acme", "events", StreamKey.DELIVERIES);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void waitOnceEachAfterARestartWhetherTriedOrNot() {
        accept("done", "left", "untried");
        var journal = store.deliveries().queues().get(1);
        var read = journal.next(Set.of(), 2, 1000);
        journal.done(List.of(new Deliveries.Done(read.get(0), false, Mark.IS_PUT)));
        journal.leave(List.of(read.get(1)));

        restart();

        assertThat(waiting()).containsExactly("left", "untried");
        assertThat(store.deliveries().pending()).isEqualTo(2);
        assertThat(store.deliveries().pendingBytes()).isEqualTo(20);
        for (var unit : List.of("done", "left", "untried")) {
            assertThat(accept(unit)).as(unit).containsExactly(Accepted.REPLAYED);
        }
    }

    @Test
    void areReadAgainWhereACrashCameBeforeTheirEnd() {
        accept("a", "b");
        var journal = store.deliveries().queues().get(1);
        journal.done(List.of(new Deliveries.Done(journal.next(Set.of(), 1, 1000).get(0), false, Mark.IS_PUT)));

        restart();

        assertThat(waiting()).containsExactly("a", "b");
        assertThat(store.state().seen(EVENTS, List.of("a", "b"))).containsExactly("a");
    }

    @Test
    void areTriedInTheOrderOfTheirArrivalThoughSomeMovedIntoTheStore() {
        accept("a", "b");
        var journal = store.deliveries().queues().get(1);
        journal.leave(journal.next(Set.of(), 2, 1000));
        accept("c");

        assertThat(waiting()).containsExactly("a", "b", "c");
    }

    @Test
    void areNotEvenReadWhileTheirIntegrationIsHeld() {
        accept("a", "b");
        var journal = store.deliveries().queues().get(1);
        journal.leave(journal.next(Set.of(), 2, 1000));
        var moved = store.deliveries().queues().get(0);

        assertThat(moved.next(Set.of("events"), 10, 1000)).isEmpty();
        assertThat(moved.next(Set.of("others"), 1, 1000))
                .extracting(Delivery::unit)
                .containsExactly("a");
        assertThat(moved.next(Set.of("others"), 10, 1000))
                .extracting(Delivery::unit)
                .containsExactly("b");
    }

    @Test
    void areCountedOnAboveThoseThatWait() {
        long ahead = Instant.now().plus(Duration.ofDays(3650)).toEpochMilli() << 20;
        store.deliveries().accept(List.of(delivery(ahead, "a")));

        restart();

        assertThat(store.deliveries().first()).isGreaterThan(ahead);
    }

    @Test
    void areKnownByTheirMarksWhetherTheFilterHasReadThemOrNot() {
        accept("a", "b");
        Accepting.end(store, 2, false, Mark.IS_PUT);
        restart();

        assertThat(accept("a")).as("asked of the store").containsExactly(Accepted.REPLAYED);
        var filter = new MarkFilter(sql());
        assertThat(filter.mayHave(EVENTS, "new")).as("not read yet").isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !filter.mayHave(EVENTS, "new"));
        assertThat(filter.mayHave(EVENTS, "a")).isTrue();
        assertThat(filter.mayHave(EVENTS, "b")).isTrue();
        filter.add("c");
        assertThat(filter.mayHave(EVENTS, "c")).isTrue();
        assertThat(accept("b")).containsExactly(Accepted.REPLAYED);
    }

    @Test
    void areSeldomAskedForInVain() {
        var filter = new MarkFilter(sql());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !filter.mayHave(EVENTS, "any"));
        IntStream.range(0, 500_000).forEach(at -> filter.add("delivery:" + at));

        assertThat(IntStream.range(0, 500_000)).allMatch(at -> filter.mayHave(EVENTS, "delivery:" + at));
        assertThat(IntStream.range(500_000, 600_000)
                        .filter(at -> filter.mayHave(EVENTS, "delivery:" + at))
                        .count())
                .isLessThan(100);
    }

    @Test
    void arePassedOverByTheFilterOnceManyMarksAreForgotten() {
        var filter = new MarkFilter(sql());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !filter.mayHave(EVENTS, "any"));
        filter.add("old");

        filter.forgotten(3_000_000);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !filter.mayHave(EVENTS, "old"));
    }

    @Test
    void areNotAcceptedWhereTheirFileCannotBeWrittenAndMayComeAgain() throws IOException {
        var file = Files.writeString(folder.resolve("deliveries"), "in the way");
        assertThatThrownBy(() -> accept("a"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("see to the disk");

        Files.delete(file);
        assertThat(accept("a")).containsExactly(Accepted.FRESH);
        assertThat(waiting()).containsExactly("a");
    }

    @Test
    void ofANewerOutriderAreRefusedRatherThanMisread() {
        var bytes = DeliveryBytes.of(delivery(1, "a"));
        bytes[0]++;

        assertThatThrownBy(() -> DeliveryBytes.read(ByteBuffer.wrap(bytes)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 2");
    }

    private void restart() {
        store.close();
        store = TestStore.in(folder);
    }

    private Accepted[] accept(String... units) {
        var group = new ArrayList<Delivery>();
        for (var unit : units) {
            group.add(delivery(store.deliveries().last() + 1 + group.size(), unit));
        }
        return store.deliveries().accept(group);
    }

    private List<String> waiting() {
        return Accepting.waiting(store).stream().map(Delivery::unit).toList();
    }

    private Sql sql() {
        return Sql.oneAtATime(() -> TestStore.source(folder));
    }

    private static Delivery delivery(long seq, String unit) {
        return new Delivery(seq, "acme", "events", unit, "text/plain\n", "{}", new byte[10], Instant.EPOCH);
    }
}
