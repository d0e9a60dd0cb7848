package dev.outrider.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    @Test
    void givesBackInTheirOrderWhatWasAppendedBeforeAndAfterARestart() throws IOException {
        append(0, "a", "b");
        append(0, "c");

        try (var journal = Journal.open(folder, 0)) {
            journal.append(bytes("d"));
            assertThat(all(journal, 0)).containsExactly("a", "b", "c", "d");
            assertThat(journal.read(0, 2)).hasSize(2);
            assertThat(all(journal, journal.read(0, 2).get(1).next())).containsExactly("c", "d");
            assertThat(journal.read(journal.end(), 10)).isEmpty();
        }
    }

    @Test
    void deletesTheFilesWhoseEntriesAreNoLongerNeeded() throws IOException {
        var large = "x".repeat(5 << 20);
        try (var journal = Journal.open(folder, 0)) {
            for (int count = 0; count < 20; count++) {
                journal.append(bytes(count + large));
            }
            assertThat(files()).hasSizeGreaterThan(2);
            long at = 0;
            for (int count = 0; count < 20; count++) {
                var entry = journal.read(at, 1).get(0);
                assertThat(text(entry)).isEqualTo(count + large);
                at = entry.next();
                journal.free(at);
            }
            assertThat(files()).isEmpty();

            journal.append(bytes("more"));
            assertThat(all(journal, at)).containsExactly("more");
        }
    }

    @Test
    void knowsItsPlacesThoughAllItsFilesWereFreed() throws IOException {
        long place = append(0, "x".repeat(2 << 20));
        try (var journal = Journal.open(folder, place)) {
            assertThat(files()).isEmpty();
            journal.append(bytes("a"));
            assertThat(all(journal, place)).containsExactly("a");
        }
        try (var journal = Journal.open(folder, place)) {
            assertThat(all(journal, place)).containsExactly("a");
        }
    }

    @Test
    void losesNothingButWhatWasBeingAppendedWhenACrashCutsTheFile() throws IOException {
        append(0, "a", "b");
        append(0, "c");
        var last = files().get(files().size() - 1);
        var bytes = Files.readAllBytes(last);

        for (int cut = 0; cut < bytes.length; cut++) {
            Files.delete(files().get(1));
            Files.write(last, Arrays.copyOf(bytes, cut));
            try (var journal = Journal.open(folder, 0)) {
                assertThat(all(journal, 0)).containsExactly("a", "b");
                journal.append(bytes("d"));
                assertThat(all(journal, 0)).containsExactly("a", "b", "d");
            }
        }
    }

    @Test
    void takesAnAttemptThatACrashToreForNoDamage() throws IOException {
        long stored = append(0, "a");
        append(0, "torn", "whole");
        flip(files().get(1), Frame.HEAD_BYTES);

        try (var journal = Journal.open(folder, 0)) {
            assertThat(journal.end()).isEqualTo(stored);
            assertThat(all(journal, 0)).containsExactly("a");
        }
    }

    @Test
    void readsOnBehindWhatTheDiskSpoiledAndKeepsItsFile() throws IOException {
        try (var journal = Journal.open(folder, 0)) {
            for (var entry : List.of("a", "b", "c")) {
                journal.append(bytes(entry));
            }
        }
        flip(files().get(0), 2L * Frame.HEAD_BYTES + 1);

        try (var journal = Journal.open(folder, 0)) {
            long end = journal.end();
            assertThat(all(journal, 0)).containsExactly("a", "c");
            journal.append(bytes("d"));
            assertThat(all(journal, 0)).containsExactly("a", "c", "d");
            journal.free(end);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.endsWith(".log.damaged"));
        }
    }

    @Test
    void readsOnBehindTheFirstOfAGroupThatTheDiskSpoiled() throws IOException {
        try (var journal = Journal.open(folder, 0)) {
            journal.append(bytes("spoiled", "b"));
            journal.append(bytes("c"));
        }
        flip(files().get(0), Frame.HEAD_BYTES);

        try (var journal = Journal.open(folder, 0)) {
            assertThat(all(journal, 0)).containsExactly("b", "c");
        }
    }

    @Test
    void readsOnBehindAFileThatIsTooShortOrMissing() throws IOException {
        var large = "x".repeat(33 << 20);
        try (var journal = Journal.open(folder, 0)) {
            for (var entry : List.of("a", large, "b", large, "c")) {
                journal.append(bytes(entry));
            }
        }
        assertThat(files()).hasSize(3);
        try (var first = new RandomAccessFile(files().get(0).toFile(), "rw")) {
            first.setLength(first.length() - 1);
        }
        try (var journal = Journal.open(folder, 0)) {
            assertThat(all(journal, 0)).containsExactly("a", "b", large, "c");
        }
        Files.delete(files().get(1));
        try (var journal = Journal.open(folder, 0)) {
            assertThat(all(journal, 0)).containsExactly("a", "c");
        }
        Files.write(files().get(0), new byte[0]);
        try (var journal = Journal.open(folder, 0)) {
            assertThat(all(journal, 0)).containsExactly("c");
        }
    }

    @Test
    void takesNothingInAnEntryForAnotherOne() throws IOException {
        append(0, "a");
        long known = Segment.open(files().get(0)).mark;
        var forged = "forged".getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.write(Frame.head(known, forged, Long.MAX_VALUE));
        frame.write(forged);
        try (var journal = Journal.open(folder, 0)) {
            journal.append(List.of(frame.toByteArray()));
        }
        flip(files().get(1), 16);

        try (var journal = Journal.open(folder, 0)) {
            assertThat(all(journal, 0)).containsExactly("a");
        }
    }

    @Test
    void storesNothingOfWhatFailedAndGoesOnOnceThereIsRoom() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (var journal = Journal.open(folder, 0, () -> 1)) {
            var first = folder.resolve("0000000000000000000-0000000000000001.log");
            Files.createSymbolicLink(first, full);
            assertThatThrownBy(() -> journal.append(bytes("a"))).isInstanceOf(IOException.class);
            assertThat(journal.read(0, 10)).isEmpty();

            Files.delete(first);
            journal.append(bytes("b"));
            assertThat(all(journal, 0)).containsExactly("b");
        }
        try (var journal = Journal.open(folder, 0)) {
            assertThat(all(journal, 0)).containsExactly("b");
        }
    }

    @Test
    void letsNoThreadThatIsInterruptedCloseItsFiles() throws IOException {
        try (var journal = Journal.open(folder, 0)) {
            journal.append(bytes("a"));
            Thread.currentThread().interrupt();
            try {
                journal.append(bytes("b"));
                assertThat(all(journal, 0)).containsExactly("a", "b");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    private long append(long from, String... entries) throws IOException {
        try (var journal = Journal.open(folder, from)) {
            journal.append(bytes(entries));
            return journal.end();
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Segment::named).sorted().toList();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1);
        }
    }

    private static List<String> all(Journal journal, long from) throws IOException {
        var all = new ArrayList<String>();
        long at = from;
        for (var read = journal.read(at, 3); !read.isEmpty(); read = journal.read(at, 3)) {
            read.forEach(entry -> all.add(text(entry)));
            at = read.get(read.size() - 1).next();
        }
        return all;
    }

    private static String text(Journal.Entry entry) {
        return StandardCharsets.UTF_8.decode(entry.bytes()).toString();
    }

    private static List<byte[]> bytes(String... entries) {
        return IntStream.range(0, entries.length)
                .mapToObj(at -> entries[at].getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
