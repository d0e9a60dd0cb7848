package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped Okta routes against the shipped Okta simulator. */
class OktaTest {
    @TempDir
    Path folder;

    private final Simulator okta = Simulator.start(Path.of("routes/okta/test/simulator.yaml"));
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "okta", okta.url(), okta.secrets());
    }

    @AfterEach
    void stop() {
        rig.close();
        okta.close();
    }

    @Test
    void collectsUsersAsPeople() {
        var run = rig.complete("users");

        assertThat(run.counts().pages()).isEqualTo(3);
        assertThat(run.counts().emitted()).isEqualTo(450);
        var person = rig.records().get(0).path("data");
        assertThat(person.path("kind").asText()).isEqualTo("person");
        assertThat(person.path("email").asText()).isEqualTo("user1@outrider.example");
        assertThat(person.at("/attributes/status").asText()).isEqualTo("ACTIVE");
        assertThat(person.at("/attributes/lastLogin").asText()).isNotBlank();
    }

    @Test
    void asksForChangedUsersNextTimeAndEmitsNothingTwice() {
        rig.complete("users");
        var again = rig.complete("users");

        assertThat(okta.asked().get(3).target()).contains("filter=lastUpdated%20gt%20%22");
        assertThat(again.counts().emitted()).isZero();
        assertThat(rig.records()).hasSize(450);
    }

    @Test
    void collectsAppsWithTheirSignOn() {
        var run = rig.complete("apps");

        assertThat(run.counts().emitted()).isEqualTo(230);
        assertThat(run.counts().kinds()).containsEntry("webapplication", 230L).containsEntry("webpage", 230L);
        assertThat(rig.data("webpage"))
                .anyMatch(page -> page.at("/ssoIdentified/okta/id").asText().startsWith("0oa"))
                .anyMatch(page -> page.path("ssoIdentified").isMissingNode());
    }

    @Test
    void findsPoliciesWithoutMfaAndDoesWithoutTheTypesThatAClassicOrgLacks() {
        var run = rig.complete("policies");

        assertThat(run.counts().received()).isEqualTo(12);
        assertThat(rig.data("risk")).isNotEmpty();
        assertThat(run.counts().reasons()).containsKey("compliant").containsKey("not_offered_400");
    }

    @Test
    void collectsDevicesAsAssets() {
        assertThat(rig.complete("devices").counts().emitted()).isEqualTo(260);
        assertThat(rig.data("asset").get(0).path("dns").asText()).isEqualTo("laptop-1");
    }

    @Test
    void collectsTheLogOnceAndGoesOnAtItsEnd() {
        var first = rig.complete("system-log");
        var second = rig.complete("system-log");

        assertThat(first.counts().emitted()).isEqualTo(1500);
        assertThat(first.counts().pages()).isEqualTo(2);
        assertThat(second.counts().received()).isZero();
        assertThat(okta.asked()).hasSize(3);
        assertThat(rig.records()).hasSize(1500);
    }

    @Test
    void validatesEachStream() throws Exception {
        var checks = rig.validate();

        assertThat(checks.all())
                .extracting(check -> check.stream())
                .containsExactlyElementsOf(List.of("users", "apps", "policies", "devices", "system-log"));
        assertThat(checks.valid()).isTrue();
    }

    @Test
    void namesTheMissingPermission() throws Exception {
        okta.fail(Fault.FORBIDDEN, "/api/v1/apps", 10);

        var checks = rig.validate();

        assertThat(checks.all().get(0).ok()).isTrue();
        assertThat(checks.all().get(1).ok()).isFalse();
        assertThat(checks.all().get(1).detail()).contains("okta.apps.read");
    }

    @Test
    void takesAnOutageForNoFinding() {
        okta.fail(Fault.SERVER_ERROR, "/", 100);

        assertThatThrownBy(() -> rig.validate()).isInstanceOf(RunException.class);
        assertThatThrownBy(() -> rig.affiliated("00u0001")).isInstanceOf(RunException.class);
    }

    @Test
    void knowsWhatBelongsToTheOrg() throws Exception {
        assertThat(rig.affiliated("00u0001")).isTrue();
        assertThat(rig.affiliated("0oa0007")).isTrue();
        assertThat(rig.affiliated("00u9999")).isFalse();
        assertThatThrownBy(() -> rig.affiliated("..")).isInstanceOf(RunException.class);
    }
}
