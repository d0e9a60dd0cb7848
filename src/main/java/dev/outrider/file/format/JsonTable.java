package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The items of a JSON file as rows. Items leave out what they have not, so only a field that none of them has is missing. */
final class JsonTable implements Table {
    private static final int SHOWN_KEYS = 60;

    private final TableMap map;
    private final Content content;
    private final Head head;
    private final Limits limits;
    private final Set<NessusColumn> unseen;
    private final Set<String> keys = new LinkedHashSet<>();

    JsonTable(TableMap map, Content content, Head head, Limits limits) {
        this.map = map;
        this.content = content;
        this.head = head;
        this.limits = limits;
        this.unseen = EnumSet.noneOf(NessusColumn.class);
        map.sources().forEach((column, source) -> {
            if (source.needed()) {
                unseen.add(column);
            }
        });
    }

    @Override
    public String format() {
        return MappedJson.ID;
    }

    @Override
    public String rowCode() {
        return "file.json_item";
    }

    @Override
    public String name() {
        return content.name();
    }

    @Override
    public Rows rows(Set<NessusColumn> wanted) throws IOException {
        return new JsonRows(content, head, map, limits, this::observe);
    }

    private void observe(JsonNode item) {
        if (!unseen.isEmpty()) {
            unseen.removeIf(column -> map.sources().get(column).names().stream()
                    .anyMatch(name -> !JsonRow.find(item, name).isMissingNode()));
        }
        if (keys.size() < SHOWN_KEYS) {
            item.fieldNames().forEachRemaining(keys::add);
        }
    }

    @Override
    public void checked() throws ScanException {
        if (!unseen.isEmpty() && !keys.isEmpty()) {
            List<TableMap.Source> lacking = new ArrayList<>();
            unseen.forEach(column -> lacking.add(map.sources().get(column)));
            throw map.missing(name(), lacking, List.copyOf(keys));
        }
    }

    @Override
    public Cells cells(Row row) {
        return map.cells(row);
    }

    @Override
    public boolean findingsOnly() {
        return false;
    }
}
