package dev.outrider.vendor.quota;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of HTTP statuses, as {@code 403,404}. */
public final class Statuses {
    private Statuses() {}

    /** A rule for one status. */
    public record Rule(int status, String text) {}

    /** Rules as {@code 403: text}, each in a line of its own or behind a semicolon: parameters of an endpoint have no lines. */
    public static List<Rule> rules(String list) {
        return Arrays.stream(list.strip().split("\\s*[;\\s]\\s*(?=\\d{3}:)"))
                .filter(rule -> rule.contains(":"))
                .map(rule -> new Rule(
                        Integer.parseInt(rule.substring(0, rule.indexOf(':')).strip()),
                        rule.substring(rule.indexOf(':') + 1).strip()))
                .toList();
    }

    /** Whether the status has a rule whose text, a pattern, is found in what the vendor says. */
    public static boolean match(String list, int status, String said) {
        return rules(list).stream().filter(rule -> rule.status() == status).anyMatch(rule -> Pattern.compile(
                        rule.text(), Pattern.CASE_INSENSITIVE)
                .matcher(said)
                .find());
    }

    public static Set<Integer> of(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
