package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.schema.RecordCheck;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for records (platform facts, C30 to C44); C42 is a mapping's to keep, C43 is in the scope's test. */
class RulesTest {
    private static final String HOST = "{'kind':'asset','dns':'host.example.com','name':'192.0.2.1'}";

    private static String risk(String more) {
        return "{'kind':'risk','name':'x','target':" + HOST + more + "}";
    }

    private static Set<String> kinds(Batch batch) {
        return Runs.lines(batch).stream()
                .map(line -> line.at("/data/kind").textValue())
                .collect(Collectors.toSet());
    }

    @Test
    void rulesC30AndC31DropAllOrNothingByTheSameFilter() {
        var item = "[" + HOST + "," + risk(",'definition':{'impact':'i'},'proof':{'text':'t'}") + "]";
        var hostile = item.replace("192.0.2.1", "169.254.169.254");
        assertThat(Runs.finish(Runs.mapped(Runs.run("external"), Runs.unit("u"), hostile))
                        .lines())
                .isEmpty();
        assertThat(kinds(Runs.finish(Runs.mapped(Runs.run("external"), Runs.unit("u"), item))))
                .containsExactlyInAnyOrder("asset", "risk", "file");
    }

    @Test
    void ruleC32ChecksEveryRecordThatLeaves() {
        var check = new RecordCheck();
        var records = Runs.records("[" + HOST + "," + risk(",'definition':{'impact':'i'},'proof':{'text':'t'}") + "]");
        assertThat(records).hasSize(4).allSatisfy(data -> assertThat(
                        check.refusal(data.get("kind").textValue(), data))
                .isNull());
    }

