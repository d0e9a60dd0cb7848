package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.integration.Integration;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listing whose objects deliveries bring too. */
class DeliveredTest extends SweepRig {
    private static final String CHANGED = "2026-11-01T10:00:00Z";

    @BeforeEach
    void changes() {
        incremental();
        listed(Map.of());
    }

    @Test
    void comparesWithAnEarlierRunThatSawNothing() {
        assertThat(collected(false))
                .as("a first run has nothing to compare with")
                .isEmpty();
        delivered("brought");
        listed(Map.of("brought", CHANGED, "missed", CHANGED));

        var run = hooked(false);
        assertThat(ids(collect(run, read(run)))).containsExactly("missed");

        assertThat(run.counts().webhookGaps()).isEqualTo(1);
        assertThat(run.counts().reasons()).containsEntry("delivered", 1L);
        assertThat(collected(false)).isEmpty();
    }

    @Test
    void sendsEverythingWhereAPersonAsksForEverything() {
        collected(false);
        delivered("brought");
        listed(Map.of("brought", CHANGED));

        assertThat(collected(true)).containsExactly("brought");
    }

    @Test
    void comparesAFirstRunWithNothing() {
        delivered("brought");
        listed(Map.of("brought", CHANGED));

        var run = hooked(false);
        assertThat(ids(collect(run, read(run)))).containsExactly("brought");
        assertThat(run.counts().webhookGaps()).isNull();
    }

    private List<String> collected(boolean full) {
        var run = hooked(full);
        return ids(collect(run, read(run)));
    }

    private void delivered(String id) {
        var mark = "things|" + id + "|" + CHANGED;
        state.see(key().deliveries(), List.of(new Seen(mark, Instant.parse(CHANGED), "delivery:1")));
    }

    private SweepReader read(StreamRun run) {
        return new SweepReader(
                clients.client(),
                state,
                run,
                new Listing(path, spec, query, since, Map.of(), Map.of(), Optional.of(item -> true)),
                null);
    }

    private StreamRun hooked(boolean full) {
        var integration = new Integration(
                key().integration(),
                "acme",
                key().tenant(),
                Integration.MANUAL,
                JsonNodeFactory.instance.objectNode(),
                Map.of("webhookSecret", "a secret of ours"),
                "test");
        return new StreamRun(integration, "application", key().stream(), "job", full, () -> false);
    }
}
