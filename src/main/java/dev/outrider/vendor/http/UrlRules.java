package dev.outrider.vendor.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** Rules that make one address of another, a line each as {@code pattern => replacement}. */
public final class UrlRules {
    private UrlRules() {}

    /** The first rule whose pattern matches counts; without any, the address stays as it is. */
    public static String apply(String rules, String url) {
        return find(rules, url).orElse(url);
    }

    /** The same; empty where no pattern matches. */
    public static Optional<String> find(String rules, String url) {
        for (var line : rules.lines().filter(l -> l.contains("=>")).toList()) {
            var parts = line.split("=>", 2);
            var matcher =
                    Pattern.compile(parts[0].strip(), Pattern.CASE_INSENSITIVE).matcher(url);
            if (matcher.find()) {
                return Optional.of(matcher.replaceFirst(parts[1].strip()));
            }
        }
        return Optional.empty();
    }
}
