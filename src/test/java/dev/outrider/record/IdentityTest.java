package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.integration.Integration;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final String ASSET = "{'kind':'asset','dns':'web.example.com','name':'192.0.2.1','tags':['b','a']}";
    private static final String RISK = "{'kind':'risk','name':'x','severity':{'rank':4},'target':" + ASSET
            + ",'definition':{'description':'d'}}".replace(",'tags':['b','a']", "");

    private static List<String> ids(Batch batch) {
        return Runs.lines(batch).stream()
                .map(line -> line.get("id").textValue())
                .toList();
    }

    private static String id(String item) {
        return ids(Runs.finish(Runs.mapped(Runs.run("internal"), Runs.unit("u"), item)))
                .get(0);
    }

    @Test
    void givesTheSameIdsForTheSameFixtureTwice() {
        var items = new String[] {"[" + ASSET + "," + RISK + "]", "{'kind':'generic','group':'g','identifier':'i'}"};
        var first = ids(Runs.finish(Runs.mapped(Runs.run("internal"), Runs.unit("u"), items)));
        var second = ids(Runs.finish(Runs.mapped(Runs.run("internal"), Runs.unit("u"), items)));
        assertThat(first).isEqualTo(second).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void doesNotCareForTheOrderOfFieldsAndSets() {
        assertThat(id("{'tags':['a','b','a'],'name':'192.0.2.1','dns':'WEB.example.com','kind':'asset'}"))
                .isEqualTo(id(ASSET));
    }

    @Test
    void leavesOutWhatARunChanges() {
        assertThat(id(ASSET.replace("}", ",'visited':'2026-01-01T00:00:00Z','ttl':5}")))
                .isEqualTo(id(ASSET));
        var page = Runs.mapped(Runs.run("internal"), Runs.unit("u"), ASSET).page();
        var other = new StreamRun(page.run().integration(), "internal", "files", "job-2", true, () -> false);
        var later = new Page(other, Runs.unit("u"), 9, page.items(), List.of(), null, List.of(), true);
        var batch =
                Runs.finish(new dev.outrider.record.mapping.MapRecords(Runs.registry()).map(later, "plain/records"));
        assertThat(ids(batch)).containsExactly(id(ASSET));
    }

    @Test
    void takesTheVendorsCreatedForContent() {
        assertThat(id(ASSET.replace("}", ",'created':'2026-01-01T00:00:00Z'}"))).isNotEqualTo(id(ASSET));
    }

    @Test
    void isAnotherRecordInAnotherUnitOrIntegrationOrTenant() {
        var run = Runs.run("internal");
        assertThat(ids(Runs.finish(Runs.mapped(run, Runs.unit("u2"), ASSET)))).doesNotContain(id(ASSET));
        for (var integration : List.of(
                new Integration("other", "nessus", "acme", "manual", Runs.JSON.createObjectNode(), Map.of(), "t"),
                new Integration(
                        "acme-nessus", "nessus", "beta", "manual", Runs.JSON.createObjectNode(), Map.of(), "t"))) {
            var other = new StreamRun(integration, "internal", "files", "job-1", false, () -> false);
            assertThat(ids(Runs.finish(Runs.mapped(other, Runs.unit("u"), ASSET))))
                    .doesNotContain(id(ASSET));
        }
    }

    @Test
    void emitsARecordOnceAUnitEvenOverPages() {
        var unit = Runs.unit("u");
        var first = Runs.finish(Runs.mapped(Runs.run("internal"), unit, ASSET, ASSET, RISK));
        assertThat(first.tally().emitted()).isEqualTo(2);
        assertThat(first.tally().reasons()).isEqualTo(Map.of(Batch.DUPLICATE, 1L));
        var second = Runs.finish(Runs.mapped(Runs.run("internal"), unit, ASSET, RISK));
        assertThat(second.lines()).isEmpty();
        assertThat(second.tally().reasons()).isEqualTo(Map.of(Batch.DUPLICATE, 2L));
    }

    @Test
    void emitsNothingAgainWhatTheStoreRemembersOfTheUnit() {
        var before = Runs.finish(Runs.mapped(Runs.run("internal"), Runs.unit("u"), ASSET, RISK));
        var resumed = Runs.unit("u");
        resumed.emitted().addAll(before.ids());
        assertThat(Runs.finish(Runs.mapped(Runs.run("internal"), resumed, ASSET, RISK))
                        .lines())
                .isEmpty();
    }

    @Test
    void emitsADefinitionOnceAndADifferentTextAgain() {
        var other = RISK.replace("'description':'d'", "'description':'e'").replace("'x'", "'X'");
        var elsewhere = RISK.replace("192.0.2.1", "192.0.2.2");
        var unit = Runs.unit("u");
        var one = Runs.lines(Runs.finish(Runs.mapped(Runs.run("internal"), unit, RISK, elsewhere, other)));
        var two = Runs.lines(Runs.finish(
                Runs.mapped(Runs.run("internal"), unit, RISK.replace("192.0.2.1", "192.0.2.3"), other, RISK)));
        assertThat(kinds(one)).containsExactly("risk", "file", "risk", "risk", "file");
        assertThat(one.get(1).at("/data/bytes").textValue()).isEqualTo("#### Description\n\nd\n");
        assertThat(one.get(4).at("/data/bytes").textValue()).isEqualTo("#### Description\n\ne\n");
        assertThat(kinds(two)).containsExactly("risk");
        assertThat(two.get(0).at("/data/definition").textValue()).isEqualTo("definitions/x");
    }

    private static List<String> kinds(List<JsonNode> lines) {
        return lines.stream().map(line -> line.at("/data/kind").textValue()).toList();
    }

    @Test
    void listsTheIdsOfItsLinesInOrder() {
        var batch = Runs.finish(Runs.mapped(Runs.run("internal"), Runs.unit("u"), "[" + ASSET + "," + RISK + "]"));
        var ids = ByteBuffer.wrap(batch.commit().ids());
        for (var id : ids(batch)) {
            var bytes = new byte[16];
            ids.get(bytes);
            assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(id);
        }
        assertThat(ids.remaining()).isZero();
    }
}
