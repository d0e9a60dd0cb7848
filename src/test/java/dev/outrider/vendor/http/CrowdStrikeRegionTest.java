package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.spec.HttpSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the calls of a Falcon account go, by the region that the token's reply names. */
class CrowdStrikeRegionTest {
    private static final String US_1 = "https://api.crowdstrike.com";

    @TempDir
    Path folder;

    private final AtomicReference<String> region = new AtomicReference<>("us-1");
    private final FakeVendor there = new FakeVendor((asked, exchange) -> FakeVendor.json(
            exchange, 200, "{\"meta\":{\"pagination\":{\"total\":0,\"offset\":\"\"}},\"resources\":[],\"errors\":[]}"));
    private final FakeVendor here = new FakeVendor((asked, exchange) -> {
        exchange.getResponseHeaders().add("X-Cs-Region", region.get());
        FakeVendor.json(
                exchange,
                201,
                asked.target().startsWith("/oauth2")
                        ? "{\"access_token\":\"t\",\"expires_in\":1799,\"token_type\":\"bearer\"}"
                        : "{\"meta\":{\"pagination\":{\"total\":0,\"offset\":\"\"}},\"resources\":[]}");
    });
    private VendorRig rig;
    private HttpSpec spec;

    @BeforeEach
    void load() {
        rig = new VendorRig(
                folder, "crowdstrike", here.url(), Map.of("clientId", "c", "clientSecret", "s"), descriptor -> {});
        spec = rig.capability().descriptor().getHttp();
    }

    @AfterEach
    void stop() {
        rig.close();
        here.close();
        there.close();
    }

    @ParameterizedTest
    @CsvSource({
        "us-1,api.crowdstrike.com",
        "us-2,api.us-2.crowdstrike.com",
        "us-3,api.us-3.crowdstrike.com",
        "eu-1,api.eu-1.crowdstrike.com",
        "us-gov-1,api.laggar.gcw.crowdstrike.com",
        "us-gov-2,api.us-gov-2.crowdstrike.mil"
    })
    void followsTheRegionToItsOwnHost(String name, String host) {
        assertThat(moved(US_1, named(name).orElseThrow())).isEqualTo("https://" + host + "/devices/queries/devices/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us-9", "evil.example", "us-2.evil.example", "https://evil.example", "us-2\nx"})
    void staysWhereItIsWhenTheRegionIsNoneThatItKnows(String name) {
        assertThat(named(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.us-9.crowdstrike.com",
                "https://crowdstrike.com",
                "https://api.us-2.crowdstrike.com.evil.example",
                "http://api.us-2.crowdstrike.com"
            })
    void refusesEveryOtherHost(String host) {
        assertThatThrownBy(() -> moved(US_1, host)).isInstanceOf(RunException.class);
    }

    @Test
    void neverLeavesAnAddressThatIsNoneOfCrowdStrikes() {
        assertThat(moved("https://proxy.acme.example", "https://api.eu-1.crowdstrike.com"))
                .startsWith("https://proxy.acme.example/");
    }

    @Test
    void asksThereWithTheTokenAndHereForTheToken() {
        region.set("eu-1");
        var clients = spec.getAuth().getClientCredentials();
        clients.setBaseUrlRules("^eu-1$ => " + there.url());

        rig.complete("hosts");

        assertThat(here.targets()).containsExactly("/oauth2/token");
        assertThat(there.asked()).isNotEmpty().allMatch(asked -> asked.header("Authorization")
                .equals("Bearer t"));
    }

    private Optional<String> named(String name) {
        return UrlRules.find(spec.getAuth().getClientCredentials().getBaseUrlRules(), name);
    }

    private String moved(String url, String base) {
        return new Reach(URI.create(url), spec.getHosts())
                .moved(URI.create(url + "/devices/queries/devices/v1"), base)
                .toString();
    }
}
