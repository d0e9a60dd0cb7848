package dev.outrider.vendor.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes JSON as a form. */
public final class Form {
    private Form() {}

    /** Nested fields as {@code a[b][0]=…}; what is null is left out. */
    public static String brackets(JsonNode fields) {
        var written = new ArrayList<String>();
        fields.fields().forEachRemaining(field -> write(field.getKey(), field.getValue(), written));
        return String.join("&", written);
    }

    private static void write(String name, JsonNode value, List<String> written) {
        if (value.isObject()) {
            value.fields()
                    .forEachRemaining(field -> write(name + "[" + field.getKey() + "]", field.getValue(), written));
        } else if (value.isArray()) {
            for (int at = 0; at < value.size(); at++) {
                write(name + "[" + at + "]", value.get(at), written);
            }
        } else if (!value.isNull()) {
            written.add(encode(name) + "=" + encode(value.asText()));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
