package dev.outrider.file.format;

import java.util.Locale;
import java.util.regex.Pattern;

/** Small values as scanners write them. */
final class Values {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private Values() {}

    /** A number of 0 to max, or -1 when there is none; what is not one or lies outside is counted and left out. */
    static double number(String value, double max, Repairs repairs) {
        String text = value.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("null") || text.equalsIgnoreCase("n/a")) {
            return -1;
        }
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number <= max) {
                return number;
            }
            repairs.add(Repairs.SCORE);
        } catch (NumberFormatException e) {
            repairs.add(Repairs.VALUE);
        }
        return -1;
    }

    /** Null when it says neither. */
    static Boolean bool(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Boolean.TRUE;
            case "false", "no", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** A vector in the form of its standard: version 2 bare, later ones with their prefix, which some tools leave out. */
    static String vector(String version, String value) {
        String vector = value;
        if (vector.startsWith("(") && vector.endsWith(")")) {
            vector = vector.substring(1, vector.length() - 1);
        }
        int hash = vector.indexOf('#');
        if (hash >= 0) {
            vector = vector.substring(hash + 1);
        }
        if (vector.isEmpty() || vector.equalsIgnoreCase("null") || vector.equalsIgnoreCase("n/a")) {
            return "";
        }
        if (version.equals("cvss2") || vector.startsWith("CVSS:")) {
            return vector;
        }
        return (version.equals("cvss4") ? "CVSS:4.0/" : "CVSS:3.0/") + vector;
    }

    /** Severity 0..4 of a word or digit, or -1. */
    static int severity(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "none", "info", "informational", "0" -> 0;
            case "low", "1" -> 1;
            case "medium", "moderate", "2" -> 2;
            case "high", "3" -> 3;
            case "critical", "4" -> 4;
            default -> -1;
        };
    }

    /** A port of 0 to 65535; 0, the host itself, when it is none. */
    static int port(String value, Repairs repairs) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("n/a") || text.equalsIgnoreCase("null")) {
            return 0;
        }
        if (PORT.matcher(text).matches()) {
            int port = Integer.parseInt(text);
            if (port <= 65535) {
                return port;
            }
        }
        repairs.add(Repairs.VALUE);
        return 0;
    }
}
