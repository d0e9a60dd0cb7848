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

/** The shipped Salesforce routes against the shipped Salesforce simulator. */
class SalesforceTest {
    @TempDir
    Path folder;

    private final Simulator salesforce = Simulator.start(Path.of("routes/salesforce/test/simulator.yaml"));
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "salesforce", salesforce.url(), salesforce.secrets());
    }

    @AfterEach
    void stop() {
        rig.close();
        salesforce.close();
    }

    @Test
    void collectsUsersOverAllPagesAsPeople() {
        var run = rig.complete("users");

        assertThat(run.counts().pages()).isEqualTo(3);
        assertThat(run.counts().emitted()).isEqualTo(450);
        var person = rig.data("person").get(0);
        assertThat(person.path("email").asText()).isEqualTo("user1@acme.example");
        assertThat(person.path("created").asText()).isEqualTo("2025-03-01T08:00:00Z");
        assertThat(person.at("/attributes/profile").asText()).isEqualTo("Standard User");
        assertThat(targets())
                .filteredOn(target -> target.matches("/services/data/v67.0/query/01gDEMO1-\\d+"))
                .hasSize(2);
    }

    @Test
    void asksForChangedUsersByTimeAndIdAndEmitsNothingTwice() {
        rig.complete("users");
        var again = rig.complete("users");

        assertThat(targets().get(4)).contains("SystemModstamp%20%3E%3D%20", "ORDER%20BY%20SystemModstamp%2CId");
        assertThat(again.counts().emitted()).isZero();
        assertThat(rig.records()).hasSize(450);
    }

    @Test
    void findsConnectedAppsThatAnyUserMayAuthorize() {
        rig.complete("connected-apps");

        assertThat(rig.data("generic")).hasSize(12);
        assertThat(rig.data("risk"))
                .hasSize(6)
                .allMatch(risk -> risk.path("status").asText().equals("TM"));
    }

    @Test
    void collectsLogins() {
        assertThat(rig.complete("login-history").counts().emitted()).isEqualTo(700);
        assertThat(rig.data("generic").get(0).at("/attributes/ip").asText()).isEqualTo("192.0.2.1");
    }

    @Test
    void turnsSettingsBelowTheStandardIntoRisksOfTheOrg() {
        var run = rig.complete("health-check");

        assertThat(run.counts().reasons()).containsEntry("compliant", 10L);
        assertThat(rig.data("risk")).hasSize(20);
        assertThat(rig.data("risk").get(0).path("name").asText())
                .isEqualTo("salesforce-health-check-passwordpolicies-setting-1");
        assertThat(rig.data("organization")).hasSize(1);
    }

    @Test
    void listsEventLogFilesByWhenTheyWereMade() {
        rig.complete("event-log-files");
        var again = rig.complete("event-log-files");

        // Each of the 60 files, and the two rows of each.
        assertThat(rig.data("generic"))
                .hasSize(180)
                .filteredOn(data -> data.path("group").asText().equals("salesforce-event"))
                .hasSize(120);
        assertThat(again.counts().emitted()).isZero();
        assertThat(targets()).anyMatch(target -> target.contains("CreatedDate%20%3E%3D%20"));
    }

    @Test
    void fetchesANewTokenWhenTheSessionHasEnded() {
        rig.complete("connected-apps");
        salesforce.expireTokens();

        rig.complete("users");

        assertThat(targets()).filteredOn("/services/oauth2/token"::equals).hasSize(2);
        assertThat(salesforce.asked())
                .filteredOn(asked -> asked.status() == 401)
                .hasSize(1);
    }

    @Test
    void validatesEachStream() throws Exception {
        var checks = rig.validate();

        assertThat(checks.all())
                .extracting(check -> check.stream())
                .containsExactlyElementsOf(
                        List.of("users", "connected-apps", "login-history", "health-check", "event-log-files"));
        assertThat(checks.valid()).isTrue();
    }

    @Test
    void takesAnOutageForNoFinding() {
        salesforce.fail(Fault.SERVER_ERROR, "/", 100);

        assertThatThrownBy(() -> rig.validate()).isInstanceOf(RunException.class);
        assertThatThrownBy(() -> rig.affiliated("005000000000001AAA")).isInstanceOf(RunException.class);
    }

    @Test
    void knowsWhoBelongsToTheOrg() throws Exception {
        assertThat(rig.affiliated("005000000000002AAA")).isTrue();
        assertThat(rig.affiliated("005000000009999AAA")).isFalse();
    }

    private List<String> targets() {
        return salesforce.asked().stream().map(Simulator.Asked::target).toList();
    }
}
