package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.record.value.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    private static final String ASSET = "{'kind':'asset','dns':'Web.example.com','name':'192.0.2.1'}";
    private static final String ARN = "arn:aws:s3:::Bucket";

    private static String key(String record) {
        return Runs.record(record).get("key").textValue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'asset','dns':'Web.example.com','name':'192.0.2.1'} | #asset#web.example.com#192.0.2.1",
                "{'kind':'asset','name':'192.0.2.1'} | #asset#192.0.2.1#192.0.2.1",
                "{'kind':'asset','dns':'example.com'} | #asset#example.com#example.com",
                "{'kind':'organization','domain':'Acme.example','name':'Acme Inc'} | #organization#acme.example#Acme Inc",
                "{'kind':'person','email':'Jo@Acme.Example','name':'Jo Doe'} | #person#Jo@acme.example#Jo Doe",
                "{'kind':'person','name':'Jo Doe'} | #person#Jo Doe#Jo Doe",
                "{'kind':'repository','url':'github.com/Acme/Web'} | #repository#https://github.com/Acme/Web#Web",
                "{'kind':'webapplication','primaryUrl':'HTTPS://App.example.com:443'} | #webapplication#https://app.example.com/",
                "{'kind':'webpage','url':'https://App.example.com/Login?x=1'} | #webpage#https://app.example.com/Login",
                "{'kind':'technology','cpe':'cpe:/a:php:php:5.1'} | #technology#cpe:2.3:a:php:php:5.1:*:*:*:*:*:*:*",
                "{'kind':'file','path':'notes/a.txt','bytes':'x'} | #file#notes/a.txt",
                "{'kind':'generic','group':'g','identifier':'i'} | #generic#g#i",
                "{'kind':'cloudresource','provider':'aws','account':'111122223333','resourceId':'arn:aws:s3:::B'} | #awsresource#111122223333#arn:aws:s3:::B",
                "{'kind':'cloudresource','provider':'azure','account':'sub','resourceId':'/x/y'} | #azureresource#sub#/x/y",
                "{'kind':'cloudresource','provider':'gcp','account':'proj','resourceId':'n'} | #gcpresource#proj#n"
            })
    void keysEachKind(String record, String key) {
        assertThat(key(record)).isEqualTo(key);
    }

    @Test
    void keysWhatHangsOnAnotherRecordByItsKey() {
        var port = "{'kind':'port','protocol':'TCP','port':'443','parent':" + ASSET + "}";
        assertThat(key(port)).isEqualTo("#port#tcp#443#asset#web.example.com#192.0.2.1");
        assertThat(key("{'kind':'attribute','name':'os','value':'Linux','parent':" + port + "}"))
                .isEqualTo("#attribute#os#Linux#port#tcp#443#asset#web.example.com#192.0.2.1");
        assertThat(key("{'kind':'risk','name':'CVE-2024-0001','severity':{'rank':3},'target':" + port + "}"))
                .isEqualTo("#risk#web.example.com#CVE-2024-0001");
        assertThat(key("{'kind':'risk','dns':'Other.example.com','name':'A b','severity':{'rank':3},'target':" + port
                        + "}"))
                .isEqualTo("#risk#other.example.com#a-b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'webpage','url':'https://a.example/x'} | #webpage#https://a.example/x | https://a.example",
                "{'kind':'webapplication','primaryUrl':'https://a.example/','name':'Shop'} | #webapplication#https://a.example/ | Shop",
                "{'kind':'repository','url':'https://github.com/a/b'} | #repository#https://github.com/a/b#b | https://github.com/a/b",
                "{'kind':'cloudresource','provider':'gcp','account':'proj','resourceId':'n'} | #gcpresource#proj#n | proj",
                "{'kind':'organization','domain':'a.example'} | #organization#a.example#a.example | a.example",
                "{'kind':'person','email':'jo@a.example'} | #person#jo@a.example#jo@a.example | jo@a.example",
                "{'kind':'generic','group':'g','identifier':'i'} | #generic#g#i | g"
            })
    void givesARiskTheGroupOfItsTarget(String target, String key, String dns) {
        var risk = Runs.record("{'kind':'risk','name':'x','severity':{'rank':1},'target':" + target + "}");
        assertThat(risk.at("/target/key").textValue()).isEqualTo(key);
        assertThat(risk.get("dns").textValue()).isEqualTo(dns);
    }

    @Test
    void referencesHaveTheKeyOfTheRecordTheyPointAt() {
        for (var record : new String[] {
            ASSET,
            "{'kind':'webapplication','primaryUrl':'http://A.example:80/x'}",
            "{'kind':'webpage','url':'http://A.example:80/x'}",
            "{'kind':'repository','url':'a.example/x/y/','name':'Z#'}",
            "{'kind':'organization','domain':'A.example.'}",
            "{'kind':'person','email':'x@A.example'}",
            "{'kind':'generic','group':'a#b','identifier':'c'}",
            "{'kind':'cloudresource','provider':'aws','account':'111122223333','resourceId':'" + ARN + "'}",
            "{'kind':'port','protocol':'udp','port':53,'parent':" + ASSET + "}"
        }) {
            var attribute = Runs.record("{'kind':'attribute','name':'n','value':'v','parent':" + record + "}");
            assertThat(attribute.at("/parent/key").textValue()).isEqualTo(key(record));
        }
    }

    @Test
    void cutsByCodePointsAndKeepsLongValuesApart() {
        var parent = "#asset#a.example#a.example";
        var first = Keys.attribute("os", "😀".repeat(2000) + "a", parent);
        var second = Keys.attribute("os", "😀".repeat(2000) + "b", parent);
        assertThat(first).isNotEqualTo(second).endsWith(parent);
        assertThat(first.codePointCount(0, first.length())).isEqualTo(1024);
        assertThat(first.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000)).isTrue();
        assertThat(Keys.attribute("os", "v".repeat(100), parent)).contains("v".repeat(100));
    }

    @Test
    void survivesAParentLongerThanTheKey() {
        var parent = Keys.webApplication("https://a.example/" + "p".repeat(5000));
        assertThat(parent).hasSize(2048);
        assertThat(Keys.attribute("os", "a", parent)).hasSize(1024).isNotEqualTo(Keys.attribute("os", "b", parent));
    }

    @Test
    void keepsLongUrlsApart() {
        var start = "https://a.example/" + "p".repeat(3000);
        assertThat(Keys.webPage(start + "1")).hasSize(2048).isNotEqualTo(Keys.webPage(start + "2"));
    }
}
