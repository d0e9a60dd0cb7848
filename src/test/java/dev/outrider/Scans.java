package dev.outrider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small scans for tests, written here. */
public final class Scans {
    private Scans() {}

    /** One host with one risk that names two CVEs, and one informational finding, on port 443. */
    public static String one(String host, String address) {
        return """
                <?xml version="1.0" ?>
                <NessusClientData_v2>
                <Report name="test" xmlns:cm="http://www.nessus.org/cm">
                <ReportHost name="%1$s"><HostProperties>
                <tag name="host-ip">%2$s</tag><tag name="host-fqdn">%1$s</tag><tag name="HOST_END_TIMESTAMP">1763800600</tag>
                </HostProperties>
                <ReportItem port="443" svc_name="www" protocol="tcp" severity="0" pluginID="1" pluginName="Service" pluginFamily="General">
                <plugin_output>a web server</plugin_output></ReportItem>
                <ReportItem port="443" svc_name="www" protocol="tcp" severity="3" pluginID="2" pluginName="Old Server &lt; 2" pluginFamily="Web">
                <cve>CVE-2024-0001</cve><cve>CVE-2024-0002</cve><cvss3_base_score>8.1</cvss3_base_score>
                <description>Old.</description><solution>Upgrade.</solution><plugin_output>Installed : 1</plugin_output></ReportItem>
                </ReportHost>
                </Report>
                </NessusClientData_v2>
                """
                .formatted(host, address);
    }

    /** Lets a file appear whole, as a careful uploader does. */
    public static Path drop(Path folder, String name, String content) {
        try {
            Files.createDirectories(folder);
            var part = Files.writeString(folder.resolve(name + ".part"), content);
            return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
