package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    @Test
    void wrapsARecordAsACloudEvent() {
        var batch = Runs.finish(Runs.mapped(
                Runs.run("external"),
                Runs.unit("u"),
                "{'kind':'asset','dns':'Web01.example.com','name':'192.0.2.1','externalId':7}"));
        var line = batch.lines().get(0);
        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        var event = Runs.lines(batch).get(0);
        assertThat(event.get("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.get("id").textValue()).matches("[0-9a-f]{32}");
        assertThat(event.get("type").textValue()).isEqualTo("dev.outrider.asset.v1");
        assertThat(event.get("source").textValue()).isEqualTo("/integrations/acme-nessus");
        assertThat(event.get("subject").textValue()).isEqualTo("#asset#web01.example.com#192.0.2.1");
        assertThat(Instant.parse(event.get("time").textValue()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(event.get("datacontenttype").textValue()).isEqualTo("application/json");
        assertThat(event.get("tenant").textValue()).isEqualTo("acme");
        var data = event.get("data");
        assertThat(data.get("class").textValue()).isEqualTo("ipv4");
        assertThat(data.get("status").textValue()).isEqualTo("A");
        assertThat(data.get("private").booleanValue()).isFalse();
        assertThat(data.get("capability").textValue()).isEqualTo("nessus");
        assertThat(data.get("externalId").textValue()).isEqualTo("7");
        assertThat(data.get("attackSurface")).isEqualTo(Runs.json("['external']"));
        assertThat(data.get("contentDigest").textValue()).matches("[0-9a-f]{64}");
        assertThat(data.get("provenance"))
                .isEqualTo(Runs.json(
                        "{'job':'job-1','stream':'files','page':1,'mapping':'plain/records','unit':'u.nessus'}"));
        assertThat(data.get("visited")).isEqualTo(event.get("time"));
        assertThat(data.get("created")).isEqualTo(event.get("time"));
        assertThat(data.get("ttl").longValue())
                .isEqualTo(Instant.parse(event.get("time").textValue()).getEpochSecond() + 30 * 86_400);
        assertThat(new dev.outrider.record.schema.RecordCheck().refusal("asset", data))
                .isNull();
    }

    @Test
    void keepsTimesThatTheVendorGives() {
        var data =
                Runs.record("{'kind':'asset','name':'192.0.2.1','created':1700000000,'visited':1700000001000,'ttl':0}");
        assertThat(data.get("created").textValue()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(data.get("visited").textValue()).isEqualTo("2023-11-14T22:13:21Z");
        assertThat(data.get("ttl").longValue()).isZero();
    }

    @Test
    void holdsEachRecordOnOneLineWhateverItsText() {
        var data = Runs.record(
                "{'kind':'generic','group':'grüße 😀','identifier':'two\\nlines\\u2028\\u0000','tags':['ÿ','\\ud800']}");
        assertThat(data.get("identifier").textValue()).isEqualTo("two\nlines\u2028\u0000");
        assertThat(data.get("group").textValue()).isEqualTo("grüße 😀");
    }

    @Test
    void carriesTextsOfAThousandCharactersAndMore() {
        for (var unit : new String[] {"x", "ü", "😀"}) {
            var text = unit.repeat(1000);
            var asset = "{'kind':'asset','name':'192.0.2.1'}";
            var records = Runs.records("[{'kind':'attribute','name':'n','value':'" + text + "','parent':" + asset + "},"
                    + "{'kind':'risk','name':'" + text + "','severity':{'rank':1},'target':" + asset
                    + ",'definition':{'description':'" + text + "'},'proof':{'text':'" + text + "','uniqueness':'"
                    + text
                    + "'}},{'kind':'generic','group':'" + text + "','identifier':'" + text + "'}]");
            assertThat(records).hasSize(5);
            assertThat(records.get(0).get("value").textValue()).isEqualTo(text);
            assertThat(records.get(1).get("name").textValue()).isEqualTo(text);
            assertThat(records.get(4).get("key").textValue()).isEqualTo("#generic#" + text + "#" + text);
        }
    }
}
