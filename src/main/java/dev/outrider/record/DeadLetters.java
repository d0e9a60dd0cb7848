package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.value.ContentWriter;
import dev.outrider.record.value.Digest;
import dev.outrider.store.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the dead letters of a page. */
final class DeadLetters {
    /** A larger item is kept as a note: one hostile item must not fill the store. */
    static final int MAX_ITEM_BYTES = 1 << 20;

    private DeadLetters() {}

    static List<DeadLetter> of(Batch batch, Instant now) {
        var letters = new ArrayList<DeadLetter>();
        int fault = 0;
        for (var error : batch.page().faults()) {
            var id = Digest.get().text("fault").number(fault++).text(error.message());
            letters.add(letter(batch, error, null, null, id, now));
        }
        for (var entry : batch.entries()) {
            if (entry.error() != null) {
                var content = ContentWriter.get().write(entry.item());
                var kept = content.length <= MAX_ITEM_BYTES ? entry.item() : note(content);
                var id = Digest.get().text("item").number(entry.index()).bytes(content);
                // Without its item there is nothing to map again: such a letter's unit is collected anew.
                var mapping = kept == entry.item() ? batch.mapping() : null;
                letters.add(letter(batch, entry.error(), kept, mapping, id, now));
            }
        }
        return letters;
    }

    private static DeadLetter letter(
            Batch batch, RunError error, JsonNode item, String mapping, Digest id, Instant now) {
        var page = batch.page();
        var key = page.run().key();
        id.text(key.tenant())
                .text(key.integration())
                .text(key.stream())
                .text(page.unit().id())
                .number(page.number())
                .text(error.code());
        return new DeadLetter(
                id.hex().substring(0, 32),
                key,
                page.run().job(),
                page.unit().id(),
                page.unit().name(),
                page.number(),
                error.code(),
                error.message(),
                item,
                mapping,
                now);
    }

    private static JsonNode note(byte[] content) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("note", "the item is too large to be kept")
                .put("size_bytes", content.length)
                .put("sha256", Digest.get().raw(content).hex());
    }
}
