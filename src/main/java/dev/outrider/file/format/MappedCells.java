package dev.outrider.file.format;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the cells of another maker's table mean in the words of a Nessus one. */
final class MappedCells implements Cells {
    private static final Set<String> FIXED = Set.of("fixed", "closed", "resolved", "remediated", "mitigated");
    private static final Set<String> ACCEPTED =
            Set.of("accepted", "risk accepted", "accepted risk", "false positive", "suppressed", "ignored");

    private final Row row;
    private final Map<String, String> severities;

    /** @param severities the maker's words for severity, lower-case, to ours */
    MappedCells(Row row, Map<String, String> severities) {
        this.row = row;
        this.severities = severities;
    }

    @Override
    public String get(NessusColumn column) {
        return switch (column) {
            // 443/tcp says both.
            case PORT -> row.get(column).split("/", 2)[0];
            case PROTOCOL -> protocol();
            case SEVERITY -> severities.getOrDefault(folded(column), row.get(column));
            case STATE -> FIXED.contains(folded(column)) ? "FIXED" : row.get(column);
            case ACCEPTED -> ACCEPTED.contains(folded(NessusColumn.STATE)) ? "true" : "";
            default -> row.get(column);
        };
    }

    private String protocol() {
        var given = row.get(NessusColumn.PROTOCOL);
        if (!given.isBlank()) {
            return given;
        }
        var port = row.get(NessusColumn.PORT).split("/", 2);
        return port.length == 2 ? port[1] : "tcp";
    }

    private String folded(NessusColumn column) {
        return row.get(column).strip().toLowerCase(Locale.ROOT);
    }
}
