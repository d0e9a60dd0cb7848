package dev.outrider.file.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The ways in which scanners write a point in time. */
final class Times {
    /** @param assumedUtc whether the text named no zone, so that UTC was taken */
    record Moment(long epochSecond, boolean assumedUtc) {}

    /** {@code Wed Mar 23 15:07:52 2022}, after the name of the day, which adds nothing but a chance of contradiction. */
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);
    /** {@code Feb 9, 2024 10:48:42}, then a zone. */
    private static final DateTimeFormatter WORDED = DateTimeFormatter.ofPattern("MMM d, yyyy HH:mm:ss", Locale.ENGLISH);

    /** {@code 05/30/2018 02:16:58}, as Qualys writes it: the month first. */
    private static final DateTimeFormatter MONTH_FIRST =
            DateTimeFormatter.ofPattern("M/d/yyyy HH:mm:ss", Locale.ENGLISH);
    /** {@code Feb 03, 2026 07:00 AM}. */
    private static final DateTimeFormatter HALF_DAYS =
            DateTimeFormatter.ofPattern("MMM d, yyyy hh:mm a", Locale.ENGLISH);

    /** {@code 20240115T093000123}, as Nexpose writes it; what follows the seconds is left out. */
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ENGLISH);

    private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("d/M/yyyy", Locale.ENGLISH);

    /** Abbreviations that Tenable.sc writes; the JDK knows some of them only under other meanings. */
    private static final Map<String, String> ZONES = Map.ofEntries(
            Map.entry("EST", "-05:00"),
            Map.entry("EDT", "-04:00"),
            Map.entry("CST", "-06:00"),
            Map.entry("CDT", "-05:00"),
            Map.entry("MST", "-07:00"),
            Map.entry("MDT", "-06:00"),
            Map.entry("PST", "-08:00"),
            Map.entry("PDT", "-07:00"),
            Map.entry("CET", "+01:00"),
            Map.entry("CEST", "+02:00"),
            Map.entry("BST", "+01:00"));

    private Times() {}

    /** Null when it is none of the known forms. */
    static Moment parse(String value) {
        String text = value.strip().replaceAll(" {2,}", " ");
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.matches("\\d{9,10}")) {
                return new Moment(Long.parseLong(text), false);
            }
            if (text.matches("\\d{12,13}")) {
                return new Moment(Long.parseLong(text) / 1000, false);
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d[T ].*")) {
                return iso(text.replace(' ', 'T'));
            }
            if (text.matches("\\d{8}T\\d{6}(\\d{3})?")) {
                return utc(LocalDateTime.parse(text.substring(0, 15), COMPACT));
            }
            if (text.matches("\\d{4}[-/]\\d\\d[-/]\\d\\d")) {
                return utc(LocalDate.parse(text.replace('/', '-')).atStartOfDay());
            }
            if (text.matches("\\d{1,2}/\\d{1,2}/\\d{4}")) {
                return utc(LocalDate.parse(text, DAY_FIRST).atStartOfDay());
            }
            if (text.matches("\\d{1,2}/\\d{1,2}/\\d{4} \\d\\d:\\d\\d:\\d\\d")) {
                return utc(LocalDateTime.parse(text, MONTH_FIRST));
            }
            if (text.matches("[A-Za-z]{3} \\d{1,2}, \\d{4} \\d\\d:\\d\\d [AP]M")) {
                return utc(LocalDateTime.parse(text, HALF_DAYS));
            }
            if (text.matches("[A-Za-z]{3} \\d{1,2}, \\d{4} \\d\\d:\\d\\d:\\d\\d.*")) {
                return worded(text);
            }
            if (text.matches("[A-Za-z]{3} [A-Za-z]{3} \\d{1,2} \\d\\d:\\d\\d:\\d\\d \\d{4}")) {
                return utc(LocalDateTime.parse(text.substring(4), LOCAL));
            }
        } catch (DateTimeException e) {
            return null;
        }
        return null;
    }

    static String day(Moment at) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(at.epochSecond()), ZoneOffset.UTC)
                .toString();
    }

    private static Moment iso(String text) {
        if (text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")) {
            String offset = text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
            return new Moment(OffsetDateTime.parse(offset).toEpochSecond(), false);
        }
        return utc(LocalDateTime.parse(text));
    }

    private static Moment worded(String text) {
        int zoneAt = text.indexOf(' ', text.indexOf(':'));
        LocalDateTime local = LocalDateTime.parse(zoneAt < 0 ? text : text.substring(0, zoneAt), WORDED);
        if (zoneAt < 0) {
            return utc(local);
        }
        Instant at = local.atZone(ZoneId.of(text.substring(zoneAt + 1).strip(), ZONES))
                .toInstant();
        return new Moment(at.getEpochSecond(), false);
    }

    private static Moment utc(LocalDateTime local) {
        return new Moment(local.toEpochSecond(ZoneOffset.UTC), true);
    }
}
