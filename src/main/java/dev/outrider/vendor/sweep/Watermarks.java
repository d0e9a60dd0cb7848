package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.value.PlainTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** When an item changed, in whatever form the vendor writes times. */
public final class Watermarks {
    /** Seconds up to the year 5000; what is larger counts milliseconds. */
    private static final long MAX_SECONDS = 100_000_000_000L;

    private static final DateTimeFormatter LOOSE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private Watermarks() {}

    /** Null where the item tells no time there. */
    public static Instant of(JsonNode item, JsonPointer pointer) {
        var value = item.at(pointer);
        if (value.isIntegralNumber()) {
            long number = value.longValue();
            return number > MAX_SECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        }
        try {
            if (!value.isTextual()) {
                return null;
            }
            var text = value.textValue();
            var plain = PlainTime.read(text);
            return plain == null ? OffsetDateTime.parse(text, LOOSE).toInstant() : plain;
        } catch (DateTimeException e) {
            return null;
        }
    }

    public static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    public static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }
}
