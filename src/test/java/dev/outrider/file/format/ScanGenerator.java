package dev.outrider.file.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes a made-up {@code .nessus} of any size, shaped like real ones: much information, some findings, long texts. */
final class ScanGenerator {
    private static final String[] WORDS = {
        "the",
        "remote",
        "host",
        "is",
        "affected",
        "by",
        "a",
        "service",
        "version",
        "prior",
        "to",
        "allows",
        "an",
        "attacker",
        "could",
        "exploit",
        "memory",
        "corruption",
        "in",
        "module",
        "that",
        "handles",
        "requests",
        "upgrade",
        "certificate",
        "&lt;",
        "&gt;",
        "&quot;",
        "configuration",
        "server",
        "protocol",
        "update",
        "library",
        "function",
        "when",
        "parsing",
    };

    private ScanGenerator() {}

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Long.parseLong(args[1]) << 20);
    }

    static void write(Path file, long bytes) throws IOException {
        Random random = new Random(7);
        String[] texts = new String[400];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(random, 40 + random.nextInt(260));
        }
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(
                    "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy><policyName>Made up</policyName></Policy>\n");
            out.write("<Report name=\"made up\" xmlns:cm=\"http://www.nessus.org/cm\">\n");
            long written = 0;
            for (int host = 0; written < bytes; host++) {
                written += host(out, random, texts, host);
            }
            out.write("</Report>\n</NessusClientData_v2>\n");
        }
    }

    private static long host(Writer out, Random random, String[] texts, int host) throws IOException {
        String ip = "10." + (host >> 16 & 255) + "." + (host >> 8 & 255) + "." + (host & 255);
        StringBuilder xml = new StringBuilder(1 << 16);
        xml.append("<ReportHost name=\"").append(ip).append("\"><HostProperties>\n");
        tag(xml, "HOST_END_TIMESTAMP", String.valueOf(1700000000 + host));
        tag(xml, "HOST_END", "Wed Mar 23 15:07:52 2022");
        tag(xml, "host-ip", ip);
        tag(xml, "host-fqdn", "host" + host + ".example.test");
        tag(xml, "operating-system", "Linux Kernel 5.15");
        tag(xml, "mac-address", "02:00:00:00:00:01\n02:00:00:00:00:02");
        tag(xml, "cpe-0", "cpe:/o:linux:linux_kernel -> Linux Kernel");
        for (int i = 0; i < 30; i++) {
            tag(xml, "traceroute-hop-" + i, "?");
        }
        xml.append("</HostProperties>\n");
        for (int i = 0; i < 60; i++) {
            item(xml, random, texts, i);
        }
        xml.append("</ReportHost>\n");
        out.write(xml.toString());
        return xml.length();
    }

    private static void item(StringBuilder xml, Random random, String[] texts, int n) {
        int severity = n % 5 < 3 ? 0 : 1 + random.nextInt(4);
        int plugin = 10000 + random.nextInt(4000);
        xml.append("<ReportItem port=\"")
                .append(n % 4 == 0 ? 0 : 20 + n % 13)
                .append("\" svc_name=\"www\" protocol=\"tcp\" severity=\"");
        xml.append(severity)
                .append("\" pluginID=\"")
                .append(plugin)
                .append("\" pluginName=\"Made up check ")
                .append(plugin);
        xml.append(" &lt; 1.2\" pluginFamily=\"Web Servers\">\n");
        child(xml, "description", texts[plugin % 400]);
        child(xml, "fname", "made_up_" + plugin + ".nasl");
        child(xml, "plugin_modification_date", "2022/01/18");
        child(xml, "plugin_name", "Made up check " + plugin);
        child(xml, "plugin_publication_date", "2020/01/18");
        child(xml, "plugin_type", "remote");
        child(xml, "script_version", "1.14");
        child(xml, "solution", texts[(plugin + 7) % 400].substring(0, 100).replace('&', '+'));
        child(xml, "synopsis", "The remote host runs something made up.");
        if (severity > 0) {
            child(xml, "risk_factor", "High");
            child(xml, "cvss_base_score", "7.5");
            child(xml, "cvss_vector", "CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P");
            child(xml, "cvss3_base_score", "8.1");
            child(xml, "cvss3_vector", "CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H");
            for (int i = 0; i < 1 + plugin % 4; i++) {
                child(xml, "cve", "CVE-20" + (10 + plugin % 15) + "-" + (1000 + plugin + i));
            }
            child(xml, "xref", "CWE:79");
            child(xml, "see_also", "https://a.example.test/" + plugin + "\nhttps://b.example.test/" + plugin);
            child(xml, "exploit_available", "false");
        } else {
            child(xml, "risk_factor", "None");
        }
        child(xml, "plugin_output", texts[random.nextInt(400)]);
        xml.append("</ReportItem>\n");
    }

    private static void tag(StringBuilder xml, String name, String value) {
        xml.append("<tag name=\"").append(name).append("\">").append(value).append("</tag>\n");
    }

    private static void child(StringBuilder xml, String name, String value) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(i % 12 == 11 ? '\n' : ' ');
        }
        return text.toString();
    }
}
