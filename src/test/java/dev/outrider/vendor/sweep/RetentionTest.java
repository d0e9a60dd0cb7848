package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.vendor.FakeVendor;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that stood still for longer than its vendor keeps what it lists. */
class RetentionTest extends SweepRig {
    private static final String GAP = "vendor.retention_exceeded";

    @BeforeEach
    void keepsThirtyDays() {
        incremental();
        spec.setRetention("P30D");
        listed(Map.of("a", "2026-11-01T10:00:00Z"));
    }

    @Test
    void saysWhatIsLostAndCollectsWhatIsLeft() {
        paused(40);

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).containsExactly("a");
        assertThat(run.isPartial()).isTrue();
        assertThat(errors(run)).containsExactly(GAP);
        assertThat(run.errors().get(0).retryable()).isFalse();
        assertThat(run.errors().get(0).message()).contains("P30D").contains("things");
    }

    @Test
    void saysItOnceASweepCameToItsEndNoMore() {
        paused(40);
        vendor.answer((asked, exchange) -> FakeVendor.json(exchange, 404, "{}"));
        var broken = run();
        try {
            collect(broken, reader(broken, null));
        } catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("404");
        }
        assertThat(errors(broken)).containsExactly(GAP);

        listed(Map.of("a", "2026-11-01T10:00:00Z"));
        var whole = run();
        collect(whole, reader(whole, null));
        var next = run();
        collect(next, reader(next, null));

        assertThat(errors(whole)).containsExactly(GAP);
        assertThat(next.isPartial()).isFalse();
    }

    @Test
    void countsFromTheLastCompleteSweepAndNotFromTheLastItem() {
        // Polled yesterday, when nothing had happened for months.
        cursor(400, 1);

        var run = run();
        collect(run, reader(run, null));

        assertThat(run.errors()).isEmpty();
        assertThat(Instant.parse(cursor().path("completeAt").asText()))
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    @Test
    void takesTheWatermarkOfACursorThatWasSetByHand() {
        state.cursor(
                key(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", 1)
                        .put(
                                "watermark",
                                Instant.now().minus(Duration.ofDays(31)).toString()));

        var run = run();
        collect(run, reader(run, null));

        assertThat(errors(run)).containsExactly(GAP);
    }

    @Test
    void saysNothingOfAFirstRunNorOfAVendorThatKeepsAll() {
        var first = run();
        collect(first, reader(first, null));
        assertThat(first.errors()).isEmpty();

        spec.setRetention("");
        paused(400);
        var run = run();
        collect(run, reader(run, null));
        assertThat(run.errors()).isEmpty();
    }

    private void paused(int days) {
        cursor(days, days);
    }

    private void cursor(int watermarkDays, int completeDays) {
        var now = Instant.now();
        state.cursor(
                key(),
                new Progress(
                                now.minus(Duration.ofDays(watermarkDays)),
                                null,
                                null,
                                now.minus(Duration.ofDays(completeDays)),
                                null,
                                null)
                        .json());
    }
}
