package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.file.FilesRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoungFilesTest {
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

    /** Appends lines with pauses between them, from a thread of its own; done when the last is written. */
    private CompletableFuture<Void> write(Path file, int lines, long pauseMillis) throws Exception {
        var started = new CountDownLatch(1);
        var writer = CompletableFuture.runAsync(() -> {
            try (var out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (int i = 0; i < lines; i++) {
                    out.write("h" + i + "\n");
                    out.flush();
                    started.countDown();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        started.await();
        return writer;
    }

    @Test
    void waitsUntilAFileIsNoLongerWritten() throws Exception {
        rig.settings.put("quietSecs", 0.6);
        Files.createDirectories(data.resolve("inbox"));
        var writer = write(data.resolve("inbox/a.nessus"), 20, 50);

        var result = rig.run();

        assertThat(writer).isDone();
        assertThat(result.hosts()).hasSize(20);
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void takesOlderFilesWithoutWaitingForThoseBeingWritten() throws Exception {
        rig.settings.put("quietSecs", 0.6);
        var old = rig.drop("old.nessus", "o1");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(60)));
        var writer = write(data.resolve("inbox/a.nessus"), 10, 50);

        assertThat(rig.run().hosts()).hasSize(11).first().isEqualTo("o1");
        writer.get();
    }

    @Test
    void leavesAFileThatIsWrittenForLongerThanItWaitsToTheNextRun() throws Exception {
        rig.settings.put("quietSecs", 5).put("waitSecs", 0.2);
        var file = rig.drop("a.nessus", "a");

        var result = rig.run();

        assertThat(result.pages()).isEmpty();
        assertThat(result.failure()).isNull();
        assertThat(file).exists();
    }

    @Test
    void needsLessQuietWhereTheEndShowsThatTheFileIsWhole() {
        rig.settings.put("quietSecs", 30);
        rig.drop("a.nessus", "a", "</NessusClientData_v2>", "  ");
        var started = System.nanoTime();

        assertThat(rig.run().pages()).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void takesAFileWhoseTimeLiesInTheFuture() throws Exception {
        rig.settings.put("quietSecs", 0.2);
        var file = rig.drop("a.nessus", "a");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3600)));

        assertThat(rig.run().hosts()).containsExactly("a");
    }

    @Test
    void stopsWaitingWhenCancelled() throws Exception {
        rig.settings.put("quietSecs", 60);
        rig.drop("a.nessus", "a");
        var run = CompletableFuture.supplyAsync(rig::run);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        rig.cancelled = true;

        var result = run.get(5, TimeUnit.SECONDS);

        assertThat(result.codes()).containsExactly("job.cancelled");
        assertThat(result.partial()).isTrue();
    }
}
