package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.vendor.FakeVendor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings that tell how many items they have. */
class TotalTest extends SweepRig {
    private final Deque<String> pages = new ArrayDeque<>();

    @BeforeEach
    void total() {
        spec.setPaging("cursor");
        spec.setItems("/resources");
        spec.setNext("/after");
        spec.setNextParam("after");
        spec.setTotal("/total");
        spec.setWatermark("/at");
        vendor.answer((asked, exchange) -> FakeVendor.json(exchange, 200, pages.poll()));
    }

    private void page(int total, String after, String... ids) {
        var items = java.util.Arrays.stream(ids)
                .map(id -> "{\"id\":\"" + id + "\",\"at\":\"2026-11-01T00:00:00Z\"}")
                .toList();
        pages.add("{\"total\":" + total + ",\"after\":\"" + after + "\",\"resources\":" + items + "}");
    }

    private List<String> collected() {
        var run = run();
        collect(run, reader(run, null));
        return errors(run);
    }

    @Test
    void arePartialWhereTheyEndBeforeIt() {
        page(5, "next", "a", "b");
        page(5, "", "c");

        assertThat(collected()).containsExactly("paging.short_of_total");
        assertThat(cursor().has("watermark")).isFalse();
        assertThat(cursor().has("fullAt")).isFalse();
        assertThat(cursor().has("sweep")).isFalse();
    }

    @Test
    void arePartialWhereTheyGiveNothingOfIt() {
        page(5, "");

        assertThat(collected()).containsExactly("paging.short_of_total");
    }

    @Test
    void mayGrowAndShrinkWhileTheyAreRead() {
        page(3, "next", "a", "b");
        page(4, "more", "c");
        page(4, "");
        assertThat(collected()).isEmpty();

        page(4, "next", "a", "b");
        page(3, "", "c");
        assertThat(collected()).isEmpty();
    }

    @Test
    void beginAnewWhereTheVendorHasForgottenTheirCursorByNow() {
        spec.setCursorSecs(60);
        page(3, "next", "a", "b");
        commit(reader(run(), null).next());
        var old = (ObjectNode) cursor();
        ((ObjectNode) old.path("sweep")).put("told", "2026-11-01T00:00:00Z");
        state.cursor(key(), old);
        page(3, "", "a", "b", "c");

        assertThat(collected()).isEmpty();
        assertThat(vendor.targets()).containsExactly("/things", "/things");
    }

    @Test
    void goOnWhereTheirCursorIsStillKnown() {
        spec.setCursorSecs(60);
        page(3, "next", "a", "b");
        commit(reader(run(), null).next());
        page(3, "", "c");

        assertThat(collected()).isEmpty();
        assertThat(vendor.targets()).containsExactly("/things", "/things?after=next");
    }

    @Test
    void countWhatWasStoredBeforeACrash() {
        page(3, "next", "a", "b");
        commit(reader(run(), null).next());
        page(3, "", "c");

        assertThat(collected()).isEmpty();
    }
}
