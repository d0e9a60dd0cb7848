package dev.outrider.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/**
 * Writes {@code .nessus} files of any size, always the same for the same seed. The mix follows what scans of servers look like: three
 * quarters of the findings are informational, texts repeat with their plugin, outputs differ from host to host.
 */
public final class ScanGenerator {
    private static final int PLUGINS = 3000;
    private static final String[] WORDS =
            ("the remote service is affected by a flaw that lets an attacker on the network read"
                            + " memory beyond its bounds when a crafted request arrives & no check of <length> is done before copying"
                            + " data into buffers of fixed size so upgrade to the version that the vendor names or switch it off")
                    .split(" ");
    private static final String[] RISKS = {"None", "Low", "Medium", "High", "Critical"};

    private final Random random;
    private final StringBuilder text = new StringBuilder(1 << 16);
    private final String[] plugins = new String[PLUGINS];
    private final int[] severities = new int[PLUGINS];
    private long written;

    private ScanGenerator(long seed) {
        random = new Random(seed);
        for (int i = 0; i < PLUGINS; i++) {
            int roll = random.nextInt(100);
            severities[i] = roll < 75 ? 0 : roll < 80 ? 1 : roll < 92 ? 2 : roll < 98 ? 3 : 4;
            plugins[i] = plugin(i);
        }
    }

    /** A scan of about so many bytes; the file appears whole. */
    public static void bySize(Path file, long seed, long bytes) throws IOException {
        new ScanGenerator(seed).write(file, Long.MAX_VALUE, 60, bytes);
    }

    /** A scan of exactly so many hosts, each with so many findings. */
    public static void byHosts(Path file, long seed, int hosts, int findings) throws IOException {
        new ScanGenerator(seed).write(file, hosts, findings, Long.MAX_VALUE);
    }

    private void write(Path file, long hosts, int findings, long bytes) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
            text.append(
                    "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy><policyName>Bench</policyName><Preferences><ServerPreferences>");
            for (int i = 0; i < 2000 && bytes > 1 << 20; i++) {
                text.append("<preference><name>plugin_set_")
                        .append(i)
                        .append("</name><value>")
                        .append(i * 7919L)
                        .append(";</value></preference>");
            }
            text.append(
                    "</ServerPreferences></Preferences></Policy>\n<Report name=\"bench\" xmlns:cm=\"http://www.nessus.org/cm\">\n");
            flush(out);
            for (long host = 0; host < hosts && written < bytes; host++) {
                host(host, findings);
                flush(out);
            }
            text.append("</Report>\n</NessusClientData_v2>\n");
            flush(out);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void host(long number, int findings) {
        var address = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
        text.append("<ReportHost name=\"").append(address).append("\"><HostProperties>\n");
        tag("host-ip", address);
        tag("host-fqdn", "host" + number + ".bench.example.com");
        tag("operating-system", "Linux Kernel 5." + number % 20);
        tag("cpe", "cpe:/o:linux:linux_kernel");
        tag("HOST_START_TIMESTAMP", Long.toString(1_760_000_000L + number));
        tag("HOST_END_TIMESTAMP", Long.toString(1_760_000_600L + number));
        text.append("</HostProperties>\n");
        for (int i = 0; i < findings; i++) {
            int plugin = random.nextInt(PLUGINS);
            int port = i % 4 == 0 ? 0 : 20 + random.nextInt(30);
            text.append("<ReportItem port=\"")
                    .append(port)
                    .append("\" svc_name=\"")
                    .append(port == 0 ? "general" : "svc" + port)
                    .append("\" protocol=\"tcp\" severity=\"")
                    .append(severities[plugin])
                    .append(plugins[plugin])
                    .append("<plugin_output>\nHost : ")
                    .append(address)
                    .append("\nRun  : ")
                    .append(number * 1000 + i);
            words(10 + random.nextInt(60));
            text.append("</plugin_output>\n</ReportItem>\n");
        }
        text.append("</ReportHost>\n");
    }

    /** From the severity's closing quote to before the output. */
    private String plugin(int number) {
        var mark = text.length();
        int severity = severities[number];
        text.append("\" pluginID=\"")
                .append(100_000 + number)
                .append("\" pluginName=\"Bench Plugin ")
                .append(number)
                .append(" &lt; ")
                .append(number % 9)
                .append(".2\" pluginFamily=\"Family ")
                .append(number % 40)
                .append("\">\n");
        text.append("<description>");
        words(60 + random.nextInt(200));
        text.append("</description>\n<fname>bench_")
                .append(number)
                .append(".nasl</fname>\n<plugin_modification_date>2024/05/01</plugin_modification_date>\n");
        text.append("<plugin_name>Bench Plugin ")
                .append(number)
                .append("</plugin_name>\n<plugin_publication_date>2020/01/18</plugin_publication_date>\n");
        text.append("<plugin_type>remote</plugin_type>\n<risk_factor>")
                .append(RISKS[severity])
                .append("</risk_factor>\n<script_version>1.")
                .append(number % 90)
                .append("</script_version>\n");
        if (severity > 0) {
            for (int i = 0; i <= number % 3; i++) {
                text.append("<cve>CVE-20")
                        .append(10 + number % 15)
                        .append('-')
                        .append(10_000 + number * 3 + i)
                        .append("</cve>\n");
            }
            text.append("<cvss3_base_score>")
                    .append(severity * 2 + 1)
                    .append(
                            ".1</cvss3_base_score>\n<cvss3_vector>CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N</cvss3_vector>\n");
            text.append("<cvss_base_score>")
                    .append(severity * 2)
                    .append(".0</cvss_base_score>\n<cvss_vector>CVSS2#AV:N/AC:L/Au:N/C:P/I:N/A:N</cvss_vector>\n");
            text.append("<exploit_available>")
                    .append(number % 2 == 0)
                    .append("</exploit_available>\n<xref>CWE:")
                    .append(20 + number % 700)
                    .append("</xref>\n");
        }
        text.append("<see_also>https://www.example.com/plugins/").append(number).append("</see_also>\n<solution>");
        words(8 + random.nextInt(20));
        text.append("</solution>\n<synopsis>");
        words(8 + random.nextInt(12));
        text.append("</synopsis>\n");
        var plugin = text.substring(mark);
        text.setLength(mark);
        return plugin;
    }

    private void tag(String name, String value) {
        text.append("<tag name=\"").append(name).append("\">").append(value).append("</tag>\n");
    }

    private void words(int count) {
        for (int i = 0; i < count; i++) {
            var word = WORDS[random.nextInt(WORDS.length)];
            text.append(i % 14 == 13 ? '\n' : ' ');
            text.append(word.equals("&") ? "&amp;" : word.equals("<length>") ? "&lt;length&gt;" : word);
        }
    }

    private void flush(OutputStream out) throws IOException {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        written += bytes.length;
        text.setLength(0);
    }
}
