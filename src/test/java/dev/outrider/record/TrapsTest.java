package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of the record model that others fell into (platform facts, section F), one by one. */
class TrapsTest {
    private static final String HOST = "{'kind':'asset','dns':'host.example.com','name':'192.0.2.1'}";

    private static String risk(String more) {
        return "{'kind':'risk','name':'x','severity':{'rank':3},'target':" + HOST + more + "}";
    }

    private static String key(JsonNode record) {
        return record.get("key").textValue();
    }

    @Test
    void trapF2TrueMeansDrop() {
        var batch = Runs.finish(
                Runs.mapped(Runs.run("external"), Runs.unit("u"), "{'kind':'asset','name':'10.0.0.1'}", HOST));
        assertThat(Runs.lines(batch))
                .extracting(line -> line.get("subject").textValue())
                .containsExactly("#asset#host.example.com#192.0.2.1");
    }

    @Test
    void trapF6FoldsHostCaseBeforeKeys() {
        var upper = risk("").replace("host.example.com", "Host.EXAMPLE.com.");
        assertThat(key(Runs.record(upper)))
                .isEqualTo(key(Runs.record(risk(""))))
                .isEqualTo("#risk#host.example.com#x");
        assertThat(key(Runs.record(risk(",'dns':'OTHER.example.com'")))).isEqualTo("#risk#other.example.com#x");
        assertThat(key(Runs.record("{'kind':'webpage','url':'https://HOST.example.com/A'}")))
                .isEqualTo("#webpage#https://host.example.com/A");
        assertThat(key(Runs.record("{'kind':'repository','url':'https://GitHub.com/Acme/Web'}")))
                .isEqualTo("#repository#https://github.com/Acme/Web#Web");
    }

    @Test
    void trapF7CopiesTheOneNameOfAnAssetToTheOther() {
        assertThat(Runs.record("{'kind':'asset','name':'192.0.2.1'}").get("dns").textValue())
                .isEqualTo("192.0.2.1");
        assertThat(Runs.record("{'kind':'asset','dns':'a.example'}").get("name").textValue())
                .isEqualTo("a.example");
        assertThat(Runs.error("{'kind':'asset','dns':'','name':' '}").code()).isEqualTo("record.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RH", "fixed", "OH", "IH", "DH", "TH"})
    void trapF8NoVendorStatusMakesOrClosesARisk(String status) {
        assertThat(Runs.error(risk(",'status':'" + status + "'")).message()).startsWith("risk.status: ");
    }

    @Test
    void trapF10DefinitionsNeverOverwriteAndProofsAreKeptApart() {
        var records = Runs.records(
                risk(",'definition':{'description':'d'},'proof':{'text':'1','uniqueness':'tcp-80'}"),
                risk(",'proof':{'text':'2','uniqueness':'tcp-443'},'externalId':'2'"));
        var files = records.stream()
                .filter(record -> record.get("kind").textValue().equals("file"))
                .toList();
        assertThat(files)
                .extracting(file -> file.get("path").textValue() + " "
                        + file.get("overwrite").asText())
                .containsExactly(
                        "definitions/x false",
                        "proofs/host.example.com/x/tcp-80 true",
                        "proofs/host.example.com/x/tcp-443 true");
    }

    @Test
    void trapF11DropsARiskWithTheAssetThatIsOutOfScope() {
        var local = "[" + HOST + "," + risk("") + "]";
        var batch =
                Runs.finish(Runs.mapped(Runs.run("external"), Runs.unit("u"), local.replace("192.0.2.1", "10.0.0.9")));
        assertThat(batch.lines()).isEmpty();
        assertThat(Runs.records(local.replace("192.0.2.1", "10.0.0.9"))).hasSize(2);
    }

    @Test
    void trapF12SetsTheAttackSurfaceOnEveryRecord() {
        var cloud = "{'kind':'cloudresource','provider':'gcp','account':'p','resourceId':'n'}";
        var batch = Runs.finish(Runs.mapped(
                Runs.run("cloud"),
                Runs.unit("u"),
                risk(",'definition':{'impact':'i'},'proof':{'text':'t'}").replace(HOST, cloud),
                cloud));
        assertThat(Runs.lines(batch)).hasSize(4).allSatisfy(line -> assertThat(line.at("/data/attackSurface"))
                .isEqualTo(Runs.json("['cloud']")));
    }

