package dev.outrider.file.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Any CSV, read by a map of its columns. */
final class MappedCsv extends MappedFormat {
    static final String ID = "csv";

    MappedCsv(TableMap map) {
        super(ID, map);
    }

    @Override
    boolean tells(Head head) {
        CsvHeader header = header(head);
        return header != null && lacking(header).isEmpty();
    }

    @Override
    Table table(Content content, Head head, Limits limits) {
        return new CsvTable(ID, content, head, header(head), limits, map()::cells, false);
    }

    @Override
    public ScanException refusal(Head head, String name) {
        CsvHeader header = header(head.in(map().encoding()));
        return header == null ? null : map().missing(name, lacking(header), header.names());
    }

    /** The row, and the separator, that name most of the columns; null where this is no table. */
    private CsvHeader header(Head head) {
        if (head.looksLikeXml() || head.text().isBlank()) {
            return null;
        }
        CsvHeader best = null;
        for (char separator : CsvHeader.SEPARATORS) {
            if (map().delimiter() == null || map().delimiter() == separator) {
                best = better(best, head.text(), separator);
            }
        }
        return best == null && map().delimiter() != null ? better(null, head.text(), map().delimiter()) : best;
    }

    private CsvHeader better(CsvHeader known, String text, char separator) {
        CsvHeader best = known;
        var rows = CsvHeader.firstRows(text, separator);
        for (int row = 0; row < rows.size(); row++) {
            List<String> names = rows.get(row);
            Map<NessusColumn, int[]> bound = bind(names);
            if (best == null || rank(bound, names) > rank(best.columns(), best.names())) {
                best = CsvHeader.of(
                        separator, row, names, bound, NessusColumn.HOST, NessusColumn.IP, NessusColumn.FQDN);
            }
        }
        return best;
    }

    /** What names the most of our columns; with equally many (none, in a wrong file) what has the most cells. */
    private static int rank(Map<NessusColumn, int[]> bound, List<String> names) {
        return bound.size() * 1000 + Math.min(names.size(), 999);
    }

    private Map<NessusColumn, int[]> bind(List<String> names) {
        List<String> folded = names.stream().map(NessusColumn::folded).toList();
        Map<NessusColumn, int[]> bound = new EnumMap<>(NessusColumn.class);
        map().sources().forEach((column, source) -> {
            int[] places = source.names().stream()
                    .map(NessusColumn::folded)
                    .mapToInt(folded::indexOf)
                    .filter(place -> place >= 0)
                    .toArray();
            if (places.length > 0) {
                bound.put(column, places);
            }
        });
        return bound;
    }

    private List<TableMap.Source> lacking(CsvHeader header) {
        List<TableMap.Source> lacking = new ArrayList<>();
        map().sources().forEach((column, source) -> {
            if (source.needed() && !header.columns().containsKey(column)) {
                lacking.add(source);
            }
        });
        return lacking;
    }
}
