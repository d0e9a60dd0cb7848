package dev.outrider.file.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a message says about a bucket: an S3 notification or an EventBridge event, plain or wrapped by SNS. */
final class S3Events {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST_WRAP = 3;

    private S3Events() {}

    /**
     * @return keys of the objects that were made in the bucket; none where the message tells of something else, such as a test or a deletion
     * @throws IllegalArgumentException where it is no such message or tells of another bucket; says why, to be put behind the message's name
     */
    static List<String> keys(String body, String bucket) {
        var event = parse(body);
        for (int wraps = 0; event.path("Message").isTextual() && wraps < DEEPEST_WRAP; wraps++) {
            event = parse(event.path("Message").asText());
        }
        if (event.path("Records").isArray()) {
            return notified(event.path("Records"), bucket);
        }
        if (event.path("detail-type").isTextual()
                && event.path("source").asText().equals("aws.s3")) {
            return bridged(event, bucket);
        }
        if (event.path("Event").asText().equals("s3:TestEvent")) {
            return List.of();
        }
        throw new IllegalArgumentException("is neither an S3 notification nor an EventBridge event of S3");
    }

    private static List<String> notified(JsonNode records, String bucket) {
        var keys = new ArrayList<String>();
        for (var record : records) {
            if (!record.path("eventVersion").asText("2.").startsWith("2.")) {
                throw new IllegalArgumentException(
                        "has the version " + record.path("eventVersion").asText() + ", and only 2 is known");
            }
            var name = record.path("eventName");
            if (!name.isTextual()) {
                throw new IllegalArgumentException("has a record without eventName");
            }
            if (name.asText().replaceFirst("^s3:", "").startsWith("ObjectCreated:")) {
                // Form encoding: a plus is a space.
                keys.add(decoded(key(record.path("s3"), bucket)));
            }
        }
        return keys;
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("names the key '" + key + "', which is not form-encoded", e);
        }
    }

    private static List<String> bridged(JsonNode event, String bucket) {
        return event.path("detail-type").asText().equals("Object Created")
                ? List.of(key(event.path("detail"), bucket))
                : List.of();
    }

    private static String key(JsonNode made, String bucket) {
        var theirs = made.path("bucket").path("name").asText();
        if (!theirs.equals(bucket)) {
            throw new IllegalArgumentException("tells of the bucket '" + theirs + "', not of '" + bucket + "'");
        }
        var key = made.path("object").path("key").asText();
        if (key.isEmpty()) {
            throw new IllegalArgumentException("names no key");
        }
        return key;
    }

    private static JsonNode parse(String body) {
        try {
            var event = JSON.readTree(body);
            if (event.isObject()) {
                return event;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON", e);
        }
        throw new IllegalArgumentException("is no JSON object");
    }
}
