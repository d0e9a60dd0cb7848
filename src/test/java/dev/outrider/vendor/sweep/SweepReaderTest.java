package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.vendor.FakeVendor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepReaderTest extends SweepRig {
    @Test
    void goesOnAfterACrashWithTheSameUnit() {
        links(3);
        var first = run();
        var reader = reader(first, null);
        var page = reader.next();
        commit(page);

        var second = run();
        var pages = collect(second, reader(second, null));

        assertThat(pages.get(0).unit().id()).isEqualTo(page.unit().id());
        assertThat(pages.get(0).number()).isEqualTo(2);
        assertThat(ids(pages)).containsExactly("2a", "2b", "3a", "3b");
    }

    @Test
    void keepsTheUnitOfASweepThatCrashedBeforeItsFirstPageWasStored() {
        links(2);
        var crashed = reader(run(), null).next();

        var again = reader(run(), null).next();

        assertThat(again.unit().id()).isEqualTo(crashed.unit().id());
    }

    @Test
    void givesTheNextSweepANewUnit() {
        links(1);
        var one = collect(run(), reader(run(), null));
        var two = collect(run(), reader(run(), null));

        assertThat(two.get(0).unit().id()).isNotEqualTo(one.get(0).unit().id());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 422})
    void beginsAnewWhenTheVendorForgotTheStoredPlace(int status) {
        links(3);
        var page = reader(run(), null).next();
        commit(page);
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains("page=")) {
                FakeVendor.json(exchange, status, "{\"errorSummary\":\"Invalid page\"}");
            } else {
                FakeVendor.json(exchange, 200, "[{\"id\":\"all\"}]");
            }
        });

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).containsExactly("all");
        assertThat(pages.get(0).unit().id()).isEqualTo(page.unit().id());
        assertThat(run.isPartial()).isFalse();
    }

    @Test
    void givesUpAStoredPlaceThatFailsRunAfterRun() {
        links(3);
        var page = reader(run(), null).next();
        commit(page);
        brokenAt("page=2");

        assertThatThrownBy(() -> reader(run(), null).next()).hasMessageContaining("500");
        assertThatThrownBy(() -> reader(run(), null).next()).hasMessageContaining("500");
        var third = reader(run(), null).next();

        assertThat(ids(List.of(third))).containsExactly("anew");
        assertThat(third.unit().id()).isEqualTo(page.unit().id());
    }

    @Test
    void goesOnAtTheStoredPlaceWhenTheVendorIsWellAgain() {
        links(3);
        commit(reader(run(), null).next());
        brokenAt("/");
        for (int run = 1; run <= 4; run++) {
            assertThatThrownBy(() -> reader(run(), null).next()).hasMessageContaining("500");
        }
        links(3);

        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("2a", "2b", "3a", "3b");
    }

    private void brokenAt(String place) {
        vendor.answer((asked, exchange) ->
                FakeVendor.json(exchange, asked.target().contains(place) ? 500 : 200, "[{\"id\":\"anew\"}]"));
    }

    @Test
    void readsASnapshotOnceUntilTheVendorMakesAnotherOne() {
        spec.setPaging("none");
        spec.setItems("/files");
        spec.setVersion("/generated");
        snapshot("06:00");
        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("06:00");

        var same = run();
        assertThat(ids(collect(same, reader(same, null)))).isEmpty();
        assertThat(same.isPartial()).isFalse();
        assertThat(same.counts().reasons()).containsKey("snapshot_unchanged");
        assertThat(ids(collect(run(true), reader(run(true), null)))).containsExactly("06:00");

        snapshot("12:00");
        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("12:00");
    }

    private void snapshot(String made) {
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange, 200, "{\"generated\":\"" + made + "\",\"files\":[{\"id\":\"" + made + "\"}]}"));
    }

    @Test
    void asksForWhatChangedSinceAndSendsNothingTwice() {
        incremental();
        var items = new HashMap<String, String>();
        items.put("a", "2026-11-01T10:00:00Z");
        items.put("b", "2026-11-01T10:00:30Z");
        listed(items);
        assertThat(ids(collect(run(), reader(run(), null)))).containsExactlyInAnyOrder("a", "b");
        items.put("c", "2026-11-01T10:00:30Z");

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(vendor.targets().get(1)).isEqualTo("/things?filter=changed%20gt%202026-11-01T09%3A59%3A30.000Z");
        assertThat(ids(pages)).containsExactly("c");
        assertThat(run.counts().reasons()).containsEntry("unchanged", 2L);
        assertThat(run.counts().received()).isEqualTo(2);
    }

    @Test
    void takesNoNewItemForAKnownOneWhereTheVendorNamesNone() {
        incremental();
        spec.setIdentity("/uuid");
        var items = new HashMap<String, String>();
        items.put("a", "2026-11-01T10:00:00Z");
        listed(items);
        collect(run(), reader(run(), null));
        items.put("b", "2026-11-01T10:00:10Z");

        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("b");
    }

    @Test
    void leavesOutWhatMustNotEnter() {
        spec.setOmit("at, secret");
        listed(Map.of("a", "hunter2"));

        var pages = collect(run(), reader(run(), null));

        assertThat(ids(pages)).containsExactly("a");
        assertThat(pages.get(0).items().toString()).doesNotContain("hunter2");
    }

    @Test
    void collectsEverythingAgainByInterval() {
        incremental();
        var items = new HashMap<String, String>();
        items.put("a", "2026-11-01T10:00:00Z");
        listed(items);
        collect(run(), reader(run(), Duration.ofDays(1)));
        collect(run(), reader(run(), Duration.ofDays(1)));
        collect(run(), reader(run(), Duration.ZERO));

        assertThat(vendor.targets().get(1)).contains("filter=");
        assertThat(vendor.targets().get(2)).isEqualTo("/things");
    }

    @Test
    void stopsADescendingListingAtWhatIsKnownAndMovesTheWatermarkOnlyWithTheLastPage() {
        spec.setWatermark("/at");
        spec.setOrder("descending");
        spec.setOverlap("PT1M");
        state.cursor(key(), new Progress(Instant.parse("2026-11-01T10:00:00Z"), null, null, null, null, null).json());
        vendor.answer((asked, exchange) -> {
            boolean first = !asked.target().contains("page=2");
            next(exchange, vendor.url() + "/things?page=" + (first ? 2 : 3));
            FakeVendor.json(
                    exchange,
                    200,
                    first
                            ? "[{\"id\":\"new\",\"at\":\"2026-11-02T00:00:00Z\"}]"
                            : "[{\"id\":\"newer\",\"at\":\"2026-11-01T12:00:00Z\"},{\"id\":\"old\",\"at\":\"2026-11-01T09:00:00Z\"}]");
        });

        var run = run();
        var reader = reader(run, null);
        var one = reader.next();
        commit(one);
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T10:00:00Z");
        var two = reader.next();
        commit(two);

        assertThat(ids(List.of(one, two))).containsExactly("new", "newer");
        assertThat(reader.hasNext()).isFalse();
        assertThat(vendor.asked()).hasSize(2);
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-02T00:00:00Z");
        assertThat(run.isPartial()).isFalse();
    }

    @Test
    void pollsALogFromTheLinkWhereItStopped() {
        polling();
        vendor.answer((asked, exchange) -> {
            boolean later = asked.target().contains("after=x");
            next(exchange, vendor.url() + "/things?after=" + (later ? "y" : "x"));
            FakeVendor.json(exchange, 200, later ? "[]" : "[{\"uuid\":\"1\",\"at\":\"2026-11-01T10:00:00Z\"}]");
        });

        var first = collect(run(), reader(run(), null));
        var second = collect(run(), reader(run(), null));

        assertThat(vendor.targets().get(0)).contains("limit=2").contains("since=");
        assertThat(vendor.targets().get(1)).isEqualTo("/things?after=x");
        assertThat(vendor.asked()).hasSize(2);
        assertThat(first.get(0).items()).hasSize(1);
        assertThat(second.get(0).items()).isEmpty();
        assertThat(cursor().path("position").asText()).endsWith("after=y");
    }

    @Test
    void restartsALogWhoseLinkIsGoneWithoutSendingAnEventTwice() {
        polling();
        vendor.answer((asked, exchange) -> {
            next(exchange, vendor.url() + "/things?after=x");
            FakeVendor.json(exchange, 200, "[{\"uuid\":\"1\",\"at\":\"2026-11-01T10:00:00Z\"}]");
        });
        collect(run(), reader(run(), null));
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains("after=x")) {
                FakeVendor.json(exchange, 400, "{}");
                return;
            }
            next(exchange, vendor.url() + "/things?after=z");
            FakeVendor.json(
                    exchange,
                    200,
                    "[{\"uuid\":\"1\",\"at\":\"2026-11-01T10:00:00Z\"},{\"uuid\":\"2\",\"at\":\"2026-11-01T10:00:05Z\"}]");
        });
        spec.setSize(3);

        var pages = collect(run(), reader(run(), null));

        assertThat(vendor.targets().get(2)).contains("since=2026-11-01T09%3A00%3A00.000Z");
        assertThat(pages.get(0).items())
                .extracting(item -> item.path("uuid").asText())
                .containsExactly("2");
    }

    @Test
    void asksForAnUnchangedListingOnce() {
        spec.setWatermark("/at");
        spec.setConditional(true);
        vendor.answer((asked, exchange) -> {
            if ("\"v1\"".equals(asked.header("If-None-Match"))) {
                FakeVendor.send(exchange, 304, new byte[0]);
            } else {
                exchange.getResponseHeaders().add("ETag", "\"v1\"");
                FakeVendor.json(exchange, 200, "[{\"id\":\"1\",\"at\":\"2026-11-01T10:00:00Z\"}]");
            }
        });
        collect(run(), reader(run(), null));

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).isEmpty();
        assertThat(run.isPartial()).isFalse();
        assertThat(vendor.asked()).hasSize(2);
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T10:00:00Z");
    }

    @Test
    void startsOverOnRequestWhateverTheCursorSays() {
        incremental();
        listed(Map.of("a", "2026-11-01T10:00:00Z"));
        collect(run(), reader(run(), null));

        var run = run(true);
        var pages = collect(run, reader(run, null));

        assertThat(vendor.targets().get(1)).isEqualTo("/things");
        assertThat(ids(pages)).containsExactly("a");
    }
}
