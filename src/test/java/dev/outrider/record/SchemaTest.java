package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.outrider.record.schema.RecordCheck;
import dev.outrider.record.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
    private static final String ASSET = "{'kind':'asset','dns':'a.example','name':'192.0.2.1'}";
    private final RecordCheck check = new RecordCheck();

    /** A full record of each kind, as it leaves. */
    private static Map<String, ObjectNode> samples() {
        var common = ",'externalId':'e','created':1,'tags':['t'],'attributes':{'a':[{}]}}";
        var samples = new LinkedHashMap<String, ObjectNode>();
        for (var record : new String[] {
            ASSET,
            "{'kind':'port','protocol':'tcp','port':443,'service':'www','parent':" + ASSET + "}",
            "{'kind':'technology','cpe':'cpe:/a:v:p%21','name':'n','target':" + ASSET + "}",
            "{'kind':'attribute','name':'n','value':1,'parent':" + ASSET + ",'metadata':{'m':1}}",
            "{'kind':'file','path':'a/b','bytes':'x','overwrite':false,'role':'r'}",
            "{'kind':'person','name':'n','email':'e@a.example','title':'t','phone':'p','organization':'o','location':'l'}",
            "{'kind':'organization','domain':'a.example','name':'n'}",
            "{'kind':'repository','url':'github.com/a/b','public':true}",
            "{'kind':'webapplication','primaryUrl':'https://a.example','urls':['https://b.example'],'name':'n'}",
            "{'kind':'webpage','url':'https://a.example/x','parent':{'kind':'webapplication','primaryUrl':'https://a.example'},"
                    + "'ssoIdentified':{'okta':{}}}",
            "{'kind':'cloudresource','provider':'aws','account':'1','resourceId':'arn:aws:s3:::b','name':'n','displayName':'d',"
                    + "'resourceType':'AWS::S3::Bucket','region':'r','ips':['192.0.2.1'],'urls':['s3://b'],'properties':{'p':1},"
                    + "'labels':['l']}",
            "{'kind':'generic','group':'g','identifier':'i'}",
            "{'kind':'risk','name':'n','title':'N','severity':{'cvss3':7.5,'word':'High','rank':3},'target':" + ASSET
                    + ",'cves':['CVE-2024-1'],'cwes':[79],'cvss':[{'version':'3.1','score':7.5,'vector':'v'}],'source':'s',"
                    + "'definition':{'description':'d'},'proof':{'text':'p'}}"
        }) {
            var data = (ObjectNode) Runs.records(record.substring(0, record.length() - 1) + common)
                    .get(0);
            samples.put(data.get("kind").textValue(), data);
        }
        return samples;
    }

    @Test
    void publishesASchemaOfEveryKind() {
        assertThat(Schemas.kinds())
                .containsExactlyInAnyOrderElementsOf(samples().keySet());
        var meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (var kind : Schemas.kinds()) {
            var schema = Schemas.of(kind).orElseThrow();
            assertThat(meta.validate(schema)).isEmpty();
            assertThat(schema.get("title").textValue()).isNotBlank();
            assertThat(schema.get("description").textValue()).isNotBlank();
            assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
            schema.get("properties")
                    .forEach(property -> assertThat(property.has("description")).isTrue());
        }
        assertThat(Schemas.of("unheard")).isEmpty();
    }

    @Test
    void passesAFullRecordOfEachKind() {
        samples()
                .forEach((kind, data) ->
                        assertThat(check.refusal(kind, data)).as(kind).isNull());
    }

    @Test
    void usesEveryFieldThatItPublishes() {
        samples().forEach((kind, data) -> Schemas.of(kind)
                .orElseThrow()
                .get("properties")
                .fieldNames()
                .forEachRemaining(field -> {
                    if (!kind.equals("file") || !field.equals("target")) {
                        assertThat(data.has(field)).as(kind + "." + field).isTrue();
                    }
                }));
    }

    /** The quick check and the full validator agree on records with one field missing, of another type, empty, or too many. */
    @Test
    void refusesEachKindsBrokenRecordNamingTheField() {
        samples().forEach((kind, data) -> {
            var schema = Schemas.of(kind).orElseThrow();
            for (var required : schema.get("required")) {
                var broken = data.deepCopy();
                broken.remove(required.textValue());
                assertThat(check.refusal(kind, broken)).startsWith(kind).contains(required.textValue());
            }
            schema.get("properties").fieldNames().forEachRemaining(field -> {
                for (var wrong : new String[] {"7.5", "-1", "''", "'#'", "{'x':1}", "['','']", "[]", "null", "true"}) {
                    var broken = data.deepCopy();
                    broken.set(field, Runs.json(wrong));
                    var full = full(schema, broken);
                    var refusal = check.refusal(kind, broken);
                    assertThat(refusal == null)
                            .as(kind + "." + field + " = " + wrong)
                            .isEqualTo(full);
                    if (refusal != null) {
                        assertThat(refusal).startsWith(kind).contains(field);
                    }
                }
            });
            var extra = data.deepCopy().put("colour", "red");
            assertThat(check.refusal(kind, extra)).contains("colour");
        });
    }

    private static boolean full(JsonNode schema, JsonNode data) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(data)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'port','protocol':'icmp','port':1,'parent':{'kind':'asset','name':'a'}} | port.protocol",
                "{'kind':'port','protocol':'tcp','port':0,'parent':{'kind':'asset','name':'a'}} | port.port",
                "{'kind':'port','protocol':'tcp','port':65536,'parent':{'kind':'asset','name':'a'}} | port.port",
                "{'kind':'port','protocol':'tcp','port':1} | port.parent",
                "{'kind':'asset'} | asset.name",
                "{'kind':'asset','name':'a','status':'OPEN'} | asset.status",
                "{'kind':'asset','name':'a','attackSurface':['moon']} | asset.attackSurface",
                "{'kind':'asset','name':'a','attributes':'x'} | asset.attributes",
                "{'kind':'asset','name':'a','ttl':-1} | asset.ttl",
                "{'kind':'repository','url':'github.com/a/b','public':'yes'} | repository.public",
                "{'kind':'attribute','name':'n','parent':{'kind':'asset','name':'a'}} | attribute.value",
                "{'kind':'generic','group':'g'} | generic.identifier",
                "{'kind':'person','title':'t'} | person.email",
                "{'kind':'cloudresource','provider':'ibm','account':'a','resourceId':'r'} | cloudresource.provider",
                "{'kind':'cloudresource','provider':'aws','account':'a','resourceId':'bucket'} | cloudresource.resourceId",
                "{'kind':'risk','name':'x','severity':{'rank':1},'target':{'kind':'file','path':'p'}} | risk.target",
                "{'kind':'risk','name':'x','severity':{'rank':1},'target':{'name':'a'}} | risk.target"
            })
    void namesTheFieldOfABrokenRecord(String record, String field) {
        assertThat(Runs.error(record).message()).startsWith(field);
    }
}
