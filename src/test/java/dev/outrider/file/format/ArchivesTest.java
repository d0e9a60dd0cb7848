package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.gzip;
import static dev.outrider.file.format.ScanFiles.host;
import static dev.outrider.file.format.ScanFiles.item;
import static dev.outrider.file.format.ScanFiles.nessus;
import static dev.outrider.file.format.ScanFiles.read;
import static dev.outrider.file.format.ScanFiles.utf8;
import static dev.outrider.file.format.ScanFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final String SCAN = nessus(host("192.0.2.7", item(443, 3, 1), item(80, 2, 2)));
    private static final String OTHER = nessus(host("192.0.2.8", item(22, 1, 3)));
    private static final String CSV = "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name\n"
            + "1,CVE-2024-0001,5,Low,192.0.2.9,tcp,80,A\n1,CVE-2024-0002,5,Low,192.0.2.9,tcp,80,A\n";

    @TempDir
    Path dir;

    private Outcome readBytes(byte[] bytes) throws IOException {
        return read(Files.write(dir.resolve("scan.nessus"), bytes));
    }

    @Test
    void readsAGzipOfEitherFormat() throws IOException {
        assertThat(readBytes(gzip(utf8(SCAN))).items()).hasSize(3);
        assertThat(readBytes(gzip(utf8(CSV))).finding(0).path("cves")).hasSize(2);
    }

    @Test
    void readsAllMembersOfAGzip() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip(utf8(SCAN.substring(0, 150))));
        both.write(gzip(utf8(SCAN.substring(150))));

        Outcome scan = readBytes(both.toByteArray());
        assertThat(scan.faults()).isEmpty();
        assertThat(scan.items()).hasSize(3);
    }

    @Test
    void readsTheScansOfAZipInTurn() throws IOException {
        Outcome scan = readBytes(zip("../../etc/a.txt", SCAN, "folder/", "", "b", CSV, "c.csv", OTHER));

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.hosts().stream().map(h -> h.path("name").textValue()))
                .containsExactly("192.0.2.7", "192.0.2.9", "192.0.2.8");
        assertThat(scan.findings()).hasSize(4);
    }

    @Test
    void readsOnAfterAnEntryThatIsNoScan() throws IOException {
        Outcome scan = readBytes(zip(
                "readme.txt",
                "hello",
                "half",
                SCAN.substring(0, SCAN.indexOf("<ReportItem port=\"80\"") + 9),
                "good",
                OTHER));

        assertThat(scan.codes()).containsExactly("file.unknown_format", "file.cut");
        assertThat(scan.faults()).allMatch(ScanException::recoverable);
        assertThat(scan.faults().get(0)).hasMessageContaining("readme.txt");
        assertThat(scan.findings()).hasSize(2);
    }

    @Test
    void resumesAcrossEntries() throws Exception {
        Path file = Files.write(dir.resolve("scan"), zip("a", SCAN, "x", "no scan", "b", CSV, "c", OTHER));
        Outcome all = read(file);
        assertThat(all.items()).hasSize(7);
        for (int n = 0; n < all.items().size(); n++) {
            try (ScanReader reader = Formats.open(file, "scan", Limits.defaults(), null)) {
                reader.skip(n);
                if (n == 3) {
                    // The fault between the third and the fourth item is met again: nobody knows whether it was
                    // reported.
                    org.assertj.core.api.Assertions.assertThatThrownBy(reader::next)
                            .isInstanceOf(ScanException.class);
                }
                assertThat(reader.next()).isEqualTo(all.items().get(n));
            }
        }
    }

    @Test
    void refusesArchivesInArchives() throws IOException {
        assertThat(readBytes(gzip(gzip(utf8(SCAN)))).codes()).containsExactly("file.nested_archive");
        Outcome scan = readBytes(zip("inner.zip", zip("a", SCAN), "inner.gz", gzip(utf8(SCAN)), "b", OTHER));
        assertThat(scan.codes()).containsExactly("file.nested_archive", "file.nested_archive");
        assertThat(scan.findings()).hasSize(1);
    }

    @Test
    void stopsABombByItsRatio() throws IOException {
        byte[] start = utf8("<NessusClientData_v2><Report>");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(start);
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        assertThat(readBytes(bytes.toByteArray()).codes()).containsExactly("file.bomb");

        byte[] blanks = new byte[50 << 20];
        Arrays.fill(blanks, (byte) ' ');
        System.arraycopy(start, 0, blanks, 0, start.length);
        Outcome scan = readBytes(zip("good", SCAN, "bomb", blanks, "never", OTHER));
        assertThat(scan.codes()).containsExactly("file.bomb");
        assertThat(scan.items()).hasSize(3);
    }

    @Test
    void stopsAZipOfTooManyEntriesOrTooManyBytes() throws IOException {
        Path file = Files.write(dir.resolve("scan"), zip("a", SCAN, "b", OTHER, "c", OTHER));

        Outcome entries = read(file, Limits.defaults().withEntries(2));
        assertThat(entries.codes()).containsExactly("file.bomb");
        assertThat(entries.hosts()).hasSize(2);

        Outcome bytes = read(file, Limits.defaults().withExpandedBytes(utf8(SCAN).length + utf8(OTHER).length));
        assertThat(bytes.codes()).containsExactly("file.bomb");
        assertThat(bytes.hosts()).hasSize(2);
    }

    @Test
    void givesWhatACutArchiveHeldBeforeTheCut() throws IOException {
        byte[] zip = zip("a", SCAN, "b", OTHER);
        Outcome noDirectory = readBytes(Arrays.copyOf(zip, zip.length - 60));
        assertThat(noDirectory.codes()).containsExactly("file.cut");
        assertThat(noDirectory.items()).hasSize(5);
    }

    @Test
    void reportsDamagedData() throws IOException {
        byte[] gzip = gzip(utf8(SCAN));
        gzip[gzip.length - 6] ^= 1;
        Outcome scan = readBytes(gzip);
        assertThat(scan.codes()).containsExactly("file.malformed");
    }

    @Test
    void neverGivesAnythingButWholeItemsAndAClearCodeWhereverAnArchiveIsCut() throws IOException {
        for (byte[] whole : new byte[][] {gzip(utf8(SCAN)), zip("a", SCAN, "b", OTHER)}) {
            Outcome all = readBytes(whole);
            for (int n = 0; n < whole.length; n++) {
                Outcome cut = readBytes(Arrays.copyOf(whole, n));
                assertThat(cut.codes()).as("cut at %d", n).hasSize(1);
                assertThat(cut.codes()).as("cut at %d", n).isSubsetOf("file.cut", "file.empty", "file.unknown_format");
                assertThat(cut.items())
                        .as("cut at %d", n)
                        .isEqualTo(all.items().subList(0, cut.items().size()));
            }
        }
    }

    @Test
    void skipsWhatMacosAddsToAZip() throws IOException {
        Outcome scan = readBytes(zip("a", SCAN, "__MACOSX/._a", new byte[] {0, 5, 0x16, 7, 0, 2, 0, 0}));

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.repairs()).containsEntry(Repairs.SIDE_FILES, 1L);
    }

    @Test
    void saysWhenAZipIsAnOfficeDocument() throws IOException {
        assertThat(readBytes(zip("[Content_Types].xml", "<Types/>", "xl/a.xml", "<a/>"))
                        .codes())
                .containsExactly("file.unknown_format");
        assertThat(readBytes(zip()).codes()).containsExactly("file.empty");
    }

    @Test
    void givesTheSameItemsAsTheFileItself() throws IOException {
        for (JsonNode item : readBytes(gzip(utf8(SCAN))).items()) {
            assertThat(readBytes(utf8(SCAN)).items()).contains(item);
        }
    }
}
