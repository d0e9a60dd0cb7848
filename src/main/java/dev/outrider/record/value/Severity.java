package dev.outrider.record.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * How bad a risk is. A CVSS score above 0 beats the vendor's rank, and the rank its word; what the vendor said is kept beside.
 *
 * @param code I, L, M, H or C
 * @param score the score that decided, or null
 * @param version of that score, as {@code 3.1}, or {@code 3} where only the family is known
 * @param vector of that score, or null
 * @param rank the vendor's 0..4, or null
 * @param word the vendor's word as given, or null
 * @param unknown true where nothing the vendor said is understood, and I stands for that
 */
public record Severity(
        String code, Double score, String version, String vector, Integer rank, String word, boolean unknown) {
    private static final String[] RANKS = {"I", "L", "M", "H", "C"};
    private static final String[] FAMILIES = {"4", "3", "2"};
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("critical", "C"),
            Map.entry("high", "H"),
            Map.entry("important", "H"),
            Map.entry("medium", "M"),
            Map.entry("moderate", "M"),
            Map.entry("low", "L"),
            Map.entry("info", "I"),
            Map.entry("informational", "I"),
            Map.entry("information", "I"),
            Map.entry("none", "I"));

    /**
     * @param severity what the mapping gives: cvss4, cvss3, cvss2, rank, word; may be absent
     * @param cvss the risk's scores with version and vector, best known first; may be empty
     * @throws RecordFault where a score or rank is no number of its range
     */
    public static Severity of(JsonNode severity, JsonNode cvss) {
        var rankNumber = number(severity.path("rank"), "risk.severity.rank", 4);
        var rank = rankNumber == null ? null : (Integer) rankNumber.intValue();
        var wordText = severity.path("word").asText("").strip();
        var word = wordText.isEmpty() ? null : wordText;
        for (var family : FAMILIES) {
            var score = number(severity.path("cvss" + family), "risk.severity.cvss" + family, 10);
            var entry = entry(cvss, family, score);
            if (score == null && entry != null) {
                score = number(entry.path("score"), "risk.cvss.score", 10);
            }
            if (score != null && score > 0) {
                var version = entry == null ? family : entry.path("version").asText(family);
                var vector = entry == null ? null : entry.path("vector").textValue();
                return new Severity(band(score), score, version, vector, rank, word, false);
            }
        }
        if (rank != null) {
            return new Severity(RANKS[rank], null, null, null, rank, word, false);
        }
        var code = word == null ? null : WORDS.get(word.toLowerCase(Locale.ROOT));
        return new Severity(code == null ? "I" : code, null, null, null, null, word, code == null);
    }

    /** Bands of the CVSS specification. */
    static String band(double score) {
        return score < 0.1 ? "I" : score < 4 ? "L" : score < 7 ? "M" : score < 9 ? "H" : "C";
    }

    /** The scanner ranks it 0: an observation, no risk. */
    public boolean informational() {
        return rank != null && rank == 0;
    }

    public ObjectNode node() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("code", code);
        if (score != null) {
            node.put("score", score).put("version", version);
        }
        if (vector != null) {
            node.put("vector", vector);
        }
        if (unknown) {
            node.put("unknown", true);
        }
        if (rank != null || word != null) {
            var vendor = node.putObject("vendor");
            if (rank != null) {
                vendor.put("rank", rank);
            }
            if (word != null) {
                vendor.put("word", word);
            }
        }
        return node;
    }

    /** The entry of a version family: the one with the score that was given beside, else the first with a score. */
    private static JsonNode entry(JsonNode cvss, String family, Double score) {
        JsonNode first = null;
        for (var entry : cvss) {
            if (entry.path("version").asText("").startsWith(family)) {
                if (first == null || first.path("score").isMissingNode()) {
                    first = entry;
                }
                if (score != null && entry.path("score").asDouble(-1) == score) {
                    return entry;
                }
            }
        }
        return first;
    }

    /** A number, or text that is one; null where there is none. */
    public static Double number(JsonNode node, String field, double max) {
        if (node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.textValue().isBlank()) {
            return null;
        }
        double value = Double.NaN;
        try {
            value = node.isTextual() ? Double.parseDouble(node.textValue().strip()) : node.asDouble(Double.NaN);
        } catch (NumberFormatException e) {
            throw new RecordFault(field, "not a number");
        }
        if (!(value >= 0 && value <= max)) {
            throw new RecordFault(field, "a number from 0 to " + (int) max);
        }
        return value;
    }
}
