package dev.outrider.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.record.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePagesTest {
    @TempDir
    Path data;

    private FilesRig rig;

    @BeforeEach
    void start() {
        rig = new FilesRig(data);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void cutsAFileIntoNumberedPagesOfOneUnit() {
        rig.drop("a.nessus", "h1", "h2", "h3");

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.partial()).isFalse();
        assertThat(result.hosts()).containsExactly("h1", "h2", "h3");
        assertThat(result.pages()).extracting(Page::number).containsExactly(1, 2);
        assertThat(result.pages()).extracting(Page::last).containsExactly(false, true);
        assertThat(result.pages())
                .extracting(page -> page.unit().id())
                .containsOnly(result.pages().get(0).unit().id());
        assertThat(result.pages().get(0).cursor().path("items").asInt()).isEqualTo(2);
        assertThat(result.pages().get(0).cursor().path("name").asText()).isEqualTo("a.nessus");
        assertThat(result.pages().get(1).cursor()).isEmpty();
    }

    @Test
    void saysLastOnAPageThatIsJustFull() {
        rig.drop("a.nessus", "h1", "h2");

        assertThat(rig.run().pages()).singleElement().satisfies(page -> assertThat(page.last())
                .isTrue());
    }

    @Test
    void closesAPageEarlyWhereItsTextIsLarge() {
        var large = "x".repeat((int) FilePages.MOST_TEXT / 2 + 1);
        rig.drop("a.nessus", large, large, "h");

        assertThat(rig.run().pages()).extracting(page -> page.items().size()).containsExactly(1, 2);
    }

    @Test
    void storesAnEmptyLastPageOfAFileWithoutItems() {
        rig.drop("a.nessus", "!end");

        var result = rig.run();

        assertThat(result.pages()).singleElement().satisfies(page -> {
            assertThat(page.items()).isEmpty();
            assertThat(page.last()).isTrue();
        });
        assertThat(rig.run().pages()).isEmpty();
    }

    @Test
    void emitsWhatACutFileHeldAndReportsTheCut() {
        rig.drop("cut.nessus", "h1", "h2", "h3", "!cut");
        rig.drop("good.nessus", "g");

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.hosts()).containsExactlyInAnyOrder("h1", "h2", "h3", "g");
        assertThat(result.partial()).isTrue();
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("file.cut");
            assertThat(error.message()).contains("cut.nessus");
            assertThat(error.stream()).isEqualTo("files");
            assertThat(error.page()).isEqualTo(2);
        });
        assertThat(data.resolve("inbox/failed/cut.nessus")).exists();
        assertThat(data.resolve("inbox/processed/good.nessus")).exists();
        assertThat(rig.run().errors()).isEmpty();
    }

    @Test
    void readsACutFileThatIsLeftInPlaceOnceToo() {
        rig.settings.put("after", "leave");
        rig.drop("cut.nessus", "h1", "h2", "h3", "!cut");

        assertThat(rig.run().codes()).containsExactly("file.cut");
        var again = rig.run();

        assertThat(again.pages()).isEmpty();
        assertThat(again.errors()).isEmpty();
        assertThat(data.resolve("inbox/cut.nessus")).exists();
    }

    @Test
    void goesOnAfterAPartThatCannotBeRead() {
        rig.drop("a.zip", "h1", "!part", "h2", "h3", "!part");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("h1", "h2", "h3");
        assertThat(result.codes()).containsExactly("file.cut", "file.cut");
        assertThat(result.partial()).isTrue();
        assertThat(data.resolve("inbox/failed/a.zip")).exists();
    }

    @Test
    void reportsAFileThatNobodyCanOpenAndReadsTheNext() throws Exception {
        Files.createDirectories(data.resolve("inbox"));
        Files.createFile(data.resolve("inbox/empty.nessus"));
        rig.drop("good.nessus", "g");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("g");
        assertThat(result.codes()).containsExactly("file.empty");
        assertThat(data.resolve("inbox/failed/empty.nessus")).exists();
    }

    @Test
    void letsAReadersMistakeCostOneFileOnly() {
        rig.drop("a.nessus", "h1", "!bug");
        rig.drop("b.nessus", "g");

        var result = rig.run();

        assertThat(result.hosts()).containsExactlyInAnyOrder("h1", "g");
        assertThat(result.codes()).containsExactly("file.failed");
    }

    @Test
    void stopsAtAPageBoundaryWhenCancelledAndLosesNothing() {
        rig.drop("a.nessus", "h1", "h2", "h3", "h4", "h5", "h6", "h7");
        rig.afterStore = page -> rig.cancelled = true;

        var first = rig.run();

        assertThat(first.partial()).isTrue();
        assertThat(first.codes()).containsExactly("job.cancelled");
        assertThat(first.hosts()).hasSizeBetween(2, 4);
        assertThat(data.resolve("inbox/a.nessus")).exists();

        rig.cancelled = false;
        rig.afterStore = page -> {};
        assertThat(rig.run().partial()).isFalse();
        assertThat(rig.stored).hasSize(7).doesNotHaveDuplicates();
    }
}
