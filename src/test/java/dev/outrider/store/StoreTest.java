package dev.outrider.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class StoreTest {
    private static final StreamKey FILES = new StreamKey("acme", "scans", "files");
    private static final StreamKey OTHERS = new StreamKey("umbrella", "scans", "files");

    @Parameter
    Engine engine;

    @TempDir
    Path folder;

    @Test
    void keepsPageCursorSeenAndLettersTogether() {
        var store = engine.store(folder);
        var letter =
                new DeadLetter("l1", FILES, "j1", "u1", "a.nessus", 1, "file.cut", "cut", null, null, Instant.EPOCH);
        var cursor = JsonNodeFactory.instance.objectNode().put("items", 7);
        var commit = new PageCommit(
                FILES,
                "u1",
                1,
                cursor,
                List.of(new Seen("a", Instant.EPOCH, "u1")),
                new Marks(Instant.EPOCH, new byte[32]),
                false,
                new byte[16],
                List.of(letter));

        store.state().commit(List.of(commit), transaction -> SinkStates.put(transaction, "file", "{}"));

        assertThat(store.state().cursor(FILES)).contains(cursor);
        assertThat(store.state().seen(FILES, "a")).isPresent();
        assertThat(store.state().emitted(FILES, "u1")).hasSize(1);
        assertThat(store.state().marks(FILES, "another")).hasSize(1);
        assertThat(store.state().marks(FILES, "u1")).isEmpty();
        assertThat(store.deadLetters().find("l1")).contains(letter);
        assertThat(store.sinkStates().of("file")).contains("{}");
    }

    @Test
    void keepsNothingOfAPageWhenOnePartFails() {
        var store = engine.store(folder);
        var commit = new PageCommit(
                FILES,
                "u1",
                1,
                JsonNodeFactory.instance.objectNode(),
                List.of(new Seen("a", Instant.EPOCH, "u1")),
                new Marks(Instant.EPOCH, new byte[32]),
                false,
                new byte[16],
                List.of());

        assertThatThrownBy(() -> store.state().commit(List.of(commit), connection -> {
                    throw new IllegalStateException("the sink");
                }))
                .hasMessage("the sink");

        assertThat(store.state().cursor(FILES)).isEmpty();
        assertThat(store.state().seen(FILES, "a")).isEmpty();
        assertThat(store.state().emitted(FILES, "u1")).isEmpty();
        assertThat(store.state().marks(FILES, "another")).isEmpty();
    }

    @Test
    void keepsNothingOfWhatAnErrorBrokeOff() {
        var store = engine.store(folder);
        var seen = List.of(new Seen("a", Instant.EPOCH, "u1"));
        var commit = new PageCommit(FILES, "u1", 1, null, seen, null, true, new byte[16], List.of());

        assertThatThrownBy(() -> store.state().commit(List.of(commit), connection -> {
                    throw new StackOverflowError("the sink");
                }))
                .hasMessage("the sink");

        assertThat(store.state().seen(FILES, "a")).isEmpty();
        store.state().commit(List.of(commit), connection -> {});
        assertThat(store.state().seen(FILES, "a")).isPresent();
    }

    @Test
    void showsNoTenantTheStateOfAnother() {
        var store = engine.store(folder);
        store.state().cursor(FILES, JsonNodeFactory.instance.objectNode().put("items", 1));
        store.state().see(FILES, List.of(new Seen("a", Instant.EPOCH, "u")));

        assertThat(store.state().cursor(OTHERS)).isEmpty();
        assertThat(store.state().seen(OTHERS, "a")).isEmpty();
    }

    @Test
    void forgetsOnlyWhatIsOlderThanTheLookBack() {
        var store = engine.store(folder);
        store.state()
                .see(
                        FILES,
                        List.of(
                                new Seen("old", Instant.ofEpochSecond(10), "u"),
                                new Seen("new", Instant.ofEpochSecond(20), "u")));

        assertThat(store.state().pruneSeen(FILES, Instant.ofEpochSecond(20))).isEqualTo(1);

        var left = new ArrayList<String>();
        store.state().eachSeen(FILES, seen -> left.add(seen.identity()));
        assertThat(left).containsExactly("new");
    }

    @Test
    void refusesAFolderThatAnotherHolds() {
        engine.store(folder);

        assertThatThrownBy(() -> engine.store(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another Outrider works in")
                .hasMessageContaining("OUTRIDER_DATA");
    }
}
