package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped Defender routes against the shipped simulator, and against answers that were seen to trip clients up. */
class DefenderTest {
    private static final String TOKEN = "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"t\"}";

    @TempDir
    Path folder;

    private final Simulator defender = Simulator.start(Path.of("routes/defender/test/simulator.yaml"));
    private FakeVendor odd;
    private VendorRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
        if (odd != null) {
            odd.close();
        }
        defender.close();
    }

    @Test
    void collectsMachinesAsAssetsOverAllPages() {
        simulated();

        var run = rig.complete("machines");

        assertThat(run.counts().pages()).isEqualTo(3);
        assertThat(run.counts().emitted()).isEqualTo(250);
        var asset = rig.data("asset").get(0);
        assertThat(asset.path("dns").asText()).isEqualTo("pc-1.outrider.example");
        assertThat(asset.path("name").asText()).isEqualTo("10.1.2.1");
        assertThat(asset.at("/attributes/exposureLevel").asText()).isNotBlank();
    }

    @Test
    void neverSendsTopWithAListingAsItTakesTheNextLinkAway() {
        simulated();

        rig.streams().forEach(rig::complete);

        assertThat(defender.asked()).noneMatch(asked -> asked.target().contains("top"));
    }

    @Test
    void collectsVulnerabilitiesByMachineAsRisks() {
        simulated();

        assertThat(rig.complete("vulnerabilities").counts().failed()).isZero();

        assertThat(rig.data("risk")).hasSize(300);
        assertThat(rig.data("risk").get(0).path("name").asText()).isEqualTo("CVE-2026-0001");
        assertThat(rig.data("risk"))
                .extracting(risk -> risk.path("status").asText())
                .contains("TL", "TM", "TH", "TC");
    }

    @Test
    void asksForAlertsThatChangedNextTime() {
        simulated();

        var first = rig.complete("alerts");
        var again = rig.complete("alerts");

        assertThat(first.counts().reasons()).containsKey("resolved");
        assertThat(defender.asked().get(defender.asked().size() - 1).target())
                .contains("%24filter=lastUpdateTime%20ge%20");
        assertThat(again.counts().emitted()).isZero();
    }

    @Test
    void fetchesOneTokenForItsTenant() {
        simulated();

        rig.complete("machines");

        assertThat(defender.asked().stream().map(Simulator.Asked::target).filter(target -> target.contains("oauth2")))
                .containsExactly("/outrider-demo/oauth2/v2.0/token");
    }

    @Test
    void takesNoMachinesAtAllForAnEmptyListing() {
        answering("/api/machines", 404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"none\"}}");

        var run = rig.complete("machines");

        assertThat(run.counts().reasons()).containsKey("not_offered_404");
        assertThat(run.counts().received()).isZero();
    }

    @Test
    void endsAtANextLinkThatNeverEnds() {
        answering(
                "/api/machines",
                200,
                "{\"value\":[{\"id\":\"m1\",\"computerDnsName\":\"a.outrider.example\",\"lastIpAddress\":\"10.0.0.1\"}],"
                        + "\"@odata.nextLink\":\"URL/api/machines?$skip=10000\"}");

        var run = rig.collect("machines");

        assertThat(run.errors()).extracting(RunError::code).containsExactly("paging.repeated");
        assertThat(odd.asked()).hasSizeLessThan(5);
        assertThat(rig.data("asset")).hasSize(1);
    }

    @Test
    void makesNoRiskOfSoftwareWithoutCveAndAnInformationalOneOfACveWithoutSeverity() {
        answering(
                "/api/machines/SoftwareVulnerabilitiesByMachine",
                200,
                "{\"value\":[{\"id\":\"1\",\"deviceId\":\"d\",\"deviceName\":\"a.outrider.example\",\"cveId\":null,"
                        + "\"vulnerabilitySeverityLevel\":null,\"softwareName\":\"tool\"},"
                        + "{\"id\":\"2\",\"deviceId\":\"d\",\"deviceName\":\"a.outrider.example\",\"cveId\":\"CVE-2026-1\","
                        + "\"vulnerabilitySeverityLevel\":null,\"cvssScore\":null,\"firstSeenTimestamp\":\"2020-12-30 14:17:26\"},"
                        + "{\"id\":\"3\",\"deviceId\":\"d\",\"deviceName\":\"b.outrider.example\",\"cveId\":\"CVE-2026-2\",\"cvssScore\":9.8,"
                        + "\"vulnerabilitySeverityLevel\":\"Low\"},"
                        + "{\"id\":\"5\",\"deviceId\":\"d\",\"deviceName\":null,\"cveId\":\"CVE-2026-2\"},"
                        + "{\"id\":\"4\",\"deviceId\":\"d\",\"cveId\":\"CVE-2026-3\",\"status\":\"Fixed\"}]}");

        var run = rig.complete("vulnerabilities");

        assertThat(run.counts().reasons())
                .containsEntry("no_cve", 1L)
                .containsEntry("fixed", 1L)
                .containsEntry("no_address", 1L);
        assertThat(rig.data("risk"))
                .extracting(risk -> risk.path("status").asText())
                .containsExactly("TI", "TC");
        assertThat(rig.data("risk").get(0).path("created").asText()).isEqualTo("2020-12-30T14:17:26Z");
        assertThat(rig.data("asset"))
                .extracting(asset -> asset.path("dns").asText())
                .containsOnly("a.outrider.example", "b.outrider.example");
    }

    @Test
    void keepsTheRowsOfAPageWhoseNextLinkIsNoAddress() {
        answering(
                "/api/machines",
                200,
                "{\"value\":[{\"id\":\"m1\",\"computerDnsName\":\"a.outrider.example\"}],\"@odata.nextLink\":\"ht tp://[\"}");

        var run = rig.collect("machines");

        assertThat(run.errors()).extracting(RunError::code).containsExactly("paging.broken");
        assertThat(rig.data("asset")).hasSize(1);
    }

    @Test
    void tellsAMachineByItsNameOrAddressAndNeverByItsIdNorASharedAddress() {
        answering(
                "/api/machines",
                200,
                "{\"value\":[{\"id\":\"m1\",\"computerDnsName\":\"a.outrider.example\",\"lastExternalIpAddress\":\"203.0.113.5\"},"
                        + "{\"id\":\"m2\",\"lastIpAddress\":\"10.0.0.2\"},"
                        + "{\"id\":\"m3\",\"lastExternalIpAddress\":\"203.0.113.6\"},"
                        + "{\"id\":\"m4\",\"computerDnsName\":\" \"}]}");

        var run = rig.complete("machines");

        assertThat(run.counts().reasons()).containsEntry("no_address", 1L);
        assertThat(rig.data("asset"))
                .extracting(asset -> asset.path("key").asText())
                .containsExactly(
                        "#asset#a.outrider.example#a.outrider.example",
                        "#asset#10.0.0.2#10.0.0.2",
                        "#asset#203.0.113.6#203.0.113.6");
        assertThat(rig.data("asset").get(0).at("/attributes/externalIp").asText())
                .isEqualTo("203.0.113.5");
    }

    @Test
    void namesEveryMissingPermission() throws Exception {
        answering("/api/", 403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Missing application roles.\"}}");

        var checks = rig.validate();

        assertThat(checks.all())
                .extracting(check -> check.stream())
                .containsExactlyInAnyOrder("machines", "vulnerabilities", "alerts");
        assertThat(checks.all()).noneMatch(check -> check.ok());
        assertThat(checks.all())
                .extracting(check -> check.detail())
                .allMatch(detail -> detail.contains("Missing application roles"))
                .anyMatch(detail -> detail.contains("grant Machine.Read.All"))
                .anyMatch(detail -> detail.contains("grant Vulnerability.Read.All"))
                .anyMatch(detail -> detail.contains("grant Alert.Read.All"));
    }

    @Test
    void tellsWhatEntraSaidOfARefusedSecret() {
        odd = new FakeVendor((asked, exchange) -> FakeVendor.json(
                exchange,
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret.\"}"));
        rig(odd.url(), odd.url());

        var run = rig.collect("machines");

        assertThat(run.errors()).extracting(RunError::code).containsExactly("vendor.unauthorized");
        assertThat(run.errors().get(0).message()).contains("AADSTS7000215").doesNotContain("demo-secret");
    }

    @Test
    void knowsWhichMachinesAndAlertsBelongToTheTenant() throws Exception {
        simulated();

        assertThat(rig.validate().valid()).isTrue();
        assertThat(rig.affiliated("1e5bc9d7e413ddd7902c2932e418702b84d00007")).isTrue();
        assertThat(rig.affiliated("da63890003_-1")).isTrue();
        assertThat(rig.affiliated("da63899999_-1")).isFalse();
        defender.fail(Fault.SERVER_ERROR, "/", 100);
        assertThatThrownBy(() -> rig.affiliated("m1")).isInstanceOf(RunException.class);
    }

    private void simulated() {
        rig(defender.url(), defender.url());
    }

    /** One answer to all that is below a path; URL in it is where the vendor is. */
    private void answering(String path, int status, String body) {
        odd = new FakeVendor((asked, exchange) -> {
            if (asked.target().contains("oauth2")) {
                FakeVendor.json(exchange, 200, TOKEN);
            } else {
                FakeVendor.json(
                        exchange,
                        asked.target().startsWith(path) ? status : 500,
                        body.replace("URL", "http://" + asked.header("Host")));
            }
        });
        rig(odd.url(), odd.url());
    }

    private void rig(String url, String loginUrl) {
        rig = new VendorRig(folder, "defender", url, defender.secrets());
        rig.with(Map.of("tenantId", "outrider-demo", "loginUrl", loginUrl));
    }
}
