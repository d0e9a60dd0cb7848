package dev.outrider.file.format;

import static dev.outrider.file.format.ScanFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.file.format.ScanFiles.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NmapXmlReaderTest {
    private static final String HEAD = "<?xml version=\"1.0\"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner=\"nmap\">";

    @TempDir
    Path dir;

    private static String host(String address) {
        return "<host><status state=\"up\"/><address addr=\"" + address + "\" addrtype=\"ipv4\"/><ports>"
                + "<port protocol=\"tcp\" portid=\"80\"><state state=\"open\"/><service name=\"http\"/></port>"
                + "</ports></host>";
    }

    @Test
    void givesWholeHostsOfAnAbortedScanAndSaysThatItIsCut() throws IOException {
        String whole = HEAD + host("192.0.2.1") + host("192.0.2.2");
        Outcome cut = read(dir, whole.substring(0, whole.length() - 20));

        assertThat(cut.codes()).containsExactly("file.cut");
        assertThat(cut.hosts()).extracting(h -> h.path("dns").asText()).containsExactly("192.0.2.1");
        assertThat(cut.findings()).hasSize(1);
    }

    @Test
    void givesNothingOfAScanWithoutHosts() throws IOException {
        Outcome none = read(dir, HEAD + "</nmaprun>");

        assertThat(none.items()).isEmpty();
        assertThat(none.faults()).isEmpty();
    }

    @Test
    void givesAPortOnceWhenItIsNamedTwice() throws IOException {
        String twice = host("192.0.2.1")
                .replace("</ports>", "<port protocol=\"tcp\" portid=\"80\"><state state=\"open\"/></port></ports>");

        assertThat(read(dir, HEAD + twice + "</nmaprun>").findings())
                .extracting(f -> f.path("newPort").asBoolean())
                .containsExactly(true, false);
    }

    @Test
    void refusesEntities() throws IOException {
        Outcome hostile = read(
                dir,
                "<?xml version=\"1.0\"?><!DOCTYPE nmaprun [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><nmaprun>"
                        + host("&x;") + "</nmaprun>");

        assertThat(hostile.codes()).containsExactly("file.entity");
        assertThat(hostile.items()).isEmpty();
    }

    @Test
    void refusesAHostThatNeverEnds() throws IOException {
        String name = "<hostname name=\"" + "a".repeat(1_000_000) + "\" type=\"PTR\"/>";
        Outcome bomb = read(dir, HEAD + "<host><hostnames>" + name.repeat(14) + "</hostnames></host></nmaprun>");

        assertThat(bomb.codes()).containsExactly("file.too_large");
    }
}
