package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * @param authorizationHeader the header that proves who asks; {@code Authorization} where absent
 * @param authorization its values that are accepted
 * @param unauthorized body of a 401
 * @param notFound body of a 404
 * @param headers headers of every answer, by name
 * @param answers how the vendor words what it does wrong, by the fault's name in lower case with {@code -}, and what only it does wrong,
 *     by any other name
 * @param fixed bodies of paths that always answer the same
 * @param tokens where access tokens are fetched; absent for none
 * @param settings what an integration of the demo declares, besides the url
 * @param secrets the same
 * @param variants other ways to collect some streams, which the fault matrix tries as well
 */
record Plan(
        String authorizationHeader,
        List<String> authorization,
        JsonNode unauthorized,
        JsonNode notFound,
        Map<String, String> headers,
        Map<String, Answer> answers,
        Map<String, JsonNode> fixed,
        Tokens tokens,
        Quota quota,
        List<Listing> listings,
        Map<String, Object> settings,
        Map<String, String> secrets,
        List<Simulator.Variant> variants) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    Plan {
        authorizationHeader = authorizationHeader == null ? "Authorization" : authorizationHeader;
        quota = quota == null ? new Quota(Integer.MAX_VALUE, 1, null, null, null, unauthorized) : quota;
        headers = headers == null ? Map.of() : headers;
        answers = answers == null ? Map.of() : answers;
        fixed = fixed == null ? Map.of() : fixed;
        variants = variants == null ? List.of() : variants;
        settings = settings == null ? Map.of() : settings;
        authorization = authorization == null ? List.of() : authorization;
    }

    /**
     * An answer that is none of the usual ones.
     *
     * @param status 0 for the usual answer with these headers besides
     * @param headers by name; {@code ${soon}} is a second from now in seconds since 1970, {@code ${soonDate}} the same as an HTTP date
     * @param body absent for an empty object
     * @param codes what a run that meets it may report: the fault matrix tries it with every stream; empty where the run must be complete,
     *     absent where the matrix leaves it out
     */
    record Answer(int status, Map<String, String> headers, JsonNode body, List<String> codes) {
        Answer {
            headers = headers == null ? Map.of() : headers;
            body = body == null ? JsonNodeFactory.instance.objectNode() : body;
        }
    }

    /**
     * A token endpoint: whoever posts to it gets a bearer token.
     *
     * @param status of its answer
     * @param validSecs how long a token is accepted
     * @param schemes the words before a token in the Authorization header that are accepted; absent for {@code Bearer} only
     * @param headers of its answer, by name
     * @param body its answer, with {@code ${token}}, {@code ${url}} and {@code ${expires}} in its texts
     */
    record Tokens(
            String path, int status, int validSecs, List<String> schemes, Map<String, String> headers, JsonNode body) {
        Tokens {
            schemes = schemes == null ? List.of("Bearer") : schemes;
            headers = headers == null ? Map.of() : headers;
        }
    }

    /**
     * A limit for each path.
     *
     * @param limitHeader and so on: names of the headers, absent for none; the reset is in epoch seconds
     */
    record Quota(
            int limit, int windowSecs, String limitHeader, String remainingHeader, String resetHeader, JsonNode body) {}

    static Plan read(Path file) {
        try {
            return YAML.readValue(Files.readString(file), Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
