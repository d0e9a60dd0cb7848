package dev.outrider.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.PageCommit;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import dev.outrider.store.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    private static final StreamKey KEY = new StreamKey("acme", "scans", "files");

    @TempDir
    Path folder;

    private Store store;
    private FileSink sink;

    @BeforeEach
    void open() throws IOException {
        store = TestStore.in(folder);
        sink = new FileSink(store, 1 << 20);
        sink.open();
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    @Test
    void cutsOffWhatACrashLeftUncommitted() throws IOException {
        sink.store(lines("a", "b"), page(1));
        Files.writeString(sink.file(), "c\nhalf a li", StandardOpenOption.APPEND);

        restart();

        assertThat(sink.file()).hasContent("a\nb\n");
        sink.store(lines("c"), page(2));
        assertThat(sink.file()).hasContent("a\nb\nc\n");
    }

    @Test
    void keepsNoLineOfAPageWhoseCommitFails() {
        sink.store(lines("a"), page(1));
        // The same page of the same unit a second time breaks the store's primary key.
        assertThatThrownBy(() -> sink.store(lines("a"), page(1))).hasMessageContaining("state store failed");

        assertThat(sink.file()).hasContent("a\n");
        sink.store(lines("b"), page(2));
        assertThat(sink.file()).hasContent("a\nb\n");
    }

    @Test
    void movesTheCursorOnlyWithThePage() {
        sink.store(lines("a"), page(1));

        assertThat(store.state().cursor(KEY))
                .hasValueSatisfying(
                        cursor -> assertThat(cursor.path("page").asInt()).isEqualTo(1));
        assertThatThrownBy(() -> sink.store(
                        lines("x"),
                        page(1, new DeadLetter(null, KEY, "", "", "", 1, "", "", null, null, Instant.EPOCH))))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.state().cursor(KEY))
                .hasValueSatisfying(
                        cursor -> assertThat(cursor.path("page").asInt()).isEqualTo(1));
    }

    @Test
    void rotatesBySizeBetweenPagesAndLosesNothing() throws IOException {
        sink.close();
        sink = new FileSink(store, 10);
        sink.open();
        for (int i = 1; i <= 6; i++) {
            sink.store(lines("line" + i), page(i));
        }
        restart();

        assertThat(folder.resolve("records-000001.ndjson")).hasContent("line1\nline2\n");
        assertThat(folder.resolve("records-000002.ndjson")).hasContent("line3\nline4\n");
        assertThat(folder.resolve("records-000003.ndjson")).hasContent("line5\nline6\n");
        assertThat(sink.file()).hasContent("");
    }

    @Test
    void finishesARotationThatACrashCutInTwo() throws IOException {
        sink.store(lines("a"), page(1));
        sink.close();
        Files.move(sink.file(), folder.resolve("records-000001.ndjson"));

        sink = new FileSink(store, 10);
        sink.open();
        sink.store(lines("b"), page(2));

        assertThat(folder.resolve("records-000001.ndjson")).hasContent("a\n");
        assertThat(sink.file()).hasContent("b\n");
    }

    @Test
    void goesOnInANewFileWhenSomebodyMovedTheOld() throws IOException {
        sink.store(lines("a"), page(1));
        Files.move(sink.file(), folder.resolve("taken"));

        sink.store(lines("b"), page(2));

        assertThat(folder.resolve("taken")).hasContent("a\n");
        assertThat(sink.file()).hasContent("b\n");
    }

    @Test
    void storesAPageWithoutRecordsToo() {
        sink.store(List.of(), page(1));

        assertThat(store.state().cursor(KEY)).isPresent();
        assertThat(sink.file()).hasContent("");
    }

    private void restart() throws IOException {
        sink.close();
        sink = new FileSink(store, 1 << 20);
        sink.open();
    }

    private static List<byte[]> lines(String... texts) {
        return Arrays.stream(texts)
                .map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static PageCommit page(int number, DeadLetter... letters) {
        var cursor = JsonNodeFactory.instance.objectNode().put("page", number);
        return new PageCommit(KEY, "unit", number, cursor, List.of(), false, new byte[16], List.of(letters));
    }
}
