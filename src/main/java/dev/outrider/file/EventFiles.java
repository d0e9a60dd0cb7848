package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.source.SourceFile;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The files that an event names, so that a run collects these and leaves the rest to its schedule. Understood are {@code {"files": […]}}
 * with paths below the folder or keys, an S3 notification ({@code Records}, keys form-encoded) and an EventBridge event ({@code detail},
 * key as it is).
 */
final class EventFiles implements Predicate<SourceFile> {
    private final Set<String> places = new HashSet<>();

    EventFiles(JsonNode event) {
        event.path("files").forEach(file -> places.add(file.asText()));
        for (var record : event.path("Records")) {
            var key = record.path("s3").path("object").path("key");
            if (key.isTextual()) {
                places.add(URLDecoder.decode(key.asText(), StandardCharsets.UTF_8));
            }
        }
        var key = event.path("detail").path("object").path("key");
        if (key.isTextual()) {
            places.add(key.asText());
        }
    }

    @Override
    public boolean test(SourceFile file) {
        return places.remove(file.place());
    }

    /** Named, and not met so far. */
    Set<String> missing() {
        return new TreeSet<>(places);
    }
}
