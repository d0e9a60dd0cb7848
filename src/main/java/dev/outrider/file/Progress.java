package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.file.source.SourceFile;

/**
 * How far a stream of files is: the form of its cursor. Between files only the watermark is left of it.
 *
 * @param unit the file begun; null between files
 * @param where its place at the source
 * @param items items passed
 * @param faults parts that could not be read
 * @param pages pages made
 * @param watermark the source's own mark; null where it keeps none
 */
record Progress(String unit, String name, String where, long items, long faults, int pages, String watermark) {
    static Progress of(JsonNode cursor) {
        if (cursor == null || !cursor.hasNonNull("unit")) {
            return none(cursor == null ? null : cursor.path("watermark").asText(null));
        }
        return new Progress(
                cursor.path("unit").asText(),
                cursor.path("name").asText(""),
                cursor.path("where").asText(""),
                cursor.path("items").asLong(),
                cursor.path("faults").asLong(),
                cursor.path("pages").asInt(),
                cursor.path("watermark").asText(null));
    }

    static Progress none(String watermark) {
        return new Progress(null, null, null, 0, 0, 0, watermark);
    }

    /** At the first byte of a file. */
    static Progress start(SourceFile file, String watermark) {
        return new Progress(file.unit(), file.name(), file.where(), 0, 0, 0, watermark);
    }

    boolean begun() {
        return unit != null;
    }

    /** One page further. */
    Progress plus(long moreItems, long moreFaults) {
        return new Progress(unit, name, where, items + moreItems, faults + moreFaults, pages + 1, watermark);
    }

    Progress done() {
        return none(watermark);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        if (begun()) {
            json.put("unit", unit).put("name", name).put("where", where);
            json.put("items", items).put("pages", pages);
            if (faults > 0) {
                json.put("faults", faults);
            }
        }
        if (watermark != null) {
            json.put("watermark", watermark);
        }
        return json;
    }
}
