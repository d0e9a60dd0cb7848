package dev.outrider.vendor.paging;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts addresses together. */
public final class Query {
    private Query() {}

    /** Encodes for a query or a path segment alike: a blank is {@code %20}. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    /**
     * The fields of a query as a class writes it, {@code sort=updated&direction=desc}.
     *
     * @param option whose text it is
     */
    public static Map<String, String> pairs(String option, String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (var pair : text.isEmpty() ? new String[0] : text.split("&")) {
            int at = pair.indexOf('=');
            PageSpec.need(at > 0, option + "=" + text + " is not of the form name=value&name=value");
            pairs.put(pair.substring(0, at), pair.substring(at + 1));
        }
        return pairs;
    }

    /** The base with a path below it and a query; a name that comes several times ends in {@code #2}, {@code #3} and so on after its first. */
    public static URI uri(URI base, String path, Map<String, String> query) {
        var whole = base + (path.startsWith("/") ? path : "/" + path);
        var joined = query.entrySet().stream()
                .map(field -> encode(field.getKey().replaceFirst("#\\d+$", "")) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(joined.isEmpty() ? whole : whole + (whole.contains("?") ? "&" : "?") + joined);
    }

    /** What a parameter of the address says, as it is written there; empty where there is none. */
    static String value(URI uri, String name) {
        return uri.getRawQuery() == null
                ? ""
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .filter(field -> field.startsWith(encode(name) + "="))
                        .map(field -> field.substring(field.indexOf('=') + 1))
                        .findFirst()
                        .orElse("");
    }

    /** The place with a parameter of its query, or a field of its body, set. */
    public static URI put(URI place, String name, JsonNode value) {
        return Place.inBody(name) ? Place.with(place, name, value.toString()) : with(place, name, value.asText());
    }

    /** The address with one parameter of its query set, the others untouched. */
    static URI with(URI uri, String name, String value) {
        var kept = uri.getRawQuery() == null
                ? ""
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .filter(field -> !field.equals(name) && !field.startsWith(encode(name) + "="))
                        .collect(Collectors.joining("&"));
        var query = (kept.isEmpty() ? "" : kept + "&") + encode(name) + "=" + encode(value);
        var text = Place.address(uri).toString();
        int at = text.indexOf('?');
        var fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        return URI.create((at < 0 ? text : text.substring(0, at)) + "?" + query + fragment);
    }
}
