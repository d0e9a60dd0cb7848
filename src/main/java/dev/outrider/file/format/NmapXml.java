package dev.outrider.file.format;

import java.io.IOException;

/** What nmap writes with {@code -oX}. */
final class NmapXml implements ScanFormat {
    static final String ID = "nmap";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(Head head) {
        return "nmaprun".equals(head.xmlRoot());
    }

    @Override
    public ScanReader open(Content content, Head head, Limits limits) throws IOException {
        return new NmapXmlReader(content, head, limits);
    }
}
