package dev.outrider.webhook;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of a webhook's mappings.
 *
 * @param events what it is for: {@code event}, {@code event.action}, or {@code begin*}
 * @param mapping what makes records of the event; empty where it only has streams collected
 * @param collects the streams that a job is to collect instead
 * @param brings the stream whose object comes with the event; empty where none does
 * @param object where in the item that object is; empty where the item is it
 */
record EventLine(List<String> events, String mapping, List<String> collects, String brings, String object) {
    private static final Pattern FORM = Pattern.compile(
            "([^=]+?)\\s*=>\\s*(?:stream:(.+)|([^\\s:]+)(?:\\s+brings\\s+([a-z0-9-]+)(?:\\s+(/\\S+))?)?)");

    /** @throws IllegalArgumentException where the text is no such line */
    static EventLine of(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "webhook.mappings: '" + text.strip()
                            + "' is none of `event => mapping`, `event => mapping brings stream /object` and `event => stream:name,name`");
        }
        return new EventLine(
                names(form.group(1)),
                text(form.group(3)),
                form.group(2) == null ? List.of() : names(form.group(2)),
                text(form.group(4)),
                text(form.group(5)));
    }

    private static List<String> names(String text) {
        return Stream.of(text.split(",")).map(String::strip).toList();
    }

    private static String text(String group) {
        return group == null ? "" : group;
    }

    /** How particular it is about this event; negative where it is not for it. */
    int rank(String event, String action) {
        return events.stream().mapToInt(name -> rank(name, event, action)).max().orElse(-1);
    }

    private static int rank(String name, String event, String action) {
        if (name.equals(event + "." + action)) {
            return Integer.MAX_VALUE;
        }
        if (name.equals(event)) {
            return Integer.MAX_VALUE - 1;
        }
        return name.endsWith("*") && event.startsWith(name.substring(0, name.length() - 1)) ? name.length() : -1;
    }
}
