package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outrider.OutriderProcess;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings of ids only. */
class DetailsTest extends SweepRig {
    private Predicate<String> known = id -> true;
    private String listed = "\"a\",\"b\",\"c\"";

    @BeforeEach
    void ids() {
        spec.setPaging("none");
        spec.setItems("/resources");
        spec.setWatermark("/at");
        var details = spec.getDetails();
        details.setPath("/entities");
        details.setParam("ids");
        details.setItems("/resources");
        details.setSize(2);
        vendor.answer((asked, exchange) -> {
            if (asked.target().equals("/things")) {
                FakeVendor.json(exchange, 200, "{\"resources\":[" + listed + "]}");
                return;
            }
            FakeVendor.json(
                    exchange,
                    200,
                    wanted(asked).stream()
                            .filter(known)
                            .map(id -> "{\"id\":\"" + id + "\",\"at\":\"2026-11-01T00:00:00Z\"}")
                            .sorted(java.util.Comparator.reverseOrder())
                            .collect(Collectors.joining(",", "{\"resources\":[", "]}")));
        });
    }

    @Test
    void asksForWholeObjectsInBatchesByRepeatedParameters() {
        spec.check();
        var pages = collect(run(), reader(run(), null));

        assertThat(ids(pages)).containsExactly("a", "b", "c");
        assertThat(vendor.targets()).containsExactly("/things", "/entities?ids=a&ids=b", "/entities?ids=c");
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void asksForWholeObjectsByAListInTheBody() {
        spec.getDetails().setMethod("POST");
        spec.getDetails().setParam("/ids");
        spec.check();

        var pages = collect(run(), reader(run(), null));

        assertThat(ids(pages)).containsExactly("a", "b", "c");
        assertThat(vendor.asked().get(1).body()).isEqualTo("{\"ids\":[\"a\",\"b\"]}");
    }

    @Test
    void countsWhatTheVendorLeavesOutAfterAskingTwice() {
        known = id -> !id.equals("b");

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).containsExactly("a", "c");
        assertThat(run.counts().reasons()).containsEntry("without_details", 1L);
        assertThat(vendor.targets()).endsWith("/entities?ids=b");
    }

    @Test
    void goesOnWhereTheOneObjectOfAPageIsGoneSinceItWasListed() {
        listed = "\"a\"";
        known = id -> false;

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).isEmpty();
        assertThat(run.isPartial()).isFalse();
        assertThat(run.counts().reasons()).containsEntry("without_details", 1L);
        assertThat(vendor.targets()).containsExactly("/things", "/entities?ids=a", "/entities?ids=a");
    }

    @Test
    void takesItForNoAnswerWhereNoneOfThePagesObjectsIsThere() {
        known = id -> false;

        var error = catchThrowableOfType(
                RunException.class, () -> reader(run(), null).next());

        assertThat(error.error().code()).isEqualTo("details.left_out");
        assertThat(cursor().has("watermark")).isFalse();
    }

    @Test
    void failsThePageWhoseDetailsAreRefused() {
        vendor.answer((asked, exchange) ->
                FakeVendor.json(exchange, asked.target().equals("/things") ? 200 : 403, "{\"resources\":[\"a\"]}"));

        var error = catchThrowableOfType(
                RunException.class, () -> reader(run(), null).next());

        assertThat(error.error().code()).isEqualTo("vendor.forbidden");
        assertThat(error.error().page()).isEqualTo(1);
    }

    private static List<String> wanted(FakeVendor.Asked asked) {
        if (asked.method().equals("POST")) {
            return StreamSupport.stream(
                            OutriderProcess.parse(asked.body()).path("ids").spliterator(), false)
                    .map(id -> id.asText())
                    .toList();
        }
        var ids = new ArrayList<String>();
        for (var field : asked.target().replaceFirst(".*\\?", "").split("&")) {
            ids.add(field.replace("ids=", ""));
        }
        return ids;
    }
}
