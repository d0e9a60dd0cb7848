package dev.outrider.file.format;

import java.io.IOException;

/** JSON (a list, or one somewhere in a document) and NDJSON, read by a map of the items' fields. */
final class MappedJson implements ScanFormat {
    static final String ID = "json";

    private final TableMap map;

    MappedJson(TableMap map) {
        this.map = map;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(Head head) {
        var text = head.in(map.encoding()).text().stripLeading();
        return text.startsWith("{") || text.startsWith("[");
    }

    @Override
    public ScanReader open(Content content, Head head, Limits limits) throws IOException, ScanException {
        return new TableReader(new JsonTable(map, content, head.in(map.encoding()), limits));
    }
}
