package dev.outrider.vendor.quota;

import java.time.Duration;

/** What may be asked in a time, as {@code 600/1m}. */
record Allowance(int requests, Duration period) {
    /** @throws IllegalArgumentException where the text is no such thing */
    static Allowance parse(String text) {
        var parts = text.strip().split("/", 2);
        if (parts.length != 2 || !parts[0].matches("[1-9]\\d{0,8}") || !parts[1].matches("\\d{1,6}[smhd]")) {
            throw new IllegalArgumentException(
                    "an allowance is written as 100/1s, 600/1m or 5000/1h, not '" + text + "'");
        }
        var number = Long.parseLong(parts[1].substring(0, parts[1].length() - 1));
        var period =
                switch (parts[1].charAt(parts[1].length() - 1)) {
                    case 's' -> Duration.ofSeconds(number);
                    case 'm' -> Duration.ofMinutes(number);
                    case 'h' -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        return new Allowance(Integer.parseInt(parts[0]), period);
    }
}
