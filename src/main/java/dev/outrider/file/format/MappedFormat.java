package dev.outrider.file.format;

import java.io.IOException;

/** Tables of any maker, read by a map of their fields. */
abstract class MappedFormat implements ScanFormat {
    private final String id;
    private final TableMap map;

    MappedFormat(String id, TableMap map) {
        this.id = id;
        this.map = map;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean recognises(Head head) {
        return tells(head.in(map.encoding()));
    }

    @Override
    public ScanReader open(Content content, Head head, Limits limits) throws IOException, ScanException {
        return new TableReader(table(content, head.in(map.encoding()), limits));
    }

    TableMap map() {
        return map;
    }

    /** @param head in the encoding that the map declares */
    abstract boolean tells(Head head);

    /** @param head in the encoding that the map declares */
    abstract Table table(Content content, Head head, Limits limits) throws IOException, ScanException;
}
