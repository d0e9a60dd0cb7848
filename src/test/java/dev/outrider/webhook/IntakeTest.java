package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.store.TestStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    private static final int ROUNDS = 25;

    @TempDir
    Path folder;

    private int stores;

    /** A body of this size takes milliseconds to sign, so that a missing signature would show through any noise. */
    private final Received received = new Received(Map.of("x-signature", "00"), new byte[4 << 20], null);

    @Test
    void takesAsLongForANameThatNobodyHasAsForABadSignature() {
        takeAsLong(intake(new FakeTargets(new WebhookSpec())), received);
    }

    @Test
    void takesAsLongForANameThatNobodyHasAsForABadSignatureByAKey() throws GeneralSecurityException {
        var encoded = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        var key = Signatures.base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        var targets = new FakeTargets(new WebhookSpec(), "standard", "whpk_" + key);
        var signature = "v1a," + Signatures.base64(new byte[64]);

        takeAsLong(
                intake(targets), signed(signature, String.valueOf(Instant.now().getEpochSecond())));
        takeAsLong(intake(targets), signed(signature, "1700000000"));
    }

    @Test
    void takesAsLongForANameThatNobodyHasAsForASignatureThatIsTooOldOrUnclear() {
        var stripe = new FakeTargets(new WebhookSpec(), "stripe", "a secret of ours");

        takeAsLong(intake(stripe), new Received(Map.of("stripe-signature", "t=1,t=2,v1=00"), received.body(), null));
    }

    private Received signed(String signature, String time) {
        var headers = Map.of(
                "webhook-id",
                "message",
                "webhook-timestamp",
                time,
                "webhook-signature",
                String.join(" ", Collections.nCopies(16, signature)));
        return new Received(headers, new byte[100], null);
    }

    private static void takeAsLong(Intake intake, Received received) {
        // Whatever is done once only, such as finding a provider, is done before.
        nanos(intake, "events", received, 401);
        nanos(intake, "nobody", received, 404);
        var unknown = new ArrayList<Long>();
        var bad = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            unknown.add(nanos(intake, "nobody", received, 404));
            bad.add(nanos(intake, "events", received, 401));
        }

        assertThat((double) median(unknown) / median(bad)).isBetween(0.5, 2.0);
    }

    @Test
    void asksTheSenderOfABrokenIntegrationToComeAgain() {
        var intake = intake(new FakeTargets(new WebhookSpec()));

        assertThat(status(intake, "broken")).isEqualTo(503);
        assertThat(status(intake, "nobody")).isEqualTo(404);
        assertThat(intake.challenge("broken", Map.of()).status()).isEqualTo(503);
        assertThat(intake.challenge("nobody", Map.of()).status()).isEqualTo(404);
    }

    private static int status(Intake intake, String name) {
        var unsigned = new Received(Map.of(), new byte[0], null);
        return intake.accept(name, unsigned, false).toCompletableFuture().join().status();
    }

    private static long nanos(Intake intake, String name, Received received, int status) {
        long begin = System.nanoTime();
        var answer = intake.accept(name, received, false).toCompletableFuture().join();
        long took = System.nanoTime() - begin;
        assertThat(answer.status()).isEqualTo(status);
        return took;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private Intake intake(FakeTargets targets) {
        var store = TestStore.in(folder.resolve("store" + stores++));
        var meters = new SimpleMeterRegistry();
        var writer = new DeliveryWriter(store);
        var worker = new DeliveryWorker(store, targets, writer, FakeTargets.settings(), meters);
        return new Intake(targets, writer, worker, meters);
    }
}
