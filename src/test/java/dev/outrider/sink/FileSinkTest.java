package dev.outrider.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.Acknowledgements;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Engine;
import dev.outrider.store.PageCommit;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class FileSinkTest {
    private static final StreamKey KEY = new StreamKey("acme", "scans", "files");

    @Parameter
    Engine engine;

    @TempDir
    Path folder;

    private Store store;
    private FileSink sink;

    @BeforeEach
    void open() throws Exception {
        store = engine.store(folder);
        sink = new FileSink(store, 1 << 20);
        sink.open();
    }

    @AfterEach
    void close() throws Exception {
        sink.close();
    }

    @Test
    void cutsOffWhatACrashLeftUncommitted() throws Exception {
        store(lines("a", "b"), page(1));
        Files.writeString(sink.file(), "c\nhalf a li", StandardOpenOption.APPEND);

        restart();

        assertThat(sink.file()).hasContent("a\nb\n");
        store(lines("c"), page(2));
        assertThat(sink.file()).hasContent("a\nb\nc\n");
    }

    @Test
    void keepsNoLineOfAPageWhoseCommitFails() {
        store(lines("a"), page(1));
        // The same page of the same unit a second time breaks the store's primary key.
        assertThatThrownBy(() -> store(lines("a"), page(1))).hasMessageContaining("state store failed");

        assertThat(sink.file()).hasContent("a\n");
        store(lines("b"), page(2));
        assertThat(sink.file()).hasContent("a\nb\n");
    }

    @Test
    void storesNoPageBehindOneOfItsRunThatFailed() {
        var run = new Acknowledgements();
        store(lines("a"), page(1));
        take(lines("again"), page(1), run, () -> {});

        assertThatThrownBy(() -> {
                    for (int number = 2; number < 1000; number++) {
                        take(lines("behind"), page(number), run, () -> {});
                    }
                    run.settle();
                })
                .hasMessageContaining("state store failed");

        assertThatThrownBy(run::settle).hasMessageContaining("state store failed");
        assertThat(sink.file()).hasContent("a\n");
        assertThat(store.state().cursor(KEY))
                .hasValueSatisfying(
                        cursor -> assertThat(cursor.path("page").asInt()).isEqualTo(1));
    }

    @Test
    void storesTheOtherRunsPagesBesideOneThatFails() {
        var bad = new Acknowledgements();
        var good = new Acknowledgements();
        var stored = new AtomicInteger();
        store(lines("a"), page(1));

        for (int number = 2; number < 200; number++) {
            take(lines("g" + number), page(number), good, stored::incrementAndGet);
            if (number == 100) {
                take(lines("bad"), page(1), bad, stored::incrementAndGet);
            }
        }
        good.settle();

        assertThatThrownBy(bad::settle).hasMessageContaining("state store failed");
        assertThat(stored).hasValue(198);
        assertThat(sink.file()).content().doesNotContain("bad").hasLineCount(199);
    }

    @Test
    void storesPagesHandedTogetherThatComeBeforeOneOfARunThatFailed() {
        var bad = new Acknowledgements();
        var good = new Acknowledgements();
        store(lines("a"), page(1));
        take(lines("again"), page(1), bad, () -> {});
        assertThatThrownBy(bad::settle).hasMessageContaining("state store failed");

        assertThatThrownBy(() -> sink.store(List.of(
                        due(lines("b"), page(2), good), due(lines("c"), page(3), bad), due(lines("d"), page(4), good))))
                .hasMessageContaining("state store failed");
        good.settle();

        assertThat(sink.file()).hasContent("a\nb\n");
    }

    @Test
    void countsAPageOnceEvenWhereCountingItFails() {
        var run = new Acknowledgements();
        take(lines("a"), page(1), run, () -> {
            throw new IllegalStateException("metrics");
        });
        run.settle();

        assertThat(sink.file()).hasContent("a\n");
    }

    @Test
    void storesWhatItTookBeforeItCloses() throws Exception {
        var run = new Acknowledgements();
        for (int number = 1; number <= 50; number++) {
            take(lines("line"), page(number), run, () -> {});
        }
        sink.close();

        run.settle();
        assertThat(sink.file()).content().hasLineCount(50);
    }

    @Test
    void movesTheCursorOnlyWithThePage() {
        store(lines("a"), page(1));

        assertThat(store.state().cursor(KEY))
                .hasValueSatisfying(
                        cursor -> assertThat(cursor.path("page").asInt()).isEqualTo(1));
        assertThatThrownBy(() -> store(
                        lines("x"),
                        page(1, new DeadLetter(null, KEY, "", "", "", 1, "", "", null, null, Instant.EPOCH))))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.state().cursor(KEY))
                .hasValueSatisfying(
                        cursor -> assertThat(cursor.path("page").asInt()).isEqualTo(1));
    }

    @Test
    void rotatesBySizeBetweenPagesAndLosesNothing() throws Exception {
        sink.close();
        sink = new FileSink(store, 10);
        sink.open();
        for (int i = 1; i <= 6; i++) {
            store(lines("line" + i), page(i));
        }
        restart();

        assertThat(folder.resolve("records-000001.ndjson")).hasContent("line1\nline2\n");
        assertThat(folder.resolve("records-000002.ndjson")).hasContent("line3\nline4\n");
        assertThat(folder.resolve("records-000003.ndjson")).hasContent("line5\nline6\n");
        assertThat(sink.file()).hasContent("");
    }

    @Test
    void finishesARotationThatACrashCutInTwo() throws Exception {
        store(lines("a"), page(1));
        sink.close();
        Files.move(sink.file(), folder.resolve("records-000001.ndjson"));

        sink = new FileSink(store, 10);
        sink.open();
        store(lines("b"), page(2));

        assertThat(folder.resolve("records-000001.ndjson")).hasContent("a\n");
        assertThat(sink.file()).hasContent("b\n");
    }

    @Test
    void goesOnInANewFileWhenSomebodyMovedTheOld() throws Exception {
        store(lines("a"), page(1));
        Files.move(sink.file(), folder.resolve("taken"));

        store(lines("b"), page(2));

        assertThat(folder.resolve("taken")).hasContent("a\n");
        assertThat(sink.file()).hasContent("b\n");
    }

    @Test
    void passesOverANameThatSomebodyTookWhenItRotates() throws Exception {
        sink.close();
        Files.createDirectory(folder.resolve("records-000001.ndjson"));
        sink = new FileSink(store, 2);
        sink.open();
        store(lines("a"), page(1));
        store(lines("b"), page(2));

        assertThat(folder.resolve("records-000002.ndjson")).hasContent("a\n");
        assertThat(folder.resolve("records-000003.ndjson")).hasContent("b\n");
    }

    @Test
    void putsNoLineBehindAHalfOneThatSomebodyLeft() throws Exception {
        store(lines("a", "bcd"), page(1));
        sink.close();
        Files.writeString(sink.file(), "a\nbc");

        restart();
        store(lines("e"), page(2));

        assertThat(sink.file()).hasContent("a\ne\n");
    }

    @Test
    void storesAPageWithoutRecordsToo() {
        store(List.of(), page(1));

        assertThat(store.state().cursor(KEY)).isPresent();
        assertThat(sink.file()).hasContent("");
    }

    @Test
    void keepsRecordsThatWereWrittenWithAnotherState() throws Exception {
        store(lines("a"), page(1));
        sink.close();
        Files.createDirectories(folder.resolve("other"));
        Files.copy(sink.file(), folder.resolve("other/records.ndjson"));

        sink = new FileSink(engine.store(folder.resolve("other")), 1 << 20);
        sink.open();
        store(lines("b"), page(1));

        assertThat(sink.file()).hasContent("b\n");
        assertThat(folder.resolve("other/records-000001.ndjson")).hasContent("a\n");
    }

    private void restart() throws Exception {
        sink.close();
        sink = new FileSink(store, 1 << 20);
        sink.open();
    }

    /** As a run does whose only page it is. */
    private void store(List<byte[]> lines, PageCommit page) {
        var run = new Acknowledgements();
        take(lines, page, run, () -> {});
        run.settle();
    }

    private void take(List<byte[]> lines, PageCommit page, Acknowledgements run, Runnable stored) {
        sink.store(List.of(new FileSink.Due(lines, page, run, stored)));
    }

    private static FileSink.Due due(List<byte[]> lines, PageCommit page, Acknowledgements run) {
        return new FileSink.Due(lines, page, run, () -> {});
    }

    private static List<byte[]> lines(String... texts) {
        return Arrays.stream(texts)
                .map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static PageCommit page(int number, DeadLetter... letters) {
        var cursor = JsonNodeFactory.instance.objectNode().put("page", number);
        return new PageCommit(KEY, "unit", number, cursor, List.of(), null, false, new byte[16], List.of(letters));
    }
}
