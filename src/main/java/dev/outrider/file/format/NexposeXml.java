package dev.outrider.file.format;

import java.io.IOException;

/** The XML exports of Nexpose and InsightVM, versions 1.0 and 2.0. */
final class NexposeXml implements ScanFormat {
    static final String ID = "nexpose";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(Head head) {
        return "NexposeReport".equals(head.xmlRoot());
    }

    @Override
    public ScanReader open(Content content, Head head, Limits limits) throws IOException, ScanException {
        return NexposeXmlReader.open(content, head, limits);
    }

    @Override
    public ScanException refusal(Head head, String name) {
        return "NeXposeSimpleXML".equals(head.xmlRoot())
                ? new ScanException(
                        "file.unknown_format",
                        name
                                + ": the simple XML export of Nexpose, which leaves out what a vulnerability is; export \"XML"
                                + " Export 2.0\"")
                : null;
    }
}
