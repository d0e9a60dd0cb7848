package dev.outrider.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.outrider.store.Deliveries.Accepted;
import dev.outrider.store.Deliveries.Claim;
import dev.outrider.store.Deliveries.Mark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final StreamKey EVENTS = new StreamKey("acme", "events", StreamKey.DELIVERIES);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
    }

    @Test
    void doNotTakeForAReplayWhatIsReadInAnotherWayBeforeTheFirstHasLedToSomething() {
        assertThat(accept("u", "event a", 0)).isEqualTo(Accepted.FRESH);
        assertThat(accept("u", "event a", 1)).isEqualTo(Accepted.REPLAYED);
        assertThat(accept("u", "event b", 1)).isEqualTo(Accepted.READ_OTHERWISE);

        end(Mark.GOES);
        assertThat(accept("u", "event b", 2)).isEqualTo(Accepted.FRESH);

        end(Mark.IS_PUT);
        assertThat(accept("u", "event c", 3)).isEqualTo(Accepted.REPLAYED);
    }

    @Test
    void healTheDeadLettersOfAnEarlierTimeOnceTheyWentWell() {
        letter("old", "u", 0);
        letter("other", "v", 0);
        accept("u", "", 1);
        letter("new", "u", 2);

        end(Mark.IS_PUT);

        assertThat(ids()).containsExactly("other", "new");
    }

    @Test
    void keepTheDeadLettersOfWhatFailedAgain() {
        letter("old", "u", 0);
        accept("u", "", 1);

        end(Mark.GOES);

        assertThat(store.deadLetters().find("old")).isPresent();
    }

    @Test
    void keepOfDeadLettersOnlyThoseOfItemsThatFailedAgain() {
        letter("well", "u", 0);
        letter("again", "u", 0);
        accept("u", "", 1);
        letter("again", "u", 2);

        end(true, Mark.STAYS);

        assertThat(ids()).containsExactly("again");
        assertThat(store.deadLetters().oldest()).contains(T0.plusSeconds(2));
    }

    @Test
    void healWhatFailedBeforeTheirOriginalIsReplayed() {
        accept("u", "", 1);
        letter("item", "u", 2);
        end(true, Mark.GOES);
        letter("whole", "u", 3);

        assertThat(store.deliveries().again(EVENTS, "u", "whole")).isTrue();
        end(Mark.IS_PUT);

        assertThat(ids()).isEmpty();
    }

    @Test
    void areReplaysOnceADeadLetterOfTheirsIsSentAgain() {
        assertThat(store.deliveries().claim(EVENTS, "u")).isEqualTo(Claim.MADE);
        assertThat(store.deliveries().claim(EVENTS, "u")).isEqualTo(Claim.KNOWN);
        assertThat(accept("u", "", 1)).isEqualTo(Accepted.REPLAYED);

        accept("v", "", 1);
        assertThat(store.deliveries().claim(EVENTS, "v")).isEqualTo(Claim.WAITS);
    }

    private List<String> ids() {
        return store.deadLetters().ids(DeadLetters.Filter.ALL, 10);
    }

    @Test
    void areReplayedInTheOrderInWhichTheyCameWhereTheyFailedInTheSameMoment() {
        accept("u", "", 1);
        accept("v", "", 1);
        end(true, Mark.GOES);
        letter("b", "u", 2);
        letter("a", "v", 2);
        letter("c", "of no delivery", 1);

        assertThat(store.deadLetters().ids(DeadLetters.Filter.ALL, 10)).containsExactly("c", "b", "a");
    }

    private Accepted accept(String unit, String reading, int second) {
        return Accepting.one(store, unit, reading, T0.plusSeconds(second));
    }

    private void end(Mark mark) {
        end(false, mark);
    }

    private void end(boolean failed, Mark mark) {
        Accepting.end(store, 10, failed, mark);
    }

    private void letter(String id, String unit, int second) {
        store.deadLetters()
                .put(new DeadLetter(
                        id, EVENTS, "j", unit, unit, 1, "no", "no", new TextNode("x"), "m", T0.plusSeconds(second)));
    }
}
