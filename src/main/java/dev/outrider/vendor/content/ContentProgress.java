package dev.outrider.vendor.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.vendor.sweep.Progress;
import dev.outrider.vendor.sweep.Watermarks;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** How far a sweep is within the page that it is at: part of the stream's cursor, beside the sweep's own. */
final class ContentProgress {
    private static final String FIELD = "content";

    /** Files of the page that need no more, and those among them that could not be had. */
    final Set<String> done = new LinkedHashSet<>();

    final Set<String> failed = new LinkedHashSet<>();
    /** The file begun, and its rows that are passed; null between files. */
    String file;

    long rows;
    /** Pages made of the whole sweep. */
    int pages;
    /** Whether any file of the sweep could not be had. */
    boolean faulty;
    /** When the first of them was listed as changed; null where none, or not all, tell it. */
    private Instant since;

    /** The cursor as of the last page that is done. */
    private ObjectNode base;

    ContentProgress(JsonNode cursor) {
        base = cursor instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        var before = base.remove(FIELD);
        if (before != null) {
            pages = before.path("pages").asInt();
            faulty = before.path("faulty").asBoolean();
            since = before.has("since") ? Instant.parse(before.path("since").asText()) : null;
            before.path("done").forEach(id -> done.add(id.asText()));
            before.path("failed").forEach(id -> failed.add(id.asText()));
            file = before.path("file").asText(null);
            rows = before.path("rows").asLong();
        }
    }

    /** The cursor within a page. */
    ObjectNode within() {
        return with(base);
    }

    /** The cursor once the page is done. */
    ObjectNode after(JsonNode cursor) {
        done.clear();
        failed.clear();
        file = null;
        rows = 0;
        base = (ObjectNode) cursor.deepCopy();
        return with(base);
    }

    /** @param listed when the file that could not be had changed; null where its listing does not tell */
    void failed(Instant listed) {
        failed.add(file);
        since = !faulty ? listed : since == null || listed == null ? null : Watermarks.earlier(since, listed);
        faulty = true;
    }

    /**
     * The cursor once the sweep is done. What could not be had holds it: the next sweep begins at the first such file, or where this one did,
     * and asks for it again.
     */
    JsonNode end(JsonNode cursor) {
        if (!faulty) {
            return cursor;
        }
        base.remove("sweep");
        if (since != null) {
            Progress.hold(base, cursor, since);
        }
        return base;
    }

    private ObjectNode with(ObjectNode cursor) {
        var json = cursor.deepCopy();
        var content = json.putObject(FIELD).put("pages", pages);
        if (faulty) {
            content.put("faulty", true);
            if (since != null) {
                content.put("since", since.toString());
            }
        }
        done.forEach(content.withArrayProperty("done")::add);
        failed.forEach(content.withArrayProperty("failed")::add);
        if (file != null) {
            content.put("file", file).put("rows", rows);
        }
        return json;
    }
}
