package dev.outrider.file.format;

import java.io.IOException;

/** The scanner's own XML, version 2. */
final class NessusXml implements ScanFormat {
    static final String ID = "nessus";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(Head head) {
        return "NessusClientData_v2".equals(head.xmlRoot());
    }

    @Override
    public ScanReader open(Content content, Head head, Limits limits) throws IOException {
        return new NessusXmlReader(content, head, limits);
    }

    @Override
    public ScanException refusal(Head head, String name) {
        return "NessusClientData".equals(head.xmlRoot())
                ? new ScanException(
                        "file.nessus_v1",
                        name
                                + ": a Nessus file of version 1 (root NessusClientData), which Nessus has not written since 2010;"
                                + " export the scan as .nessus version 2")
                : null;
    }
}
