package dev.outrider.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.outrider.store.DeadLetters.Filter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class RetentionTest {
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");
    private static final StreamKey EVENTS = new StreamKey("acme", "events", "deliveries");

    @Parameter
    Engine engine;

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = engine.store(folder);
    }

    @Test
    void findsDeadLettersByIntegrationStreamCodeAndTime() {
        letter("a", EVENTS, "mapping.failed", 1, 10);
        letter("b", EVENTS, "webhook.unreadable", 2, 10);
        letter("c", new StreamKey("acme", "scans", "files"), "mapping.failed", 3, 10);

        assertThat(ids(new Filter("events", null, null, null))).containsExactly("a", "b");
        assertThat(ids(new Filter(null, "files", null, null))).containsExactly("c");
        assertThat(ids(new Filter(null, null, "mapping.failed", null))).containsExactly("a", "c");
        assertThat(ids(new Filter(null, null, null, T0.plusSeconds(2)))).containsExactly("b", "c");
        assertThat(store.deadLetters().count(new Filter("events", null, "mapping.failed", null)))
                .isEqualTo(1);
        assertThat(store.deadLetters().list(Filter.ALL, 1).get(0).id()).isEqualTo("c");
    }

    @Test
    void givesUpOldDeadLettersAndThenTheOldestAboveTheSize() {
        for (int n = 1; n <= 5; n++) {
            letter("l" + n, EVENTS, "mapping.failed", n, 91);
        }

        assertThat(store.deadLetters().purge(T0.plusSeconds(2), 1000)).isEqualTo(1);
        assertThat(store.deadLetters().purge(T0, 250)).isEqualTo(2);
        assertThat(ids(Filter.ALL)).containsExactly("l4", "l5");
        assertThat(store.deadLetters().keptBytes()).as("items and texts").isEqualTo(200);
        assertThat(store.deadLetters().oldest()).contains(T0.plusSeconds(4));
    }

    @Test
    void countsTheTextsOfLettersThatHaveNoItem() {
        for (int n = 1; n <= 3; n++) {
            var why = "x".repeat(91);
            store.deadLetters()
                    .put(new DeadLetter(
                            "l" + n,
                            EVENTS,
                            "job",
                            "u",
                            "u",
                            0,
                            "webhook.unreadable",
                            why,
                            null,
                            null,
                            T0.plusSeconds(n)));
        }

        assertThat(store.deadLetters().keptBytes()).isEqualTo(294);
        assertThat(store.deadLetters().purge(T0, 250)).isEqualTo(1);
        assertThat(ids(Filter.ALL)).containsExactly("l2", "l3");
    }

    @Test
    void givesUpOriginalsButNeverADeliveryThatWaits() {
        for (int n = 1; n <= 4; n++) {
            accept(n);
        }
        end(3, true, Deliveries.Mark.STAYS);

        assertThat(store.originals().purge(T0.plusSeconds(2), 10)).isEqualTo(2);
        assertThat(store.originals().bytes()).isEqualTo(10);
        assertThat(store.deliveries().pending()).isEqualTo(1);
    }

    @Test
    void keepsAnOriginalAsLongAsALetterNeedsIt() {
        for (int n = 1; n <= 3; n++) {
            accept(n);
        }
        end(3, true, Deliveries.Mark.STAYS);
        letter("first", EVENTS, "u1");
        letter("of another page", new StreamKey("acme", "events", "alerts"), "u1");
        letter("second", EVENTS, "u2");
        letter("of another integration", new StreamKey("acme", "others", "deliveries"), "u3");
        letter("of another tenant", new StreamKey("umbrella", "events", "deliveries"), "u3");

        store.originals().free();
        assertThat(kept("u3")).as("no letter of its own is left").isFalse();

        assertThat(store.deadLetters().remove("first")).isTrue();
        assertThat(kept("u1")).as("another letter needs it").isTrue();
        store.originals().free();
        assertThat(kept("u1")).isTrue();

        store.deadLetters().remove("of another page");
        assertThat(kept("u1")).as("its last letter is gone").isFalse();
        assertThat(kept("u2")).isTrue();
        assertThat(store.deadLetters().remove("first")).isFalse();
    }

    private boolean kept(String unit) {
        return store.originals().of(EVENTS, unit).isPresent();
    }

    @Test
    void forgetsMarksOfDeliveriesByTimeAndNoOtherStreams() {
        accept(1);
        accept(2);
        end(2, false, Deliveries.Mark.IS_PUT);
        accept(0);
        var files = new StreamKey("acme", "scans", "files");
        var old = new Seen("old", T0, "u");
        store.state().see(EVENTS, List.of(old, new Seen("new", T0.plusSeconds(2), "u")));
        store.state().see(files, List.of(old));

        store.deliveries().forget(T0.plusSeconds(2));

        assertThat(store.state().seen(EVENTS, "old")).isEmpty();
        assertThat(store.state().seen(EVENTS, "new")).isPresent();
        assertThat(store.state().seen(files, "old")).isPresent();
        assertThat(accept(2)).as("still known").isFalse();
        assertThat(accept(1)).as("forgotten").isTrue();
        assertThat(accept(0)).as("it waits").isFalse();
    }

    private void end(int count, boolean failed, Deliveries.Mark mark) {
        Accepting.end(store, count, failed, mark);
    }

    private List<String> ids(Filter filter) {
        return store.deadLetters().ids(filter, 10);
    }

    private void letter(String id, StreamKey key, String unit) {
        letter(id, key, unit, "mapping.failed", 1, 10);
    }

    private void letter(String id, StreamKey key, String code, int second, int length) {
        letter(id, key, "u", code, second, length);
    }

    private void letter(String id, StreamKey key, String unit, String code, int second, int length) {
        store.deadLetters()
                .put(new DeadLetter(
                        id,
                        key,
                        "j",
                        unit,
                        unit,
                        1,
                        code,
                        "no",
                        new TextNode("x".repeat(length)),
                        "m",
                        T0.plusSeconds(second)));
    }

    private boolean accept(int n) {
        return Accepting.one(store, "u" + n, "", T0.plusSeconds(n)) == Deliveries.Accepted.FRESH;
    }
}
