package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.file.FilesRig;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFolderTest {
    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

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

    @Test
    void refusesALinkThatLeavesTheFolderOnceAndReadsTheNextFile() throws Exception {
        var secret = FilesRig.write(elsewhere.resolve("secret"), "secret");
        rig.drop("a.nessus", "a");
        Files.createSymbolicLink(inbox.resolve("absolute.nessus"), secret);
        Files.createSymbolicLink(inbox.resolve("relative.nessus"), Path.of("../../../../../../../../etc/hostname"));
        Files.createSymbolicLink(inbox.resolve("folder"), elsewhere);
        Files.createSymbolicLink(inbox.resolve("dangling.nessus"), elsewhere.resolve("nothing"));

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.codes()).hasSize(4).containsOnly("file.outside");
        assertThat(result.errors())
                .extracting(error -> error.message().split(" ")[0])
                .containsExactlyInAnyOrder("absolute.nessus", "relative.nessus", "folder", "dangling.nessus");
        assertThat(result.partial())
                .as("nothing of the folder's own is missing")
                .isFalse();
        assertThat(inbox.resolve("absolute.nessus")).isSymbolicLink();
        assertThat(rig.run().errors()).isEmpty();
        assertThat(rig.find("secret")).isFalse();
    }

    @Test
    void reportsALinkAgainOnceItLeadsElsewhere() throws Exception {
        var link = Files.createDirectories(inbox).resolve("l.nessus");
        Files.createSymbolicLink(link, elsewhere.resolve("one"));
        rig.run();
        Files.delete(link);
        Files.createSymbolicLink(link, elsewhere.resolve("two"));

        assertThat(rig.run().codes()).containsExactly("file.outside");
    }

    @Test
    void followsALinkThatStaysInTheFolderAndRunsInNoCircle() throws Exception {
        rig.settings.put("after", "leave");
        rig.drop(".mounted/a", "a");
        Files.createSymbolicLink(inbox.resolve("a.nessus"), Path.of(".mounted/a"));
        Files.createSymbolicLink(Files.createDirectory(inbox.resolve("sub")).resolve("up"), inbox);

        assertThat(rig.run().names()).containsExactly("a.nessus");
    }

    @Test
    void doesNotMoveFilesThroughALinkThatLeavesTheFolder() throws Exception {
        rig.drop("a.nessus", "a");
        Files.createSymbolicLink(inbox.resolve("processed"), elsewhere);

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.codes()).contains("file.not_moved");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(inbox.resolve("a.nessus")).exists();
    }

    @Test
    void showsControlCharactersInNames() {
        rig.drop("a\u001b[31m\n\u202egnp.nessus", "!cut");

        assertThat(rig.run().errors().get(0).message()).startsWith("a\\u001b[31m\\u000a\\u202egnp.nessus");
    }

    @Test
    void saysThatAFileCannotBeReadAndGoesOn() throws Exception {
        rig.drop("a.nessus", "a");
        rig.drop("b.nessus", "b");
        var run = rig.newRun();
        var settings = SourceSettings.of(run.integration(), data);
        try (var source = new FolderSource(run, settings, rig.state(), (file, cancelled) -> {
            if (file.endsWith("a.nessus")) {
                throw new AccessDeniedException(file.toString());
            }
            return Digests.of(file, cancelled);
        })) {
            var due = source.due();
            var first = due.next();
            assertThatThrownBy(first::content).isInstanceOfSatisfying(FileFault.class, fault -> {
                assertThat(fault.error().code()).isEqualTo("file.unreadable");
                assertThat(fault.error().message()).contains("a.nessus", "permission denied");
                assertThat(fault.lasting()).isFalse();
            });
            assertThat(due.next().content()).hasContent("b");
            assertThat(due).isExhausted();
        }
    }

    @Test
    void movesAcrossFileSystems() throws Exception {
        var memory = Path.of("/dev/shm");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(data)));
        var from = FilesRig.write(elsewhere.resolve("a"), "a");
        var to = Files.createTempDirectory(memory, "outrider").resolve("b");
        try {
            Mover.move(from, to, "unit");

            assertThat(to).hasContent("a");
            assertThat(from).doesNotExist();
            assertThat(to.getParent()).isDirectoryContaining(file -> file.equals(to));
        } finally {
            Files.deleteIfExists(to);
            Files.delete(to.getParent());
        }
    }
}
