package dev.outrider.file.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The row of a CSV that names its columns, bound to what they mean, by name and never by place: names may be empty or come twice.
 *
 * @param preamble rows before it, in which Qualys says what report this is
 * @param neededCells cells a row must have at least
 */
record CsvHeader(char separator, int preamble, List<String> names, Map<NessusColumn, int[]> columns, int neededCells) {
    private static final int LONGEST_PREAMBLE = 12;

    static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private static final NessusColumn[] NEEDED = {
        NessusColumn.PLUGIN_ID, NessusColumn.NAME, NessusColumn.PROTOCOL, NessusColumn.PORT,
    };

    /** The reading of the head that knows the most columns, or null when this is no table. */
    static CsvHeader of(Head head) {
        if (head.looksLikeXml() || head.text().isBlank()) {
            return null;
        }
        CsvHeader best = null;
        for (char separator : SEPARATORS) {
            CsvHeader header = of(head.text(), separator);
            if (header != null && (best == null || header.rank() > best.rank())) {
                best = header;
            }
        }
        return best;
    }

    private static CsvHeader of(String text, char separator) {
        var rows = firstRows(text, separator);
        if (rows.isEmpty()) {
            return null;
        }
        int preamble = 0;
        for (int row = 1; row < rows.size() && !ofQualys(rows.get(preamble)); row++) {
            if (ofQualys(rows.get(row))) {
                preamble = row;
            }
        }
        List<String> names = rows.get(preamble);
        return names.size() < 2 ? null : of(separator, preamble, names, bind(names), NEEDED);
    }

    /** The rows among which a header may be; none where the text is no table. */
    static List<List<String>> firstRows(String text, char separator) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(text)) {
            for (var all = csv.iterator(); all.hasNext() && rows.size() <= LONGEST_PREAMBLE; ) {
                rows.add(List.copyOf(all.next().getFields()));
            }
        } catch (CsvParseException | java.io.IOException notATable) {
            return List.of();
        }
        return rows;
    }

    private static boolean ofQualys(List<String> names) {
        return names.stream().anyMatch(name -> NessusColumn.folded(name).equals("qid"));
    }

    /** Whether this is an export of Qualys. */
    boolean qualys() {
        return ofQualys(names);
    }

    private static Map<NessusColumn, int[]> bind(List<String> names) {
        List<String> folded = names.stream().map(NessusColumn::folded).toList();
        Map<NessusColumn, int[]> bound = new EnumMap<>(NessusColumn.class);
        for (NessusColumn column : NessusColumn.values()) {
            int[] places = column.names().stream()
                    .mapToInt(folded::indexOf)
                    .filter(i -> i >= 0)
                    .toArray();
            if (places.length > 0) {
                bound.put(column, places);
            }
        }
        return bound;
    }

    private int rank() {
        return columns.size() * 1000 + Math.min(names.size(), 999);
    }

    /** Names of columns without which a row says nothing; empty when all are there. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        require(missing, "Plugin ID", NessusColumn.PLUGIN_ID);
        require(missing, "Name", NessusColumn.NAME);
        require(missing, "Host (or IP Address, DNS Name)", NessusColumn.HOST, NessusColumn.IP, NessusColumn.FQDN);
        require(missing, "Protocol", NessusColumn.PROTOCOL);
        require(missing, "Port", NessusColumn.PORT);
        require(missing, "Risk (or Severity)", NessusColumn.RISK, NessusColumn.SEVERITY);
        return missing;
    }

    /** @param needed cells a row must have; exports may leave out empty ones at its end, but not these */
    static CsvHeader of(
            char separator,
            int preamble,
            List<String> names,
            Map<NessusColumn, int[]> columns,
            NessusColumn... needed) {
        int cells = 0;
        for (NessusColumn column : needed) {
            int[] places = columns.get(column);
            cells = Math.max(cells, places == null ? 0 : places[0] + 1);
        }
        return new CsvHeader(separator, preamble, names, columns, cells);
    }

    private void require(List<String> missing, String shown, NessusColumn... anyOf) {
        for (NessusColumn column : anyOf) {
            if (columns.containsKey(column)) {
                return;
            }
        }
        missing.add(shown);
    }

    /** Whether it looks enough like a table that its columns, not its kind, are what is wrong. */
    boolean plausible() {
        return !columns.isEmpty() || names.size() > 2 && names.stream().allMatch(n -> n.length() <= 60);
    }
}
