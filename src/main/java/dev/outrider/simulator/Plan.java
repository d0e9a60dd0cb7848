package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a simulated vendor holds and how it answers: {@code routes/<class>/test/simulator.yaml}.
 *
 * @param authorization values of the Authorization header that are accepted
 * @param unauthorized body of a 401
 * @param notFound body of a 404
 * @param headers headers of every answer, by name
 * @param tokens where access tokens are fetched; absent for none
 * @param settings what an integration of the demo declares, besides the url
 * @param secrets the same
 */
record Plan(
        List<String> authorization,
        JsonNode unauthorized,
        JsonNode notFound,
        Map<String, String> headers,
        Tokens tokens,
        Quota quota,
        List<Listing> listings,
        Map<String, Object> settings,
        Map<String, String> secrets) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    Plan {
        quota = quota == null ? new Quota(Integer.MAX_VALUE, 1, null, null, null, unauthorized) : quota;
        headers = headers == null ? Map.of() : headers;
        settings = settings == null ? Map.of() : settings;
        authorization = authorization == null ? List.of() : authorization;
    }

    /**
     * A token endpoint: whoever posts to it gets a bearer token.
     *
     * @param status of its answer
     * @param validSecs how long a token is accepted
     * @param schemes the words before a token in the Authorization header that are accepted; absent for {@code Bearer} only
     * @param body its answer, with {@code ${token}}, {@code ${url}} and {@code ${expires}} in its texts
     */
    record Tokens(String path, int status, int validSecs, List<String> schemes, JsonNode body) {
        Tokens {
            schemes = schemes == null ? List.of("Bearer") : schemes;
        }
    }

    /**
     * A limit for each path.
     *
     * @param limitHeader and so on: names of the headers, absent for none; the reset is in epoch seconds
     */
    record Quota(
            int limit, int windowSecs, String limitHeader, String remainingHeader, String resetHeader, JsonNode body) {}

    /**
     * A list of made-up objects.
     *
     * @param paging {@code link} (a next link in a line of its own, behind one to the page itself), {@code log} (the same, always),
     *     {@code cursor} (in the body, at {@code next}) or {@code url} (the next page's address, there),
     *     {@code last} (the cursor is the last item's id), {@code locator} (the path of a kept query, at {@code next}) or {@code single}
     *     (no list, one object)
     * @param count how many objects there are
     * @param stepMinutes how far the objects' times are apart; the last is a minute old at the start
     * @param order {@code descending} for the newest first
     * @param filter query parameter that asks for objects changed after a time
     * @param only a query parameter's values that are known, as {@code type: [A, B]}; others are answered with 400
     * @param where a query parameter's value that keeps but the objects with a field that is true, as {@code filter: {2fa_disabled: weak}}
     * @param contains what the parameter {@code q} must hold, where several listings have one path
     * @param more the member that says whether there is more; {@code !done} is one that says that there is none
     * @param items the member of the body that holds the list; absent where the body is the list
     * @param next the member that holds the cursor or address of the next page
     * @param lookups paths besides its own below which an object is found by its id
     * @param item an object, with {@code ${n}}, {@code ${time}} and {@code ${a|b|c}} in its texts; a text that is nothing but
     *     {@code ${n}}, {@code ${millis}} or {@code ${secs}} becomes a number
     */
    record Listing(
            String path,
            String paging,
            int count,
            int defaultSize,
            int maxSize,
            int stepMinutes,
            String order,
            String filter,
            Map<String, List<String>> only,
            Map<String, Map<String, String>> where,
            String sizeParam,
            String cursorParam,
            String items,
            String next,
            String more,
            String contains,
            List<String> lookups,
            String id,
            JsonNode item) {
        Listing {
            sizeParam = sizeParam == null ? "limit" : sizeParam;
            cursorParam = cursorParam == null ? "after" : cursorParam;
            lookups = lookups == null ? List.of() : lookups;
            where = where == null ? Map.of() : where;
        }

        boolean descending() {
            return "descending".equals(order);
        }
    }

    static Plan read(Path file) {
        try {
            return YAML.readValue(Files.readString(file), Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