    @Test
    void trapF13PutsPortsOnAnythingAndLosesNoGroup() {
        var web = "{'kind':'webapplication','primaryUrl':'https://app.example.com/','name':'Shop #1'}";
        var port = "{'kind':'port','protocol':'tcp','port':443,'parent':" + web + "}";
        var risk = Runs.record(risk("").replace(HOST, port));
        assertThat(key(risk)).isEqualTo("#risk#Shop _1#x");
        assertThat(risk.at("/target/key").textValue())
                .isEqualTo("#port#tcp#443#webapplication#https://app.example.com/");
        assertThat(key(Runs.record(port.replace(web, "{'kind':'asset','name':'a#b'}"))))
                .isEqualTo("#port#tcp#443#asset#a_b#a_b");
    }

    @Test
    void trapF14CutsLongKeysWithoutCollisionOrBrokenCharacters() {
        var attribute = "{'kind':'attribute','name':'n','value':'$','parent':" + HOST + "}";
        var one = Runs.record(attribute.replace("$", "ü😀".repeat(1000) + "1"));
        var two = Runs.record(attribute.replace("$", "ü😀".repeat(1000) + "2"));
        assertThat(key(one)).isNotEqualTo(key(two));
        assertThat(key(one).codePointCount(0, key(one).length())).isEqualTo(1024);
        assertThat(one.get("value").textValue()).hasSize(3001);
        var long1 = "{'kind':'webpage','url':'https://a.example/" + "p".repeat(4000) + "1'}";
        assertThat(key(Runs.record(long1))).isNotEqualTo(key(Runs.record(long1.replace("1'}", "2'}"))));
        assertThat(key(Runs.record(attribute.replace("$", "v").replace(HOST, long1))))
                .hasSize(1024);
    }

    @Test
    void trapF15SortsSets() {
        var asset = Runs.record(
                "{'kind':'asset','name':'a.example','tags':['b','a','b',''],'attackSurface':['internal','external']}");
        assertThat(asset.get("tags")).isEqualTo(Runs.json("['a','b']"));
        assertThat(asset.get("attackSurface")).isEqualTo(Runs.json("['external','internal']"));
        var risk = Runs.record(risk(",'cves':['cve-2024-2','CVE-2024-1','CVE-2024-2'],'cwes':['CWE:79',20,'cwe-79']"));
        assertThat(risk.get("cves")).isEqualTo(Runs.json("['CVE-2024-1','CVE-2024-2']"));
        assertThat(risk.get("cwes")).isEqualTo(Runs.json("['CWE-20','CWE-79']"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-us-gov", "aws-cn", "aws-iso-b"})
    void trapF16AcceptsArnsOfEveryPartition(String partition) {
        var arn = "arn:" + partition + ":ec2:us-east-1:111122223333:instance/i-1";
        var record = Runs.record("{'kind':'cloudresource','provider':'aws','resourceId':'" + arn + "'}");
        assertThat(key(record)).isEqualTo("#awsresource#111122223333#" + arn);
        assertThat(record.get("class").textValue()).isEqualTo("Unknown");
    }

    @Test
    void trapF16AcceptsSelfHostedRepositories() {
        var record = Runs.record("{'kind':'repository','url':'https://git.acme.example/group/sub/tool'}");
        assertThat(record.get("selfHosted").booleanValue()).isTrue();
        assertThat(record.get("org").textValue()).isEqualTo("sub");
        assertThat(Runs.record("{'kind':'repository','url':'https://github.com/a/b'}")
                        .get("selfHosted")
                        .booleanValue())
                .isFalse();
        assertThat(Runs.record("{'kind':'repository','url':'https://dev.azure.com/org/project/_git/tool'}")
                        .get("org")
                        .textValue())
                .isEqualTo("org");
    }

    @Test
    void theSameRecordHasOneKeyHoweverItIsSpelt() {
        var spellings = List.of(
                "{'kind':'asset','dns':'MÜNCHEN.example','name':'2001:DB8::0:1'}",
                "{'kind':'asset','dns':'xn--mnchen-3ya.example.','name':'2001:db8:0:0:0:0:0:1'}");
        assertThat(spellings.stream().map(Runs::record).map(TrapsTest::key).collect(Collectors.toSet()))
                .containsExactly("#asset#xn--mnchen-3ya.example#2001:db8::1");
    }
}
