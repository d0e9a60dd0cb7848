package dev.outrider.file.format;

import java.io.IOException;

/** JSON (a list, or one somewhere in a document) and NDJSON, read by a map of the items' fields. */
final class MappedJson extends MappedFormat {
    static final String ID = "json";

    MappedJson(TableMap map) {
        super(ID, map);
    }

    @Override
    boolean tells(Head head) {
        var text = head.text().stripLeading();
        return text.startsWith("{") || text.startsWith("[");
    }

    @Override
    Table table(Content content, Head head, Limits limits) throws IOException, ScanException {
        return new JsonTable(map(), content, head, limits);
    }
}
