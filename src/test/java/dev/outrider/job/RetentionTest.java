package dev.outrider.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.outrider.store.Accepting;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Delivery;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import dev.outrider.store.TestStore;
import dev.outrider.webhook.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final int ROOM_BYTES = 1000;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Store store;
    private Retention retention;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        var settings = new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withDefaultValue("outrider.webhooks.kept-max-bytes", "" + ROOM_BYTES)
                .build()
                .getConfigMapping(Settings.class);
        retention = new Retention(store, null, meters, settings);
        retention.lettersDays = 90;
        retention.lettersMaxBytes = ROOM_BYTES;
    }

    @Test
    void endsTheAlarmAsSoonAsEnoughLettersAreGone() {
        failed("first", 450);
        failed("second", 450);
        retention.purge(Instant.now());
        assertThat(retention.alarms()).singleElement().asString().contains("OUTRIDER_WEBHOOKS_KEPT_MAX_BYTES");

        store.deadLetters().remove("first");

        assertThat(retention.alarms()).isEmpty();
    }

    @Test
    void pushesOutNoOriginalThatIsNeededForOneThatIsNot() {
        failed("needed", 600);
        original("a crash left no letter", 600);

        retention.purge(Instant.now());

        assertThat(kept("needed")).isTrue();
        assertThat(kept("a crash left no letter")).isFalse();
        assertThat(meters.counter("outrider.webhook.originals.purged").count()).isZero();
    }

    private boolean kept(String unit) {
        return store.originals().of(key(), unit).isPresent();
    }

    private void failed(String name, int bytes) {
        store.deadLetters()
                .put(new DeadLetter(
                        name,
                        key(),
                        "j",
                        name,
                        name,
                        1,
                        "mapping.failed",
                        "no",
                        new TextNode("x"),
                        "m",
                        Instant.now()));
        original(name, bytes);
    }

    private void original(String unit, int bytes) {
        var delivery = new Delivery(
                store.deliveries().first(), "acme", "events", unit, "", "{}", new byte[bytes], Instant.now());
        store.deliveries().accept(List.of(delivery));
        Accepting.failAll(store);
    }

    private static StreamKey key() {
        return new StreamKey("acme", "events", StreamKey.DELIVERIES);
    }
}
