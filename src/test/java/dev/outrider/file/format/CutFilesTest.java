package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.host;
import static dev.outrider.file.format.ScanFiles.item;
import static dev.outrider.file.format.ScanFiles.nessus;
import static dev.outrider.file.format.ScanFiles.properties;
import static dev.outrider.file.format.ScanFiles.read;
import static dev.outrider.file.format.ScanFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutFilesTest {
    @TempDir
    Path dir;

    private Outcome cut(byte[] whole, int at) throws IOException {
        return read(Files.write(dir.resolve("scan"), Arrays.copyOf(whole, at)));
    }

    @Test
    void givesOnlyWholeItemsWhereverXmlIsCut() throws IOException {
        byte[] whole = utf8(nessus(
                host(
                        "192.0.2.7",
                        properties("host-ip", "192.0.2.7"),
                        item(
                                443,
                                3,
                                1,
                                "<cve>CVE-2024-0001</cve>",
                                "<plugin_output><![CDATA[a]]> &lt;\u00e9\u2019\uD83D\uDE00</plugin_output><!-- c -->"),
                        item(80, 0, 2)),
                host("late", item(22, 1, 3), properties("host-ip", "192.0.2.8"))));
        Outcome all = cut(whole, whole.length);
        assertThat(all.items()).hasSize(5);
        int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().getBytes(StandardCharsets.UTF_8).length;
        for (int n = 0; n < end; n++) {
            Outcome cut = cut(whole, n);
            assertThat(cut.codes()).as("cut at %d", n).hasSize(1);
            assertThat(cut.codes().get(0)).as("cut at %d: %s", n, cut.faults()).isIn("file.cut", "file.empty");
            // The second host is known by less while its properties are missing.
            int sure = Math.min(cut.items().size(), 3);
            assertThat(cut.items().subList(0, sure))
                    .as("cut at %d", n)
                    .isEqualTo(all.items().subList(0, sure));
            assertThat(cut.findings()).as("cut at %d", n).allMatch(f -> f.has("occurrence"));
        }
    }

    @Test
    void givesAnItemThatWaitedForItsHostAlsoWhenTheHostIsCut() throws IOException {
        String text = nessus(host("web", item(22, 1, 3), properties("host-ip", "192.0.2.8")));
        Outcome cut = cut(utf8(text), text.indexOf("<HostProperties>") + 20);

        assertThat(cut.codes()).containsExactly("file.cut");
        assertThat(cut.hosts().get(0).path("dns").asText()).isEqualTo("web");
        assertThat(cut.findings()).hasSize(1);
    }

    @Test
    void givesOnlyWholeRowsWhereverACsvIsCut() throws IOException {
        byte[] whole = utf8("Plugin ID,CVE,Risk,Host,Protocol,Port,Name,Plugin Output\n"
                + "1,CVE-2024-0001,Low,192.0.2.7,tcp,80,A,\"one \"\"q\"\"\ntwo\"\n2,,None,192.0.2.7,tcp,80,B,\"x\"\n"
                + "3,CVE-2024-0002,High,192.0.2.8,udp,53,C,\"y\"\n");
        Outcome all = cut(whole, whole.length);
        assertThat(all.items()).hasSize(5);
        int header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int n = 0; n < whole.length; n++) {
            Outcome cut = cut(whole, n);
            int whatIsWhole = cut.items().size();
            if (cut.faults().isEmpty()) {
                // Nothing shows that a row ended early when it has all its cells: between rows, or after what could be
                // a closing quote.
                assertThat(n).isGreaterThanOrEqualTo(header);
                assertThat((char) whole[n - 1]).as("cut at %d", n).isIn('\n', '"');
                whatIsWhole -= whole[n - 1] == '"' ? 1 : 0;
            } else {
                assertThat(cut.codes()).as("cut at %d", n).hasSize(1);
                assertThat(cut.codes().get(0))
                        .as("cut at %d", n)
                        .isIn("file.cut", "file.empty", "file.unknown_format", "file.csv_columns");
            }
            assertThat(cut.items().subList(0, whatIsWhole))
                    .as("cut at %d", n)
                    .isEqualTo(all.items().subList(0, whatIsWhole));
        }
    }
}
