package dev.outrider.vendor.paging;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a listing is: an address, with what belongs into the request's body as its fragment, which is never sent. So a place is one text
 * to store and to compare, whether the vendor wants its cursor in the query or in the body.
 */
public final class Place {
    /**
     * A field of the body.
     *
     * @param pointer where in the body
     * @param value its JSON
     */
    public record Field(String pointer, String value) {}

    private Place() {}

    /** Whether a parameter is a field of the body: it is named by its pointer. */
    static boolean inBody(String parameter) {
        return parameter.startsWith("/");
    }

    static URI with(URI place, String pointer, String value) {
        var fields = new ArrayList<>(fields(place));
        fields.removeIf(field -> field.pointer().equals(pointer));
        fields.add(new Field(pointer, value));
        var fragment = fields.stream()
                .map(field -> Query.encode(field.pointer()) + "=" + Query.encode(field.value()))
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();
        return URI.create(address(place) + "#" + fragment);
    }

    /** What is asked for, without what goes into the body. */
    public static URI address(URI place) {
        var text = place.toString();
        int at = text.indexOf('#');
        return at < 0 ? place : URI.create(text.substring(0, at));
    }

    /** What goes into the body. */
    public static List<Field> fields(URI place) {
        var fragment = place.getRawFragment();
        if (fragment == null || !fragment.startsWith(Query.encode("/"))) {
            return List.of();
        }
        return Arrays.stream(fragment.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .map(field -> new Field(decode(field[0]), decode(field[1])))
                .toList();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
