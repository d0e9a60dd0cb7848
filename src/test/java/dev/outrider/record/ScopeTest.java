package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    private static final List<String> OUTSIDE = List.of("external", "cloud", "repository", "application");

    private static Batch filtered(String surface, String item, String... settings) {
        return Runs.finish(Runs.mapped(Runs.run(surface, settings), Runs.unit("u"), item));
    }

    private static boolean dropped(String surface, String dns, String name) {
        var batch = filtered(surface, "{'kind':'asset','dns':'" + dns + "','name':'" + name + "'}");
        var entry = batch.entries().get(0);
        assertThat(entry.error()).isNull();
        return Batch.OUT_OF_SCOPE.equals(entry.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "239.1.2.3",
                "ff02::1",
                "255.255.255.255",
                "169.254.169.254",
                "169.254.7.7",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "metadata.google.internal",
                "Metadata.Google.Internal.",
                "::ffff:169.254.169.254",
                "224.0.0.0/4",
                "169.254.0.0/16",
                "ff00::/8"
            })
    void dropsWhatIsNobodysHostOnEverySurface(String host) {
        assertThat(dropped("internal", "www.example.com", host)).isTrue();
        OUTSIDE.forEach(
                surface -> assertThat(dropped(surface, "www.example.com", host)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.5.5",
                "192.168.1.1",
                "100.64.0.1",
                "fd12:3456::1",
                "fec0::1",
                "::ffff:10.0.0.1",
                "10.0.0.0/24",
                "fd00::/8"
            })
    void dropsInsideAddressesOutsideOnly(String host) {
        assertThat(dropped("internal", "www.example.com", host)).isFalse();
        OUTSIDE.forEach(surface -> {
            assertThat(dropped(surface, "www.example.com", host)).isTrue();
            assertThat(dropped(surface, host, host)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "198.51.100.7",
                "203.0.113.9",
                "8.8.8.8",
                "172.32.0.1",
                "100.128.0.1",
                "2001:db8::1",
                "www.example.com",
                "0.0.0.0/0",
                "9.0.0.0/7",
                "web01"
            })
    void keepsWhatCanBeReachedOnEverySurface(String host) {
        assertThat(dropped("internal", host, host)).isFalse();
        OUTSIDE.forEach(surface -> assertThat(dropped(surface, host, host)).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "internal, web01.example.com, 127.0.0.1, false",
        "internal, web01, ::1, false",
        "internal, localhost, 127.0.0.1, true",
        "internal, 127.0.0.1, 127.0.0.1, true",
        "internal, localhost, localhost, true",
        "internal, a.localhost, 127.0.0.1, true",
        "internal, 192.0.2.1, 127.0.0.1, true",
        "external, web01.example.com, 127.0.0.1, true",
        "external, localhost, localhost, true",
        "cloud, web01.example.com, ::1, true"
    })
    void keepsLoopbackOnlyInsideAndOnlyByAName(String surface, String dns, String name, boolean dropped) {
        assertThat(dropped(surface, dns, name)).isEqualTo(dropped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'port','protocol':'tcp','port':1,'parent':$}",
                "{'kind':'risk','name':'x','severity':{'rank':4},'target':$,'definition':{'description':'d'},'proof':{'text':'p'}}",
                "{'kind':'risk','name':'x','severity':{'rank':4},'target':{'kind':'port','protocol':'tcp','port':1,'parent':$}}",
                "{'kind':'technology','cpe':'cpe:/a:v:p','target':$}",
                "{'kind':'attribute','name':'n','value':'v','parent':{'kind':'port','protocol':'tcp','port':1,'parent':$}}",
                "[$, {'kind':'technology','cpe':'cpe:/a:v:p'}]",
                "{'kind':'webapplication','primaryUrl':'https://10.1.1.1/'}",
                "{'kind':'webpage','url':'https://10.1.1.1/login'}",
                "{'kind':'risk','name':'x','severity':{'rank':4},'target':{'kind':'webpage','url':'https://10.1.1.1/login'}}"
            })
    void dropsWhatLiesOnADroppedAssetWithIt(String item) {
        var batch = filtered("external", item.replace("$", "{'kind':'asset','name':'10.1.1.1'}"));
        assertThat(batch.lines()).isEmpty();
        assertThat(batch.tally().reasons()).containsOnlyKeys(Batch.OUT_OF_SCOPE);
        assertThat(filtered("internal", item.replace("$", "{'kind':'asset','name':'10.1.1.1'}"))
                        .lines())
                .isNotEmpty();
    }

    @Test
    void keepsWhatHasNoHostWhateverTheSurface() {
        assertThat(filtered("repository", "{'kind':'repository','url':'https://10.0.0.5/a/b'}")
                        .lines())
                .hasSize(1);
        assertThat(filtered(
                                "cloud",
                                "{'kind':'cloudresource','provider':'gcp','account':'p','resourceId':'n','ips':['10.0.0.1']}")
                        .lines())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, true, AR", "true, false, A", "false, true, PR", "false, false, ''", "maybe, TRUE, PR"})
    void ruleC43HonoursBothImportSwitchesOnTheirOwn(String assets, String risks, String expected) {
        var asset = "{'kind':'asset','name':'192.0.2.1'}";
        var batch = filtered(
                "external",
                "[" + asset + ",{'kind':'risk','name':'x','severity':{'rank':4},'target':" + asset + "}]",
                "importAssets",
                assets,
                "importVulnerabilities",
                risks);
        var out = new StringBuilder();
        for (var line : Runs.lines(batch)) {
            boolean risk = line.at("/data/kind").textValue().equals("risk");
            out.append(risk ? "R" : line.at("/data/status").textValue());
        }
        assertThat(out).hasToString(expected);
        assertThat(batch.tally().reasons())
                .isEqualTo(expected.isEmpty() ? java.util.Map.of(Batch.NOT_IMPORTED, 1L) : java.util.Map.of());
    }
}
