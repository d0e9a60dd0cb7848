package dev.outrider.file.format;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the cells of a Qualys export mean in the words of a Nessus one. */
final class QualysCells implements Cells {
    /** {@code 8.1 (AV:N/AC:L/…)}: a score, then its vector. */
    private static final Pattern SCORED = Pattern.compile("^\\s*([0-9.]+)?\\s*(?:\\((.*)\\))?\\s*$");

    private final Row row;

    QualysCells(Row row) {
        this.row = row;
    }

    @Override
    public String get(NessusColumn column) {
        String cell = row.get(column);
        if (cell.strip().matches("'?-")) {
            return "";
        }
        return switch (column) {
            case CVSS2, CVSS3 -> SCORED.matcher(cell).replaceFirst("$1");
            case CVSS2_VECTOR -> SCORED.matcher(cell).replaceFirst("$2");
            case CVSS3_VECTOR -> {
                String vector = SCORED.matcher(cell).replaceFirst("$2");
                yield vector.isEmpty() || vector.startsWith("CVSS:") ? vector : "CVSS:3.1/" + vector;
            }
            case SEVERITY -> informs(row.get(NessusColumn.TYPE)) ? "none" : severity(cell.strip());
            case STATE -> cell.strip().toLowerCase(Locale.ROOT).equals("fixed") ? "FIXED" : "";
            case FQDN -> cell.strip().equalsIgnoreCase("No registered hostname") ? "" : cell;
            default -> cell;
        };
    }

    /** Five levels become four: the two lowest, minimal and medium, are both low. */
    private static String severity(String level) {
        return switch (level) {
            case "1", "2" -> "low";
            case "3" -> "medium";
            case "4" -> "high";
            case "5" -> "critical";
            default -> level;
        };
    }

    /** Whether the type of a row says that it only informs: {@code Ig}, information gathered. */
    private static boolean informs(String type) {
        return type.strip().toLowerCase(Locale.ROOT).startsWith("i");
    }
}
