package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import org.junit.jupiter.api.Test;

class PagingTest extends SweepRig {
    @Test
    void followsLinksOverSeveralHeaderLinesToTheVendorsEnd() {
        links(3);

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).containsExactly("1a", "1b", "2a", "2b", "3a", "3b");
        assertThat(vendor.targets()).containsExactly("/things", "/things?page=2", "/things?page=3");
        assertThat(run.isPartial()).isFalse();
        assertThat(pages.get(2).last()).isTrue();
        assertThat(pages.stream().map(page -> page.unit().id()).distinct()).hasSize(1);
        assertThat(cursor().path("sweep").isMissingNode()).isTrue();
    }

    @Test
    void stopsAtACursorThatRepeatsAndDoesNotMoveTheWatermark() {
        spec.setWatermark("/at");
        vendor.answer((asked, exchange) -> {
            next(exchange, vendor.url() + "/things?page=2");
            FakeVendor.json(
                    exchange, 200, "[{\"id\":\"" + vendor.asked().size() + "\",\"at\":\"2026-11-01T00:00:00Z\"}]");
        });

        var run = run();
        collect(run, reader(run, null));

        assertThat(errors(run)).containsExactly("paging.repeated");
        assertThat(vendor.asked()).hasSize(2);
        assertThat(cursor().has("watermark")).isFalse();
        assertThat(cursor().has("sweep")).isFalse();
    }

    @Test
    void stopsWherePagesRepeatUnderNewLinks() {
        vendor.answer((asked, exchange) -> {
            next(exchange, vendor.url() + "/things?after=" + vendor.asked().size());
            FakeVendor.json(exchange, 200, "[{\"id\":\"same\"}]");
        });

        var run = run();
        collect(run, reader(run, null));

        assertThat(errors(run)).containsExactly("paging.repeated");
        assertThat(vendor.asked()).hasSize(2);
    }

    @Test
    void stopsWherePagesGoRoundUnderNewLinks() {
        vendor.answer((asked, exchange) -> {
            int call = vendor.asked().size();
            next(exchange, vendor.url() + "/things?after=" + call);
            FakeVendor.json(exchange, 200, "[{\"id\":\"" + call % 3 + "\"},{\"id\":\"" + call % 3 + "b\"}]");
        });

        var run = run();
        collect(run, reader(run, null));

        assertThat(errors(run)).containsExactly("paging.repeated");
        assertThat(vendor.asked()).hasSize(4);
    }

    @Test
    void followsALinkThatIsAQueryAlone() {
        vendor.answer((asked, exchange) -> {
            boolean first = !asked.target().contains("page=2");
            if (first) {
                next(exchange, "?page=2");
            }
            FakeVendor.json(exchange, 200, first ? "[{\"id\":\"1\"}]" : "[{\"id\":\"2\"}]");
        });

        var run = run();

        assertThat(ids(collect(run, reader(run, null)))).containsExactly("1", "2");
        assertThat(vendor.asked().get(1).target()).isEqualTo("/things?page=2");
    }

    @Test
    void stopsAtThePageCapAndGoesOnThereNextTime() {
        spec.setMaxPages(2);
        links(3);
        var capped = run();
        collect(capped, reader(capped, null));
        var rest = run();
        var pages = collect(rest, reader(rest, null));

        assertThat(errors(capped)).containsExactly("paging.cap");
        assertThat(ids(pages)).containsExactly("3a", "3b");
        assertThat(rest.isPartial()).isFalse();
    }

    @Test
    void stopsAfterManyEmptyPagesWithANextLink() {
        vendor.answer((asked, exchange) -> {
            next(exchange, vendor.url() + "/things?after=" + vendor.asked().size());
            FakeVendor.json(exchange, 200, "[]");
        });

        var run = run();
        collect(run, reader(run, null));

        assertThat(errors(run)).containsExactly("paging.endless");
    }

    @Test
    void neverFollowsALinkToAnotherHost() {
        try (var other = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 200, "[]"))) {
            vendor.answer((asked, exchange) -> {
                next(exchange, other.url() + "/things?page=2");
                FakeVendor.json(exchange, 200, "[{\"id\":\"1\"}]");
            });

            var run = run();
            var pages = collect(run, reader(run, null));

            assertThat(ids(pages)).containsExactly("1");
            assertThat(errors(run)).containsExactly("paging.foreign_link");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void failsThePageThatIsNoList() {
        vendor.answer((asked, exchange) -> FakeVendor.json(exchange, 200, "{\"message\":\"maintenance\"}"));

        var error = catchThrowableOfType(
                        RunException.class, () -> reader(run(), null).next())
                .error();

        assertThat(error.code()).isEqualTo("vendor.unexpected_body");
        assertThat(error.page()).isEqualTo(1);
        assertThat(error.stream()).isEqualTo("things");
    }

    @Test
    void pagesByCursorInTheBody() {
        spec.setPaging("cursor");
        spec.setItems("/resources");
        spec.setNext("/meta/after");
        spec.setNextParam("after");
        query.put("filter", "a eq 'b'");
        vendor.answer((asked, exchange) -> {
            boolean first = !asked.target().contains("after=");
            FakeVendor.json(
                    exchange,
                    200,
                    first
                            ? "{\"resources\":[{\"id\":\"1\"}],\"meta\":{\"after\":\"x+/=\"}}"
                            : "{\"resources\":[{\"id\":\"2\"}],\"meta\":{\"after\":null}}");
        });

        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("1", "2");
        assertThat(vendor.targets().get(1)).isEqualTo("/things?filter=a%20eq%20%27b%27&after=x%2B%2F%3D");
    }

    @Test
    void pagesByTheLastItemsId() {
        spec.setPaging("cursor");
        spec.setItems("/data");
        spec.setNext("item:/id");
        spec.setMore("/has_more");
        spec.setNextParam("starting_after");
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                asked.target().contains("starting_after=1")
                        ? "{\"data\":[{\"id\":\"2\"}],\"has_more\":false}"
                        : "{\"data\":[{\"id\":\"1\"}],\"has_more\":true}"));

        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("1", "2");
        assertThat(vendor.asked()).hasSize(2);
    }

    @Test
    void pagesByNumberUntilAnEmptyPage() {
        spec.setPaging("page");
        spec.setSize(2);
        spec.setSizeParam("per_page");
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange, 200, asked.target().contains("page=3") ? "[]" : "[{\"id\":\"" + asked.target() + "\"}]"));

        collect(run(), reader(run(), null));

        assertThat(vendor.targets())
                .containsExactly("/things?per_page=2", "/things?per_page=2&page=2", "/things?per_page=2&page=3");
    }

    @Test
    void pagesByOffsetUntilTheTotal() {
        spec.setPaging("offset");
        spec.setSize(2);
        spec.setItems("/items");
        spec.setTotal("/total");
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                "{\"total\":3,\"items\":[{\"id\":\"" + vendor.asked().size() + "\"}]}"));

        collect(run(), reader(run(), null));

        assertThat(vendor.targets()).containsExactly("/things?limit=2", "/things?limit=2&offset=2");
    }

    @Test
    void pagesByANextUrlOnAnotherPath() {
        spec.setPaging("next");
        spec.setItems("/records");
        spec.setNext("/nextRecordsUrl");
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                asked.target().equals("/things")
                        ? "{\"records\":[{\"id\":\"1\"}],\"nextRecordsUrl\":\"/query/01g-2000\"}"
                        : "{\"records\":[{\"id\":\"2\"}]}"));

        assertThat(ids(collect(run(), reader(run(), null)))).containsExactly("1", "2");
        assertThat(vendor.targets()).containsExactly("/things", "/query/01g-2000");
    }

    @Test
    void readsAListingForEachPartAndSkipsThoseTheAccountDoesNotHave() {
        spec.setEach("A,B,C");
        spec.setSkip("400");
        query.put("type", "{each}");
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains("type=C")) {
                FakeVendor.json(exchange, 400, "{}");
            } else {
                FakeVendor.json(exchange, 200, "[{\"id\":\"" + asked.target() + "\"}]");
            }
        });

        var run = run();
        var pages = collect(run, reader(run, null));

        assertThat(ids(pages)).containsExactly("/things?type=A", "/things?type=B");
        assertThat(run.counts().reasons()).containsKey("not_offered_400");
        assertThat(run.isPartial()).isFalse();
        assertThat(cursor().has("sweep")).isFalse();
    }

    @Test
    void saysWhichSettingAPathLacks() {
        path = "/orgs/{organization}/things";

        var error = catchThrowableOfType(RunException.class, () -> reader(run(), null))
                .error();

        assertThat(error.code()).isEqualTo("settings.invalid");
        assertThat(error.message()).contains("{organization}");
    }
}
