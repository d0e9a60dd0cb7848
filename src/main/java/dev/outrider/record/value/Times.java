package dev.outrider.record.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Points in time as vendors give them, to RFC 3339 UTC seconds. */
public final class Times {
    /** From here on a number cannot be meant as seconds (the year 5138). */
    private static final long MILLIS_FROM = 100_000_000_000L;

    private Times() {}

    /** @throws RecordFault where the number is no time of this era */
    public static String ofEpoch(long number, String field) {
        var instant = Math.abs(number) >= MILLIS_FROM ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        return checked(instant, field);
    }

    /**
     * ISO 8601 with an offset; without one it is taken as UTC. A day alone is its midnight, digits alone are an epoch.
     *
     * @throws RecordFault where the text is no time
     */
    public static String ofText(String raw, String field) {
        var text = raw.strip();
        try {
            var plain = PlainTime.read(text);
            if (plain != null) {
                return checked(plain, field);
            }
            if (!text.isEmpty() && text.length() <= 16 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return ofEpoch(Long.parseLong(text), field);
            }
            if (text.length() == 10) {
                var day = LocalDate.parse(text.replace('/', '-'));
                return checked(day.atStartOfDay().toInstant(ZoneOffset.UTC), field);
            }
            var iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
            return checked(parse(iso), field);
        } catch (DateTimeException e) {
            throw new RecordFault(field, "not a time: give RFC 3339 or epoch seconds or milliseconds");
        }
    }

    private static Instant parse(String iso) {
        char last = iso.isEmpty() ? ' ' : iso.charAt(iso.length() - 1);
        int sign = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
        if (last == 'Z' || last == 'z' || sign > 10) {
            boolean basic = sign > 10 && iso.length() - sign == 5 && iso.indexOf(':', sign) < 0;
            var offset = basic ? iso.substring(0, sign + 3) + ":" + iso.substring(sign + 3) : iso;
            return OffsetDateTime.parse(offset).toInstant();
        }
        return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private static String checked(Instant instant, String field) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new RecordFault(field, "a time outside the years 1 to 9999");
        }
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
