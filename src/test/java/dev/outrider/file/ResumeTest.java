package dev.outrider.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.record.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void repeatsNothingAndLosesNothingWhenAPageWasNotStored(int page) {
        crashed(page, crash -> rig.beforeStore = crash);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void repeatsNothingAndLosesNothingWhenTheCrashCameAfterAPage(int page) {
        crashed(page, crash -> rig.afterStore = crash);
    }

    private void crashed(int page, Consumer<Consumer<Page>> at) {
        rig.drop("a.nessus", "a1", "a2", "a3", "a4", "a5");
        rig.drop("b.zip", "b1", "!part", "b2", "!part", "!part", "b3");
        at.accept(crashAt(page));

        assertThat(rig.run().failure()).hasRootCauseInstanceOf(Crash.class);

        rig.beforeStore = stored -> {};
        rig.afterStore = stored -> {};
        assertThat(rig.run().failure()).isNull();
        assertThat(rig.stored).hasSize(8).doesNotHaveDuplicates();
        assertThat(data.resolve("inbox/processed/a.nessus")).exists();
        assertThat(data.resolve("inbox/failed/b.zip")).exists();
        assertThat(data.resolve("inbox/a.nessus")).doesNotExist();
        assertThat(rig.cursor()).isEmpty();
    }

    private static Consumer<Page> crashAt(int page) {
        var left = new AtomicInteger(page);
        return stored -> {
            if (left.decrementAndGet() == 0) {
                throw new Crash();
            }
        };
    }

    @Test
    void goesOnWithTheFileBegunAndItsPageNumbersBeforeOthers() throws Exception {
        rig.drop("b.nessus", "b1", "b2", "b3", "b4", "b5");
        rig.afterStore = crashAt(1);
        rig.run();
        rig.afterStore = page -> {};
        var older = rig.drop("a.nessus", "a1");
        Files.setLastModifiedTime(older, java.nio.file.attribute.FileTime.fromMillis(1));

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("b3", "b4", "b5", "a1");
        assertThat(result.pages()).extracting(Page::number).containsExactly(2, 3, 1);
    }

    @Test
    void restoresWhatTheUnitEmittedBefore() {
        rig.drop("a.nessus", "a1", "a2", "a3");
        rig.afterStore = crashAt(1);
        rig.run();
        rig.afterStore = page -> {};

        assertThat(rig.run().pages().get(0).unit().emitted().size()).isEqualTo(1);
    }

    @Test
    void onlyMovesAFileWhoseLastPageWasStoredBeforeTheCrash() {
        var file = rig.drop("a.nessus", "a1", "a2");
        rig.run();
        rig.drop("a.nessus", "a1", "a2");

        var result = rig.run();

        assertThat(result.pages()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(rig.scans.opened).isEqualTo(1);
    }

    @Test
    void leavesAFileWhoseLastPageFailedWhereItIs() {
        var file = rig.drop("a.nessus", "a1", "a2");
        rig.beforeStore = crashAt(1);

        rig.run();

        assertThat(file).exists();
        assertThat(rig.seen()).isEmpty();
    }

    @Test
    void saysThatTheRestIsLostWhereABegunFileWasReplaced() {
        rig.drop("a.nessus", "a1", "a2", "a3");
        rig.afterStore = crashAt(1);
        rig.run();
        rig.afterStore = page -> {};
        var unit = rig.cursor().path("unit").asText();
        rig.drop("a.nessus", "n1");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("n1");
        assertThat(result.partial()).isTrue();
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("file.changed");
            assertThat(error.message()).contains("a.nessus", "2");
        });
        assertThat(rig.state().emitted(FilesRig.KEY, unit)).isEmpty();
    }

    @Test
    void givesTheSameFileInAnotherDataFolderTheSameUnit(@TempDir Path other) {
        rig.drop("sub/a b.nessus", "a1");
        try (var second = new FilesRig(other)) {
            second.drop("sub/a b.nessus", "a1");
            second.drop("sub/c.nessus", "a1");

            var units = second.run().pages();

            assertThat(units).extracting(page -> page.unit().id()).doesNotHaveDuplicates();
            assertThat(units)
                    .extracting(page -> page.unit().id())
                    .contains(rig.run().pages().get(0).unit().id());
        }
    }

    @Test
    void collectsEverythingInPlaceAgainUnderTheSameUnitInAFullRun() {
        rig.settings.put("after", "leave");
        rig.drop("a.nessus", "a1", "a2", "a3");
        var first = rig.run();
        assertThat(rig.run().pages()).isEmpty();
        rig.full = true;

        var again = rig.run();

        assertThat(again.hosts()).isEqualTo(first.hosts());
        assertThat(again.pages().get(0).unit().id())
                .isEqualTo(first.pages().get(0).unit().id());
        rig.full = false;
        assertThat(rig.run().pages()).isEmpty();
    }
}
