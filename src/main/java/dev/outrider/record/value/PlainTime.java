package dev.outrider.record.value;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The form in which nearly all vendors write times, {@code 2026-11-22T10:00:00Z} with up to nine digits of a fraction, read without a
 * formatter: one time an item is read, and a formatter takes ten times as long.
 */
public final class PlainTime {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int SECONDS_END = FORM.length();
    private static final int NANO_DIGITS = 9;

    private PlainTime() {}

    /**
     * The time, or null where the text is written in any other form, which says nothing about whether it is a time.
     *
     * @throws java.time.DateTimeException where the text has the form and there is no such day
     */
    public static Instant read(String text) {
        int end = text.length() - 1;
        if (end < SECONDS_END || text.charAt(end) != 'Z' || !hasForm(text)) {
            return null;
        }
        int nanos = 0;
        if (end > SECONDS_END) {
            if (text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1 || end - SECONDS_END - 1 > NANO_DIGITS) {
                return null;
            }
            for (int i = SECONDS_END + 1; i <= SECONDS_END + NANO_DIGITS; i++) {
                int digit = i < end ? text.charAt(i) - '0' : 0;
                if (digit < 0 || digit > 9) {
                    return null;
                }
                nanos = nanos * 10 + digit;
            }
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        return Instant.ofEpochSecond(day * 86_400 + hour * 3600L + minute * 60L + second, nanos);
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < SECONDS_END; i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
