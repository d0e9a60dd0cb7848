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
 * @param secrets what an integration of the demo declares
 */
record Plan(
        List<String> authorization,
        JsonNode unauthorized,
        JsonNode notFound,
        Quota quota,
        List<Listing> listings,
        Map<String, String> secrets) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * A limit for each path.
     *
     * @param limitHeader and so on: names of the headers; the reset is in epoch seconds
     */
    record Quota(
            int limit, int windowSecs, String limitHeader, String remainingHeader, String resetHeader, JsonNode body) {}

    /**
     * A list of made-up objects.
     *
     * @param paging {@code link} (a next link in a line of its own, behind one to the page itself) or {@code log} (the same, always)
     * @param count how many objects there are
     * @param stepMinutes how far the objects' times are apart; the last is a minute old at the start
     * @param filter query parameter that asks for objects changed after a time
     * @param only a query parameter's values that are known, as {@code type: [A, B]}; others are answered with 400
     * @param item an object, with {@code ${n}}, {@code ${time}} and {@code ${a|b|c}} in its texts
     */
    record Listing(
            String path,
            String paging,
            int count,
            int defaultSize,
            int maxSize,
            int stepMinutes,
            String filter,
            Map<String, List<String>> only,
            String id,
            JsonNode item) {}

    static Plan read(Path file) {
        try {
            return YAML.readValue(Files.readString(file), Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