    @Test
    void ruleC33MakesKeysOfContentOnly() {
        assertThat(Runs.records(HOST, risk(""), HOST))
                .extracting(data -> data.get("key").textValue())
                .isEqualTo(Runs.records(HOST, risk(""), HOST).stream()
                        .map(data -> data.get("key").textValue())
                        .toList())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'risk','name':'C#','dns':'a#b','severity':{'rank':1},'target':$} | #risk#a_b#c_",
                "{'kind':'generic','group':'a#b','identifier':'#c'} | #generic#a_b#_c",
                "{'kind':'attribute','name':'a#b','value':'c#d','parent':$} | #attribute#a_b#c_d#asset#h_1#h_1",
                "{'kind':'port','protocol':'tcp','port':1,'parent':$} | #port#tcp#1#asset#h_1#h_1"
            })
    void ruleC35LeavesNoSeparatorInSegments(String record, String key) {
        assertThat(Runs.record(record.replace("$", "{'kind':'asset','name':'h#1'}"))
                        .get("key")
                        .textValue())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",'severity':{'word':'odd'}", ",'severity':{'word':'Critical'}", ",'severity':{'cvss2':0.1}"
            })
    void ruleC36LetsOnlyTriageOut(String severity) {
        assertThat(Runs.record(risk(severity)).get("status").textValue()).isIn("TI", "TL", "TM", "TH", "TC");
    }

    @Test
    void ruleC36CountsUnknownWords() {
        var registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            var record = Runs.record(risk(",'severity':{'word':'Spicy'}"));
            assertThat(record.get("status").textValue()).isEqualTo("TI");
            assertThat(record.at("/severity/unknown").booleanValue()).isTrue();
            assertThat(registry.counter("outrider.severity.unknown", "class", "nessus")
                            .count())
                    .isEqualTo(1);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void ruleC37SendsARiskBesideItsAsset() {
        assertThat(Runs.records("[" + HOST + "," + risk("") + "]"))
                .extracting(data -> data.get("kind").textValue())
                .containsExactly("asset", "risk");
        assertThat(Runs.record(risk("")).at("/target/key").textValue())
                .isEqualTo(Runs.record(HOST).get("key").textValue());
    }

    @Test
    void ruleC38WritesADefinitionOnlyWhereThereIsText() {
        assertThat(Runs.records(risk(",'definition':{}"))).hasSize(1);
        assertThat(Runs.records(risk(",'definition':{'description':' '}"))).hasSize(1);
        var file = Runs.records(
                        risk(",'definition':{'description':'What','impact':'So','recommendation':'Do','references':"
                                + "['https://a.example','https://b.example\\nhttps://a.example']}"))
                .get(1);
        assertThat(file.get("bytes").textValue())
                .isEqualTo("#### Description\n\nWhat\n\n#### Impact\n\nSo\n\n#### Recommendation\n\nDo\n\n"
                        + "#### References\n\nhttps://a.example\nhttps://b.example\n");
        assertThat(file.get("role").textValue()).isEqualTo("definition");
        assertThat(file.get("key").textValue()).isEqualTo("#file#definitions/x");
    }

    @Test
    void ruleC38LaysAProofWhereItsRiskIsFound() {
        JsonNode plain = Runs.records(risk(",'proof':{'text':'t'}")).get(1);
        assertThat(plain.get("path").textValue()).isEqualTo("proofs/host.example.com/x");
        assertThat(plain.get("target")).isEqualTo(Runs.json("{'kind':'risk','key':'#risk#host.example.com#x'}"));
        assertThat(Runs.records(risk(",'dns':'vhost.example.com','proof':{'text':'t'}"))
                        .get(1)
                        .get("path")
                        .textValue())
                .isEqualTo("proofs/vhost.example.com/x/host.example.com");
        assertThat(Runs.records(risk(",'proof':{'text':'t','uniqueness':'a/b'}").replace("'x'", "'X: <y>'"))
                        .get(1)
                        .get("path")
                        .textValue())
                .isEqualTo("proofs/host.example.com/x_-_y_/a_b");
        assertThat(Runs.records(risk(",'proof':{'text':'a\\u0000b'}"))
                        .get(1)
                        .get("bytes")
                        .textValue())
                .isEqualTo("base64:YQBi");
    }

    @Test
    void ruleC38ARiskNamesItsFiles() {
        var record = Runs.record(risk(",'definition':{'impact':'i'},'proof':{'text':'t'}"));
        assertThat(record.get("definition").textValue()).isEqualTo("definitions/x");
        assertThat(record.get("proof").textValue()).isEqualTo("proofs/host.example.com/x");
    }

    @Test
    void ruleC39KeepsProofsOfTwoPortsApart() {
        var port = "{'kind':'port','protocol':'tcp','port':$,'parent':" + HOST + "}";
        var paths = Runs.records(
                        risk(",'proof':{'text':'t','uniqueness':'tcp-80'}").replace(HOST, port.replace("$", "80")),
                        risk(",'proof':{'text':'t','uniqueness':'tcp-443'}").replace(HOST, port.replace("$", "443")))
                .stream()
                .filter(data -> data.get("kind").textValue().equals("file"))
                .map(data -> data.get("path").textValue());
        assertThat(paths).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void ruleC40GivesTimesAsUtcSecondsAndTtlAsSeconds() {
        var data = Runs.record(HOST.replace("}", ",'created':'2026-01-01T02:00:00+02:00','visited':1700000000123}"));
        assertThat(data.get("created").textValue()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(data.get("visited").textValue()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(data.get("ttl").isIntegralNumber()).isTrue();
        assertThat(Runs.error(HOST.replace("}", ",'created':'last week'}")).message())
                .startsWith("asset.created: ");
    }

    @Test
    void ruleC41TakesNoUrlForAnAsset() {
        assertThat(Runs.error("{'kind':'asset','name':'https://app.example.com/'}")
                        .message())
                .startsWith("asset.name: ");
        assertThat(Runs.error("{'kind':'asset','name':'arn:aws:s3:::bucket'}").message())
                .startsWith("asset.name: ");
    }

    @Test
    void ruleC44EmitsSetsInOneOrder() {
        var one = Runs.records(HOST.replace("}", ",'tags':['z','a','m']}"));
        var two = Runs.records(HOST.replace("}", ",'tags':['m','z','a']}"));
        assertThat(one.get(0).get("tags")).isEqualTo(two.get(0).get("tags"));
        assertThat(one.get(0).get("contentDigest")).isEqualTo(two.get(0).get("contentDigest"));
    }

    @Test
    void anObservationOfRankZeroMakesNoRisk() {
        var batch = Runs.finish(Runs.mapped(
                Runs.run("internal"),
                Runs.unit("u"),
                "[" + HOST + "," + risk(",'severity':{'rank':'0','cvss3':9.8}") + "]"));
        assertThat(kinds(batch)).containsExactly("asset");
    }
}
