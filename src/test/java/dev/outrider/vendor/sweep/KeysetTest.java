package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.vendor.FakeVendor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings that go on from the time of their last item, at a vendor that counts in seconds and gives twelve items of a question. */
class KeysetTest extends SweepRig {
    private final List<String> times = new ArrayList<>();

    @BeforeEach
    void keyset() {
        spec.setPaging("keyset");
        spec.setItems("/resources");
        spec.setTotal("/total");
        spec.setSize(3);
        spec.setWindow(12);
        spec.setWatermark("/at");
        spec.setIdentity("/id");
        since.put("filter", "at>={sinceSecond}");
        spec.check();
        vendor.answer((asked, exchange) -> {
            var query = URLDecoder.decode(asked.target(), StandardCharsets.UTF_8);
            var from = query.contains("filter=") ? query.replaceAll(".*at>=([^&]*).*", "$1") : "";
            int offset = query.contains("offset=") ? Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1")) : 0;
            if (offset + 3 > 12) {
                FakeVendor.json(exchange, 400, "{\"message\":\"limit + offset must be less than 12\"}");
                return;
            }
            var rows = new ArrayList<String>();
            for (int i = 0; i < times.size(); i++) {
                if (times.get(i).replaceAll("\\.\\d+", "").compareTo(from) >= 0) {
                    rows.add("{\"id\":\"" + i + "\",\"at\":\"" + times.get(i) + "\"}");
                }
            }
            FakeVendor.json(
                    exchange,
                    200,
                    rows.stream()
                            .skip(offset)
                            .limit(3)
                            .collect(Collectors.joining(",", "{\"total\":" + rows.size() + ",\"resources\":[", "]}")));
        });
    }

    private void items(int count, String time) {
        for (int i = 0; i < count; i++) {
            times.add(time);
        }
    }

    @Test
    void readsOnWhereMoreThanAPageChangedWithinOneSecond() {
        items(1, "2026-11-01T00:00:00Z");
        items(5, "2026-11-01T00:00:01.100Z");
        items(5, "2026-11-01T00:00:01.900Z");
        items(4, "2026-11-01T00:00:02Z");
        var run = run();

        var ids = ids(collect(run, reader(run, null)));

        assertThat(errors(run)).isEmpty();
        assertThat(ids.stream().distinct()).hasSize(15);
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T00:00:02Z");
    }

    @Test
    void readsOnWhereTheFirstPageIsAllOfOneTime() {
        items(7, "2026-11-01T00:00:00Z");
        var run = run();

        assertThat(ids(collect(run, reader(run, null))).stream().distinct()).hasSize(7);
        assertThat(errors(run)).isEmpty();
    }

    @Test
    void passesOverWhatTheVendorGivesNoOneAndGoesOnAfterIt() {
        items(20, "2026-11-01T00:00:00Z");
        items(2, "2026-11-01T00:00:05Z");
        var run = run();

        var ids = ids(collect(run, reader(run, null)));

        assertThat(errors(run)).containsExactly("paging.window");
        assertThat(ids).contains("0", "11", "20", "21").doesNotContain("12", "19");
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T00:00:05Z");
    }

    @Test
    void isPartialWhereAPageIsEmptyBeforeTheTotalIsMet() {
        vendor.answer((asked, exchange) -> FakeVendor.json(exchange, 200, "{\"total\":5,\"resources\":[]}"));
        var run = run();
        collect(run, reader(run, null));

        assertThat(errors(run)).containsExactly("paging.short_of_total");
        assertThat(cursor().has("watermark")).isFalse();
    }
}
