package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Old files carry no compliance elements: name and result of the check then stand in the first line of the description. */
final class NessusCompliance {
    private static final Pattern FIRST_LINE =
            Pattern.compile("^\"?([^\\r\\n]{1,1000}?)\"?\\s*:\\s*\\[(PASSED|FAILED|WARNING|ERROR|SKIPPED|INFO)\\]");

    private NessusCompliance() {}

    static void complete(Finding finding) {
        ObjectNode compliance = finding.compliance();
        if (compliance.has("checkName") && compliance.has("result")) {
            return;
        }
        Matcher line = FIRST_LINE.matcher(finding.value("description"));
        if (line.find()) {
            finding.compliance("checkName", line.group(1));
            finding.compliance("result", line.group(2));
        }
    }
}
