package dev.outrider.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.integration.Integration;
import dev.outrider.record.identity.EnvelopeRecords;
import dev.outrider.record.identity.IdentifyRecords;
import dev.outrider.record.mapping.MapRecords;
import dev.outrider.record.mapping.MappingRegistry;
import dev.outrider.record.normal.NormaliseRecords;
import dev.outrider.record.schema.CheckRecords;
import dev.outrider.record.scope.FilterRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes pages the whole way, as the common route does, without the route. */
final class Runs {
    static final ObjectMapper JSON = new ObjectMapper();

    private Runs() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Unit unit(String id) {
        return new Unit(id, id + ".nessus", new IdSet());
    }

    static StreamRun run(String surface, String... settings) {
        ObjectNode node = JSON.createObjectNode();
        for (int i = 0; i < settings.length; i += 2) {
            node.put(settings[i], settings[i + 1]);
        }
        var integration = new Integration("acme-nessus", "nessus", "acme", "manual", node, Map.of(), "test");
        return new StreamRun(integration, surface, "files", "job-1", false, () -> false);
    }

    static Page page(StreamRun run, Unit unit, int number, JsonNode... items) {
        return new Page(run, unit, number, List.of(items), List.of(), null, List.of(), false);
    }

    /** A batch as a mapping leaves it: each argument is one item, whose records are what the item itself says. */
    static Batch mapped(StreamRun run, Unit unit, String... items) {
        var nodes = new ArrayList<JsonNode>();
        for (var item : items) {
            nodes.add(json(item));
        }
        return new MapRecords(registry()).map(page(run, unit, 1, nodes.toArray(JsonNode[]::new)), "plain/records");
    }

    static MappingRegistry registry() {
        return new MappingRegistry("src/test/resources/record/routes");
    }

    static Batch finish(Batch batch) {
        new NormaliseRecords().step(batch);
        new CheckRecords().step(batch);
        new FilterRecords().step(batch);
        new IdentifyRecords().step(batch);
        new EnvelopeRecords().step(batch);
        return batch;
    }

    /** The data of all records that go out of items on an internal surface. */
    static List<JsonNode> records(String... items) {
        return lines(finish(mapped(run("internal"), unit("u1"), items))).stream()
                .map(line -> line.get("data"))
                .toList();
    }

    /** The data of the one record of one item; fails with the item's error. */
    static JsonNode record(String item) {
        var batch = finish(mapped(run("internal"), unit("u1"), item));
        var error = batch.entries().get(0).error();
        if (error != null) {
            throw new AssertionError(error.message());
        }
        return lines(batch).get(0).get("data");
    }

    /** Why an item failed. */
    static RunError error(String item) {
        return finish(mapped(run("internal"), unit("u1"), item))
                .entries()
                .get(0)
                .error();
    }

    static List<JsonNode> lines(Batch batch) {
        var lines = new ArrayList<JsonNode>();
        for (var line : batch.lines()) {
            try {
                lines.add(JSON.readTree(line));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return lines;
    }
}
