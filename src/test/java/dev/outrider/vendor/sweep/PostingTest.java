package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings that are asked for by JSON, and those whose cursors do not live long. */
class PostingTest extends SweepRig {
    @BeforeEach
    void posts() {
        spec.setMethod("POST");
        spec.setBody("{\"filter\":{\"since\":\"{sinceSecs}\",\"org\":\"{org}\"},\"sort\":\"asc\"}");
        spec.setPaging("cursor");
        spec.setItems("/found");
        spec.setNext("/after");
        spec.setNextParam("/page/after");
        spec.setSize(2);
        spec.setSizeParam("/page/limit");
        spec.setWatermark("/at");
        clients.settings().put("org", "acme \"north\"");
        vendor.answer((asked, exchange) -> {
            var after = OutriderProcess.parse(asked.body()).at("/page/after");
            FakeVendor.json(
                    exchange,
                    200,
                    after.isMissingNode()
                            ? "{\"found\":[{\"id\":\"1\",\"at\":\"2026-11-01T00:00:00+0000\"}],\"after\":\"0815\"}"
                            : "{\"found\":[{\"id\":\"2\",\"at\":1793577600}],\"after\":\"\"}");
        });
    }

    @Test
    void carriesFilterSizeAndCursorInTheBodyAndLeavesOutATimeThatThereIsNot() {
        spec.check();
        var pages = collect(run(), reader(run(), null));

        assertThat(ids(pages)).containsExactly("1", "2");
        assertThat(vendor.targets()).containsExactly("/things", "/things");
        assertThat(bodies())
                .containsExactly(
                        OutriderProcess.parse(
                                "{\"filter\":{\"org\":\"acme \\\"north\\\"\"},\"sort\":\"asc\",\"page\":{\"limit\":2}}"),
                        OutriderProcess.parse(
                                "{\"filter\":{\"org\":\"acme \\\"north\\\"\"},\"sort\":\"asc\",\"page\":{\"limit\":2,\"after\":\"0815\"}}"));
        assertThat(vendor.asked().get(0).header("Content-Type")).startsWith("application/json");
    }

    @Test
    void sendsATimeToBeginFromAsANumber() {
        collect(run(), reader(run(), null));
        var second = run();
        collect(second, reader(second, null));

        assertThat(bodies().get(2).at("/filter/since").isIntegralNumber()).isTrue();
        assertThat(bodies().get(3).at("/filter/since"))
                .isEqualTo(bodies().get(2).at("/filter/since"));
    }

    @Test
    void goesOnWithTheCursorInTheBodyAfterACrash() {
        commit(reader(run(), null).next());

        var pages = collect(run(), reader(run(), null));

        assertThat(ids(pages)).containsExactly("2");
        assertThat(bodies().get(1).at("/page/after").asText()).isEqualTo("0815");
    }

    @Test
    void beginsAnewOnceWhereACursorExpires() {
        var answer = new int[1];
        vendor.answer((asked, exchange) -> {
            switch (++answer[0]) {
                case 2 -> FakeVendor.json(exchange, 404, "{\"errors\":[{\"message\":\"search context expired\"}]}");
                case 1, 3 -> FakeVendor.json(exchange, 200, "{\"found\":[{\"id\":\"1\"}],\"after\":\"x\"}");
                default -> FakeVendor.json(exchange, 200, "{\"found\":[{\"id\":\"2\"}],\"after\":\"\"}");
            }
        });

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).containsExactly("1", "1", "2");
        assertThat(run.isPartial()).isFalse();
        assertThat(pages.stream().map(page -> page.unit().id()).distinct()).hasSize(1);
    }

    @Test
    void failsWhereCursorsKeepExpiring() {
        vendor.answer((asked, exchange) -> {
            if (asked.body().contains("after")) {
                FakeVendor.json(exchange, 410, "{}");
            } else {
                FakeVendor.json(exchange, 200, "{\"found\":[{\"id\":\"1\"}],\"after\":\"x\"}");
            }
        });

        var run = run();
        var error = catchThrowableOfType(RunException.class, () -> collect(run, reader(run, null)));

        assertThat(error.error().code()).isEqualTo("vendor.gone");
        assertThat(vendor.asked()).hasSize(4);
        assertThat(cursor().has("watermark")).isFalse();
    }

    @Test
    void refusesABodyWithoutPost() {
        spec.setMethod("GET");

        assertThatThrownBy(spec::check).hasMessageContaining("method=POST");
    }

    private List<JsonNode> bodies() {
        return vendor.asked().stream()
                .map(asked -> OutriderProcess.parse(asked.body()))
                .toList();
    }
}
