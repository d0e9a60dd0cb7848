package dev.outrider.integration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When an integration runs: an interval ({@code 15m}, {@code PT15M}), a cron expression (five fields as in Unix, or Quartz's six or
 * seven), or only when asked ({@code manual}).
 *
 * @param every the interval, at least one second; null where it is none
 * @param cron the expression as written; null where it is none
 */
public record Schedule(Duration every, String cron) {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)");

    public boolean manual() {
        return every == null && cron == null;
    }

    /** The schedule, or empty where the text is none. Whether a cron expression's fields are right, the scheduler says. */
    public static Optional<Schedule> parse(String text) {
        var trimmed = text.strip();
        if (trimmed.equals(Integration.MANUAL)) {
            return Optional.of(new Schedule(null, null));
        }
        var matched = SHORT.matcher(trimmed);
        if (matched.matches()) {
            long count = Long.parseLong(matched.group(1));
            var every =
                    switch (matched.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            return positive(every);
        }
        if (trimmed.startsWith("P")) {
            try {
                return positive(Duration.parse(trimmed));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        int fields = trimmed.split("\\s+").length;
        return fields >= 5 && fields <= 7 ? Optional.of(new Schedule(null, trimmed)) : Optional.empty();
    }

    private static Optional<Schedule> positive(Duration every) {
        return every.compareTo(Duration.ofSeconds(1)) < 0 ? Optional.empty() : Optional.of(new Schedule(every, null));
    }
}
