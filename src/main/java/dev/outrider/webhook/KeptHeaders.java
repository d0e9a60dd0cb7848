package dev.outrider.webhook;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The headers of a delivery as they are stored and shown: names stay, what may be a secret does not. */
final class KeptHeaders {
    private static final Pattern SECRET = Pattern.compile(
            "auth|cookie|sign|token|secret|passw|pwd|key|session|credential|jwt|assertion|otp|sid$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HARMLESS = Pattern.compile(
            "accept(-.*)?|content-.*|date|host|user-agent|traceparent|x-request-id|x-github-(event|delivery|hook-.*)"
                    + "|webhook-(id|timestamp)|ce-.*",
            Pattern.CASE_INSENSITIVE);
    /** What reads like a token, in a header whose name tells nothing: long, in one piece, with digits. */
    private static final Pattern TOKEN = Pattern.compile("(?=.*\\d)[A-Za-z0-9+/_=.~:-]{20,}");

    private static final int MAX_CHARS = 1024;

    private enum Name {
        SECRET,
        HARMLESS,
        TELLS_NOTHING
    }

    /** Senders send the same names again and again; so many are remembered. */
    private static final int NAMES_MAX = 1000;

    private static final Map<String, Name> NAMES = new ConcurrentHashMap<>();

    private KeptHeaders() {}

    /** A JSON object, by name. It is written by hand: every delivery has one, and all that is in it are texts. */
    static String of(WebhookSpec spec, Map<String, String> headers) {
        var names = headers.keySet().toArray(String[]::new);
        Arrays.sort(names);
        var json = new StringBuilder(256).append('{');
        for (var name : names) {
            var value = headers.get(name);
            if (json.length() > 1) {
                json.append(',');
            }
            text(json, name).append(':');
            text(json, secret(spec, name, value) ? "***" : value.substring(0, Math.min(value.length(), MAX_CHARS)));
        }
        return json.append('}').toString();
    }

    private static StringBuilder text(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"');
    }

    private static boolean secret(WebhookSpec spec, String name, String value) {
        if (name.equalsIgnoreCase(spec.getSignatureHeader())) {
            return true;
        }
        if (spec.getEvent().equalsIgnoreCase("header:" + name)) {
            return false;
        }
        return switch (judged(name)) {
            case SECRET -> true;
            case HARMLESS -> false;
            case TELLS_NOTHING -> TOKEN.matcher(value).find();
        };
    }

    private static Name judged(String name) {
        var known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        var judged = SECRET.matcher(name).find()
                ? Name.SECRET
                : HARMLESS.matcher(name).matches() ? Name.HARMLESS : Name.TELLS_NOTHING;
        if (NAMES.size() < NAMES_MAX) {
            NAMES.put(name, judged);
        }
        return judged;
    }
}
