package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.file.FilesRig;
import dev.outrider.record.Checks;
import dev.outrider.record.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    @TempDir
    Path data;

    private FilesRig rig;
    private Path inbox;

    @BeforeEach
    void start() {
        rig = new FilesRig(data);
        inbox = data.resolve("inbox");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void aged(Path file, long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 1000 * seconds));
    }

    @Test
    void makesItsOwnInboxAndFindsNothingInIt() {
        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.pages()).isEmpty();
        assertThat(inbox).isDirectory();
    }

    @Test
    void namesAFolderThatIsMissing() {
        rig.settings.put("folder", data.resolve("nowhere").toString());

        assertThat(rig.run().failure()).isInstanceOfSatisfying(RunException.class, e -> {
            assertThat(e.error().code()).isEqualTo("source.unreadable");
            assertThat(e.error().message()).contains("nowhere", "'folder'");
        });
        assertThat(rig.check()).singleElement().satisfies(check -> {
            assertThat(check.ok()).isFalse();
            assertThat(check.stream()).isEqualTo("files");
            assertThat(check.detail()).contains("nowhere");
        });
    }

    @Test
    void namesASettingThatIsWrong() {
        rig.settings.put("after", "delete");

        assertThat(rig.run().failure()).hasMessageContaining("'after'");
        assertThat(rig.check()).singleElement().satisfies(check -> assertThat(check.detail())
                .contains("'after'"));
    }

    @Test
    void checksThatTheFolderCanBeReadAndWrittenAndLeavesNothingThere() {
        assertThat(rig.check()).extracting(Checks.Check::ok).containsExactly(true);
        assertThat(inbox).isEmptyDirectory();
    }

    @Test
    void takesTheOldestFirstThenByName() throws Exception {
        aged(rig.drop("b.nessus", "b"), 10);
        aged(rig.drop("a.nessus", "a"), 5);
        var time = Files.getLastModifiedTime(rig.drop("d.nessus", "d"));
        Files.setLastModifiedTime(rig.drop("c.nessus", "c"), time);

        assertThat(rig.run().hosts()).containsExactly("b", "a", "c", "d");
    }

    @Test
    void readsSubFoldersAndMovesTheirFilesToTheSamePlaceBelow() {
        rig.drop("week 1/ü/a.nessus", "a");

        assertThat(rig.run().names()).containsExactly("week 1/ü/a.nessus");
        assertThat(inbox.resolve("processed/week 1/ü/a.nessus")).exists();
        assertThat(rig.run().pages()).isEmpty();
    }

    @Test
    void passesOverHiddenAndUnfinishedNamesAndWhatIsNoFile() throws Exception {
        for (var name :
                new String[] {".hidden", "a.part", "a.TMP", "a.filepart", "a.crdownload", "a~", ".git/a.nessus"}) {
            rig.drop(name, "x");
        }
        Files.createDirectories(inbox.resolve("folder.nessus"));
        var fifo = new ProcessBuilder("mkfifo", inbox.resolve("pipe.nessus").toString()).start();
        assertThat(fifo.waitFor()).isZero();
        rig.drop("a.nessus", "a");

        assertThat(rig.run().hosts()).containsExactly("a");
        assertThat(inbox.resolve("a.part")).exists();
    }

    @Test
    void collectsAReplacedFileButNotTheSameOneAgain() {
        rig.drop("a.nessus", "old");
        rig.run();
        rig.drop("a.nessus", "new");
        assertThat(rig.run().hosts()).containsExactly("new");
        rig.drop("a.nessus", "old");
        assertThat(rig.run().hosts()).isEmpty();
        assertThat(inbox.resolve("a.nessus")).doesNotExist();
        assertThat(rig.stored).hasSize(2);
    }

    @Test
    void keepsEveryMovedFileWhereNamesClash() throws Exception {
        for (var host : new String[] {"one", "two", "three", "two"}) {
            rig.drop("a.nessus.gz", host);
            rig.run();
        }

        assertThat(inbox.resolve("processed/a.nessus.gz")).hasContent("one");
        try (var moved = Files.list(inbox.resolve("processed"))) {
            assertThat(moved.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .allMatch(name -> name.startsWith("a") && name.endsWith(".nessus.gz"));
        }
    }

    @Test
    void leavesFilesInPlaceWhereToldAndDigestsThemOnce() throws Exception {
        rig.settings.put("after", "leave");
        var file = rig.drop("a.nessus", "a");
        assertThat(rig.run().hosts()).containsExactly("a");
        assertThat(file).exists();
        assertThat(rig.run().pages()).isEmpty();

        aged(file, 60);
        assertThat(rig.run().pages()).as("touched, not replaced").isEmpty();

        rig.drop("a.nessus", "b");
        assertThat(rig.run().hosts()).containsExactly("b");
        assertThat(rig.scans.opened).isEqualTo(2);
    }

    @Test
    void forgetsVanishedFilesThatWereLeftInPlace() throws Exception {
        rig.settings.put("after", "leave");
        var file = rig.drop("a.nessus", "a");
        rig.drop("b.nessus", "b");
        rig.run();
        assertThat(rig.seen()).hasSize(4);

        Files.delete(file);
        rig.run();

        assertThat(rig.seen()).hasSize(2).allMatch(identity -> identity.endsWith("b.nessus"));
    }

    @Test
    void forgetsMovedFilesAfterTheirTime() {
        rig.drop("a.nessus", "a");
        rig.run();
        rig.run();
        assertThat(rig.seen()).hasSize(1);

        rig.settings.put("remember", "PT0S");
        rig.run();

        assertThat(rig.seen()).isEmpty();
    }

    @Test
    void leavesAFileThatChangesWhileItIsReadAndCollectsItAnewNextTime() {
        var file = rig.drop("a.nessus", "a1", "a2", "a3");
        rig.scans.onLine = () -> FilesRig.write(file, "b1", "b2", "b3", "b4");

        var result = rig.run();

        assertThat(result.codes()).contains("file.changed");
        assertThat(result.partial()).isTrue();
        assertThat(file).exists();
        assertThat(rig.seen()).isEmpty();

        rig.scans.onLine = () -> {};
        assertThat(rig.run().hosts()).containsExactly("b1", "b2", "b3", "b4");
    }

    @Test
    void doesNotMoveAFileThatWasPutInPlaceOfTheOneCollected() {
        var file = rig.drop("a.nessus", "a1");
        rig.afterStore = page -> FilesRig.write(file, "b1", "b2");

        rig.run();

        assertThat(file).exists();
        rig.afterStore = page -> {};
        assertThat(rig.run().hosts()).containsExactly("b1", "b2");
    }

    @Test
    void refusesAFileThatIsTooBigOnce() {
        rig.settings.put("maxFileBytes", 10);
        rig.drop("big.nessus", "a name longer than that");
        rig.drop("a.nessus", "a");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("file.too_big");
            assertThat(error.message()).contains("big.nessus", "maxFileBytes");
        });
        assertThat(inbox.resolve("failed/big.nessus")).exists();
        assertThat(rig.run().errors()).isEmpty();
    }

    @Test
    void reportsAMoveThatFailsAndDoesNotCollectTheFileAgain() throws Exception {
        rig.drop("a.nessus", "a");
        Files.createSymbolicLink(inbox.resolve("processed"), data);

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.partial()).isFalse();
        assertThat(result.errors()).anySatisfy(error -> {
            assertThat(error.code()).isEqualTo("file.not_moved");
            assertThat(error.message()).contains("a.nessus", "'after'");
        });
        Files.delete(inbox.resolve("processed"));
        assertThat(rig.run().hosts()).isEmpty();
        assertThat(inbox.resolve("processed/a.nessus")).exists();
    }

    @Test
    void reportsThatAFileStandsWhereTheFolderOfMovedFilesShould() throws Exception {
        rig.settings.put("after", "leave");
        rig.drop("processed", "p");
        rig.run();
        rig.settings.put("after", "move");
        rig.drop("a.nessus", "a");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.codes()).contains("file.not_moved");
    }

    @Test
    void findsHostsInPlaceAndInMovedFilesByTheirExactName() throws Exception {
        rig.drop("a.nessus", "web01.example.com", "!cut");
        rig.drop("b.nessus", "192.0.2.1");
        rig.run();
        rig.drop("c.nessus", "new");

        assertThat(rig.find("web01.example.com")).isTrue();
        assertThat(rig.find("192.0.2.1")).isTrue();
        assertThat(rig.find("new")).isTrue();
        assertThat(rig.find("WEB01.example.com")).isFalse();
        assertThat(rig.find("web01")).isFalse();
        assertThat(rig.find(" ")).isFalse();
    }

    @Test
    void doesNotSayNoWhereTheFolderCannotBeRead() {
        rig.settings.put("folder", data.resolve("nowhere").toString());

        assertThatThrownBy(() -> rig.find("h")).isInstanceOf(RunException.class);
    }
}
