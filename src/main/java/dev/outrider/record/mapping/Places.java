package dev.outrider.record.mapping;

import com.schibsted.spt.data.jslt.JsltException;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** Where in a mapping something went wrong. */
final class Places {
    private static final Pattern FUNCTION = Pattern.compile("[a-z][a-z0-9-]*");

    private Places() {}

    static String of(String file, JsltException e) {
        if (e.getLine() < 1) {
            return file;
        }
        return (e.getSource() == null ? file : e.getSource()) + ":" + e.getLine() + ":" + e.getColumn();
    }

    /**
     * JSLT gives no line where one of its own functions fails, though the message starts with the function's name: then it is every line
     * that calls it, which mostly is one.
     */
    static String of(Mapping mapping, JsltException e) {
        var function = FUNCTION.matcher(e.getMessageWithoutLocation());
        if (e.getLine() > 0 || !function.lookingAt()) {
            return of(mapping.file(), e);
        }
        var call = Pattern.compile("(?<![\\w:-])" + Pattern.quote(function.group()) + "\\s*\\(");
        var places = new ArrayList<String>();
        for (var source : mapping.sources()) {
            int number = 0;
            for (var line : source.text().split("\n", -1)) {
                number++;
                int comment = line.indexOf("//");
                if (call.matcher(comment < 0 || line.contains("://") ? line : line.substring(0, comment))
                        .find()) {
                    places.add(source.name() + ":" + number);
                }
            }
        }
        return places.isEmpty() ? mapping.file() : String.join(" or ", places.subList(0, Math.min(5, places.size())));
    }
}
