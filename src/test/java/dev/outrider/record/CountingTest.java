package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.mapping.MapRecords;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountingTest {
    private static final String ASSET = "{'kind':'asset','name':'192.0.2.1'}";
    private static final String BROKEN_RISK =
            "{'kind':'risk','name':'x','severity':{'cvss3':99},'target':" + ASSET + "}";

    private static Batch of(String... items) {
        return Runs.finish(Runs.mapped(Runs.run("external"), Runs.unit("u"), items));
    }

    @Test
    void accountsForEveryItemOnce() {
        var batch = of(
                ASSET,
                ASSET,
                "{'kind':'asset','name':'10.0.0.1'}",
                "{'kind':'drop','reason':'resolved'}",
                "[]",
                "null",
                "[null]",
                "{'kind':'risk','name':'x','severity':{'rank':0},'target':" + ASSET + "}",
                "[" + ASSET + "," + BROKEN_RISK + "]",
                "{'kind':'unheard'}",
                "'text'");
        var tally = batch.tally();
        assertThat(tally.received()).isEqualTo(11);
        assertThat(tally.emitted()).isEqualTo(1);
        assertThat(tally.failed()).isEqualTo(3);
        assertThat(tally.dropped()).isEqualTo(7);
        assertThat(tally.reasons())
                .isEqualTo(Map.of(
                        "duplicate", 1L, "out_of_scope", 1L, "resolved", 1L, "no_record", 3L, "informational", 1L));
        assertThat(tally.records()).isEqualTo(1);
        assertThat(tally.kinds()).isEqualTo(Map.of("asset", 1L));
    }

    @Test
    void emitsAnItemWhoseRiskIsAnObservationForItsAsset() {
        var batch = of("[" + ASSET + ",{'kind':'drop','reason':'informational'}]");
        assertThat(batch.tally().emitted()).isEqualTo(1);
        assertThat(batch.tally().reasons()).isEmpty();
    }

    @Test
    void prefersTheMappingsReasonToDuplicate() {
        assertThat(of(ASSET, "[" + ASSET + ",{'kind':'drop','reason':'informational'}]")
                        .tally()
                        .reasons())
                .isEqualTo(Map.of("informational", 1L));
    }

    @Test
    void sendsNothingOfAnItemOfWhichOneRecordFails() {
        var batch = of("[" + ASSET + "," + BROKEN_RISK + "]");
        assertThat(batch.lines()).isEmpty();
        assertThat(batch.entries().get(0).error().message()).startsWith("risk.severity.cvss3: ");
    }

    @Test
    void sendsWhatAFailedItemSharesWithAGoodOne() {
        assertThat(of("[" + ASSET + "," + BROKEN_RISK + "]", ASSET).lines()).hasSize(1);
    }

    @Test
    void countsTheReadersFaultsAsReceivedAndFailed() {
        var fault = RunError.of("file.cut", "scan.nessus: ends at line 7", false);
        var page = new Page(
                Runs.run("external"),
                Runs.unit("u"),
                3,
                List.of(Runs.json(ASSET)),
                List.of(fault),
                null,
                List.of(),
                true);
        var batch = Runs.finish(new MapRecords(Runs.registry()).map(page, "plain/records"));
        assertThat(batch.tally().received()).isEqualTo(2);
        assertThat(batch.tally().failed()).isEqualTo(1);
        var letter = batch.deadLetters().get(0);
        assertThat(letter.code()).isEqualTo("file.cut");
        assertThat(letter.item()).isNull();
        assertThat(letter.mapping()).isNull();
        assertThat(batch.errors()).containsExactly(fault.in("files", 3));
    }

    @Test
    void keepsAFailedItemAsItWasReceived() {
        var batch = of(BROKEN_RISK);
        var letter = batch.deadLetters().get(0);
        assertThat(letter.item()).isEqualTo(Runs.json(BROKEN_RISK));
        assertThat(letter.code()).isEqualTo("record.invalid");
        assertThat(letter.mapping()).isEqualTo("plain/records");
        assertThat(letter.unit()).isEqualTo("u");
        assertThat(letter.unitName()).isEqualTo("u.nessus");
        assertThat(letter.page()).isEqualTo(1);
        assertThat(letter.job()).isEqualTo("job-1");
        assertThat(letter.key().toString()).isEqualTo("acme/acme-nessus/files");
    }

    @Test
    void givesTheSameFaultTheSameLetter() {
        assertThat(ids(of(BROKEN_RISK, "'x'")))
                .isEqualTo(ids(of(BROKEN_RISK, "'x'")))
                .doesNotHaveDuplicates();
        assertThat(ids(of("'x'", "'x'"))).doesNotHaveDuplicates().hasSize(2);
        var elsewhere = Runs.finish(Runs.mapped(Runs.run("external"), Runs.unit("u2"), BROKEN_RISK));
        assertThat(ids(elsewhere)).doesNotContainAnyElementsOf(ids(of(BROKEN_RISK)));
    }

    private static List<String> ids(Batch batch) {
        return batch.deadLetters().stream().map(DeadLetter::id).toList();
    }

    @Test
    void keepsANoteOfAnItemThatIsTooLarge() {
        var letter = of("'" + "x".repeat(DeadLetters.MAX_ITEM_BYTES) + "'")
                .deadLetters()
                .get(0);
        assertThat(letter.item().get("size_bytes").intValue()).isEqualTo(DeadLetters.MAX_ITEM_BYTES + 2);
        assertThat(letter.item().get("sha256").textValue()).hasSize(64);
        assertThat(letter.id()).matches("[0-9a-f]{32}");
    }

    @Test
    void commitsAllOfThePageTogether() {
        JsonNode cursor = Runs.json("{'offset':5}");
        var seen = List.of(new Seen("a", Instant.EPOCH, "u"));
        var page = new Page(
                Runs.run("external"),
                Runs.unit("u"),
                2,
                List.of(Runs.json(ASSET), Runs.json("'x'")),
                List.of(),
                cursor,
                seen,
                true);
        var commit = Runs.finish(new MapRecords(Runs.registry()).map(page, "plain/records"))
                .commit();
        assertThat(commit.cursor()).isEqualTo(cursor);
        assertThat(commit.seen()).isEqualTo(seen);
        assertThat(commit.unitDone()).isTrue();
        assertThat(commit.ids()).hasSize(16);
        assertThat(commit.deadLetters()).hasSize(1);
        assertThat(commit.unit()).isEqualTo("u");
        assertThat(commit.page()).isEqualTo(2);
        assertThat(commit.key().stream()).isEqualTo("files");
    }

    @Test
    void refusesToBeStoredHalfDone() {
        var batch = Runs.mapped(Runs.run("external"), Runs.unit("u"), ASSET);
        assertThatThrownBy(batch::tally).hasMessageContaining("identifyRecords");
    }
}
