package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.host;
import static dev.outrider.file.format.ScanFiles.item;
import static dev.outrider.file.format.ScanFiles.nessus;
import static dev.outrider.file.format.ScanFiles.read;
import static dev.outrider.file.format.ScanFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileXmlTest {
    @TempDir
    Path dir;

    private static final String GOOD = nessus(host("192.0.2.7", item(443, 3, 1, "<plugin_output>x</plugin_output>")));

    @Test
    void refusesExternalEntitiesWithoutReadingThem() throws IOException {
        Path secret = ScanFiles.write(dir, "secret", "canary-4711");
        Outcome scan = read(
                dir,
                GOOD.replace(
                                "<NessusClientData_v2>",
                                "<!DOCTYPE x [<!ENTITY xxe SYSTEM \"" + secret.toUri() + "\">]><NessusClientData_v2>")
                        .replace("<plugin_output>x", "<plugin_output>&xxe;"));

        assertThat(scan.codes()).containsExactly("file.entity");
        assertThat(scan.items().toString()).doesNotContain("canary-4711");
        assertThat(scan.faults().get(0)).hasMessageContaining("scan").hasMessageContaining("remove it");
    }

    @Test
    void passesOverAnExternalDocumentTypeWithoutFetchingIt() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            server.setSoTimeout(200);
            var type = "<!DOCTYPE NessusClientData_v2 PUBLIC \"-//X//DTD X//EN\" \"http://127.0.0.1:"
                    + server.getLocalPort() + "/x.dtd\"><NessusClientData_v2>";

            Outcome scan = read(dir, GOOD.replace("<NessusClientData_v2>", type));
            Outcome asking = read(
                    dir,
                    GOOD.replace("<NessusClientData_v2>", type).replace("<plugin_output>x", "<plugin_output>&outer;"));

            assertThat(scan.codes()).isEmpty();
            assertThat(scan.items()).isNotEmpty();
            assertThat(asking.codes())
                    .as("an entity that only it could declare")
                    .containsExactly("file.entity");
            assertThat(connected(server)).isFalse();
        }
    }

    private static boolean connected(ServerSocket server) throws IOException {
        try {
            server.accept().close();
            return true;
        } catch (java.net.SocketTimeoutException nobody) {
            return false;
        }
    }

    @Test
    void refusesEntityBombs() throws IOException {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE lolz [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        Outcome scan = read(
                dir,
                GOOD.replace("<NessusClientData_v2>", bomb + "]><NessusClientData_v2>")
                        .replace("<plugin_output>x", "<plugin_output>&a9;"));

        assertThat(scan.codes()).containsExactly("file.entity");
        assertThat(scan.findings()).isEmpty();
    }

    @Test
    void passesABareDocumentTypeAndTheWordInOutput() throws IOException {
        Outcome scan = read(
                dir,
                GOOD.replace("<NessusClientData_v2>", "<!DOCTYPE NessusClientData_v2><NessusClientData_v2>")
                        .replace("<plugin_output>x", "<plugin_output>&lt;!DOCTYPE html SYSTEM &quot;x&quot;&gt;"));

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.finding(0).path("output").textValue()).isEqualTo("<!DOCTYPE html SYSTEM \"x\">");
    }

    @Test
    void refusesATenMegabyteAttribute() throws IOException {
        Outcome scan = read(
                dir,
                nessus(host("192.0.2.7", item(80, 1, 1), item(443, 1, 2).replace("Example 2", "x".repeat(10 << 20)))));

        assertThat(scan.codes()).containsExactly("file.too_large");
        assertThat(scan.findings()).hasSize(1);
    }

    @Test
    void refusesANameWithoutEnd() throws IOException {
        Outcome scan = read(
                ScanFiles.write(
                        dir, "scan", nessus(host("192.0.2.7", item(80, 1, 1), "<" + "x".repeat(4 << 20) + "/>"))),
                Limits.defaults().withTextChars(1 << 20, 1 << 20));

        assertThat(scan.codes()).containsExactly("file.too_large");
        assertThat(scan.findings()).hasSize(1);
    }

    @Test
    void refusesNamesWithoutNumber() throws IOException {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            names.append("<n").append(i).append("/>");
        }
        Outcome scan = read(dir, nessus(host("192.0.2.7", item(80, 1, 1), item(443, 1, 2, names.toString()))));

        assertThat(scan.codes()).containsExactly("file.too_large");
        assertThat(scan.findings()).hasSize(1);
    }

    @Test
    void refusesBottomlessNesting() throws IOException {
        Outcome scan = read(dir, nessus(host("192.0.2.7", item(80, 1, 1, "<a>".repeat(100) + "</a>".repeat(100)))));

        assertThat(scan.codes()).containsExactly("file.too_large");
    }

    @Test
    void cutsATextAtItsLimitAndReadsOn() throws IOException {
        Outcome scan = read(
                ScanFiles.write(
                        dir,
                        "scan",
                        nessus(host(
                                "192.0.2.7",
                                item(80, 1, 1, "<plugin_output>" + "y".repeat(200_000) + "</plugin_output>"),
                                item(81, 1, 2)))),
                Limits.defaults().withTextChars(100_000, 150_000));

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.finding(0).path("output").textValue()).hasSize(100_000);
        assertThat(scan.findings()).hasSize(2);
        assertThat(scan.repairs()).containsEntry(Repairs.TEXT_CUT, 1L);
    }

    @Test
    void readsALongTextInPiecesWhole() throws IOException {
        String text =
                "line &lt; of a long text <![CDATA[<raw>]]>\n".repeat(20_000).strip();
        Outcome scan =
                read(dir, nessus(host("192.0.2.7", item(80, 1, 1, "<plugin_output>" + text + "</plugin_output>"))));

        assertThat(scan.finding(0).path("output").textValue())
                .isEqualTo("line < of a long text <raw>\n".repeat(20_000).strip());
    }

    @Test
    void dropsControlCharactersAndReplacesInvalidUtf8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(utf8(GOOD.substring(0, GOOD.indexOf("x</plugin_output>"))));
        bytes.write(new byte[] {'a', 0, 7, 'b', (byte) 0xC3, 'c', (byte) 0xFF, (byte) 0xE2, (byte) 0x80, (byte) 0x99});
        bytes.write(utf8(GOOD.substring(GOOD.indexOf("x</plugin_output>") + 1)));
        Outcome scan = read(Files.write(dir.resolve("scan"), bytes.toByteArray()));

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.finding(0).path("output").textValue()).isEqualTo("ab\uFFFDc\uFFFD\u2019");
        assertThat(scan.repairs())
                .containsEntry(Repairs.CONTROL_CHARACTERS, 2L)
                .containsEntry(Repairs.INVALID_ENCODING, 2L);
    }

    @Test
    void readsReferencesToControlCharacters() throws IOException {
        Outcome scan = read(dir, GOOD.replace("<plugin_output>x", "<plugin_output>bell &#7; x"));

        assertThat(scan.faults()).isEmpty();
        assertThat(scan.finding(0).path("output").textValue()).isEqualTo("bell \u0007 x");
    }

    @Test
    void readsOtherEncodingsAndByteOrderMarks() throws IOException {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8}) {
            Path file =
                    Files.write(dir.resolve("scan"), ("\uFEFF" + GOOD.replace("x<", "caf\u00e9<")).getBytes(charset));
            assertThat(read(file).finding(0).path("output").textValue())
                    .as(charset.name())
                    .isEqualTo("caf\u00e9");
        }
        Path latin = Files.write(
                dir.resolve("scan"),
                GOOD.replace("x<", "caf\u00e9<")
                        .replace("version=\"1.0\"", "version=\"1.0\" encoding=\"ISO-8859-1\"")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(read(latin).finding(0).path("output").textValue()).isEqualTo("caf\u00e9");
    }

    @Test
    void namesThePlaceOfAMistake() throws IOException {
        Outcome scan = read(dir, nessus(host("192.0.2.7", item(80, 1, 1) + "\n", "<a></b>", item(81, 1, 2))));

        assertThat(scan.codes()).containsExactly("file.malformed");
        assertThat(scan.findings()).hasSize(1);
        assertThat(scan.faults().get(0)).hasMessageContaining("line 7, column 6");
    }

    @Test
    void saysOfAFileThatWasNeverWrittenThatItIsNotEmpty() throws IOException {
        for (int size : new int[] {1, 5_000, 200_000}) {
            Outcome scan = read(Files.write(dir.resolve("scan"), new byte[size]));

            assertThat(scan.codes()).as("%d bytes", size).containsExactly("file.unwritten");
            assertThat(scan.faults().get(0)).hasMessageContaining("NUL bytes");
        }
        assertThat(read(dir, "\uFEFF \n").codes()).containsExactly("file.empty");
    }

    @Test
    void refusesWhatIsNoScan() throws IOException {
        assertThat(read(dir, "").codes()).containsExactly("file.empty");
        assertThat(read(dir, " \n\n").codes()).containsExactly("file.empty");
        assertThat(read(dir, "<NessusClientData><Report/></NessusClientData>").codes())
                .containsExactly("file.nessus_v1");
        assertThat(read(dir, "<html><body/></html>").codes()).containsExactly("file.unknown_format");
        assertThat(read(dir, "just some words").codes()).containsExactly("file.unknown_format");
        assertThat(read(dir, "{\"a\":1}").codes()).containsExactly("file.unknown_format");
        assertThat(read(Files.write(
                                dir.resolve("scan"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0}))
                        .codes())
                .containsExactly("file.unknown_format");
    }
}
