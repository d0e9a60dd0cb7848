package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.store.TestStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    private static final int ROUNDS = 25;

    @TempDir
    Path folder;

    /** A body of this size takes milliseconds to sign, so that a missing signature would show through any noise. */
    private final Received received = new Received(Map.of("x-signature", "00"), new byte[4 << 20], null);

    @Test
    void takesAsLongForANameThatNobodyHasAsForABadSignature() {
        var intake = intake();
        var unknown = new ArrayList<Long>();
        var bad = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            unknown.add(nanos(intake, "nobody", 404));
            bad.add(nanos(intake, "events", 401));
        }

        assertThat((double) median(unknown) / median(bad)).isBetween(0.5, 2.0);
    }

    private long nanos(Intake intake, String name, int status) {
        long begin = System.nanoTime();
        var answer = intake.accept(name, received, false).toCompletableFuture().join();
        long took = System.nanoTime() - begin;
        assertThat(answer.status()).isEqualTo(status);
        return took;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private Intake intake() {
        var targets = new FakeTargets(new WebhookSpec());
        var store = TestStore.in(folder);
        var meters = new SimpleMeterRegistry();
        var writer = new DeliveryWriter(store);
        var worker = new DeliveryWorker(store, targets, writer, FakeTargets.settings(), meters);
        return new Intake(targets, writer, worker, meters);
    }
}
