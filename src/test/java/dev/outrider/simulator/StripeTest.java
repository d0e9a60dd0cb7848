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

/** The shipped Stripe routes against the shipped Stripe simulator. */
class StripeTest {
    @TempDir
    Path folder;

    private final Simulator stripe = Simulator.start(Path.of("routes/stripe/test/simulator.yaml"));
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "stripe", stripe.url(), stripe.secrets());
    }

    @AfterEach
    void stop() {
        rig.close();
        stripe.close();
    }

    @Test
    void collectsTheAccountAsOneOrganizationWithItsSite() {
        var run = rig.complete("account");

        assertThat(run.counts().received()).isEqualTo(1);
        var organization = rig.data("organization").get(0);
        assertThat(organization.path("domain").asText()).isEqualTo("shop.outrider.example");
        assertThat(organization.path("externalId").asText()).isEqualTo("acct_demo");
        assertThat(rig.data("webapplication")).hasSize(1);
    }

    @Test
    void collectsWebhookEndpointsAndFindsThoseWithoutEncryption() {
        rig.complete("webhook-endpoints");

        assertThat(rig.data("webapplication"))
                .hasSize(16)
                .allMatch(application -> application.at("/attributes").hasNonNull("status"));
        assertThat(rig.data("risk"))
                .isNotEmpty()
                .allMatch(risk -> risk.path("name").asText().startsWith("stripe-webhook-without-tls-we_"));
    }

    @Test
    void followsTheLastIdOverAllPagesOfEvents() {
        var run = rig.complete("events");

        assertThat(run.counts().pages()).isEqualTo(5);
        assertThat(run.counts().emitted()).isEqualTo(450);
        assertThat(stripe.asked().get(0).target()).isEqualTo("/v1/events?limit=100");
        assertThat(stripe.asked().get(1).target()).isEqualTo("/v1/events?limit=100&starting_after=evt_0351");
    }

    @Test
    void asksForEventsFromASecondOnWithALookBackAndEmitsNothingTwice() {
        rig.complete("events");
        var again = rig.complete("events");

        assertThat(stripe.asked().get(5).target()).contains("created%5Bgte%5D=");
        assertThat(again.counts().emitted()).isZero();
        assertThat(rig.records()).hasSize(450);
    }

    @Test
    void turnsOpenDisputesIntoRisksAndCountsTheClosedOnes() {
        var run = rig.complete("disputes");

        assertThat(rig.data("risk")).hasSize(78);
        assertThat(run.counts().reasons()).containsEntry("closed-won", 26L).containsEntry("closed-lost", 26L);
        var risk = rig.data("risk").get(0);
        assertThat(risk.path("name").asText()).startsWith("stripe-dispute-dp_");
        assertThat(risk.at("/attributes/evidenceDue").asText()).isEqualTo("2026-11-18T11:06:40Z");
        assertThat(risk.path("status").asText()).isIn("TL", "TM", "TH");
        assertThat(rig.data("generic")).hasSize(78);
    }

    @Test
    void turnsWarningsThatCanBeActedOnIntoRisks() {
        rig.complete("early-fraud-warnings");

        assertThat(rig.data("risk"))
                .hasSize(60)
                .allMatch(risk -> risk.path("status").asText().equals("TH"));
    }

    @Test
    void pinsTheApiVersionInEveryRequest() throws Exception {
        rig.validate();
        rig.complete("events");
        rig.as("pinned", java.util.Map.of("url", stripe.url(), "apiVersion", "2024-06-20"));
        rig.complete("account");

        var versions = stripe.asked().stream()
                .map(asked -> asked.headers().get("Stripe-version").get(0))
                .toList();
        assertThat(versions.subList(0, versions.size() - 1)).containsOnly("2026-07-29.dahlia");
        assertThat(versions.get(versions.size() - 1)).isEqualTo("2024-06-20");
    }

    @Test
    void validatesEachStream() throws Exception {
        var checks = rig.validate();

        assertThat(checks.all())
                .extracting(check -> check.stream())
                .containsExactlyElementsOf(
                        List.of("account", "webhook-endpoints", "events", "disputes", "early-fraud-warnings"));
        assertThat(checks.valid()).isTrue();
    }

    @Test
    void namesThePermissionThatARestrictedKeyLacks() throws Exception {
        stripe.fail(Fault.FORBIDDEN, "/v1/disputes", 10);

        var checks = rig.validate();

        assertThat(checks.all().get(2).ok()).isTrue();
        assertThat(checks.all().get(3).ok()).isFalse();
        assertThat(checks.all().get(3).detail()).contains("Disputes (read)");
    }

    @Test
    void takesAnOutageForNoFinding() {
        stripe.fail(Fault.SERVER_ERROR, "/", 100);

        assertThatThrownBy(() -> rig.validate()).isInstanceOf(RunException.class);
        assertThatThrownBy(() -> rig.affiliated("we_0001")).isInstanceOf(RunException.class);
    }

    @Test
    void knowsWhatBelongsToTheAccount() throws Exception {
        assertThat(rig.affiliated("we_0001")).isTrue();
        assertThat(rig.affiliated("dp_0007")).isTrue();
        assertThat(rig.affiliated("issfr_0003")).isTrue();
        assertThat(rig.affiliated("acct_demo")).isTrue();
        assertThat(rig.affiliated("acct_other")).isFalse();
        assertThat(rig.affiliated("we_9999")).isFalse();
    }
}
