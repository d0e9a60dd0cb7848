package dev.outrider.vendor.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.outrider.integration.Integration;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.PageCommit;
import dev.outrider.store.StateStore;
import dev.outrider.store.TestStore;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.paging.PageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepReaderTest {
    @TempDir
    Path folder;

    private final FakeVendor vendor = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 500, "{}"));
    private final TestClients clients = new TestClients(vendor);
    private final PageSpec spec = new PageSpec();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> since = new LinkedHashMap<>();
    private StateStore state;
    private String path = "/things";

    @BeforeEach
    void open() {
        state = TestStore.in(folder).state();
    }

    @AfterEach
    void stop() {
        clients.close();
    }

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

    @Test
    void beginsAnewWhenTheVendorForgotTheStoredPlace() {
        links(3);
        var page = reader(run(), null).next();
        commit(page);
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains("page=")) {
                FakeVendor.json(exchange, 410, "{}");
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
        state.cursor(key(), new Progress(Instant.parse("2026-11-01T10:00:00Z"), null, null, null, null).json());
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
    void startsOverOnRequestWhateverTheCursorSays() {
        incremental();
        listed(Map.of("a", "2026-11-01T10:00:00Z"));
        collect(run(), reader(run(), null));

        var run = run(true);
        var pages = collect(run, reader(run, null));

        assertThat(vendor.targets().get(1)).isEqualTo("/things");
        assertThat(ids(pages)).containsExactly("a");
    }

    @Test
    void saysWhichSettingAPathLacks() {
        path = "/orgs/{organization}/things";

        var error = catchThrowableOfType(RunException.class, () -> reader(run(), null))
                .error();

        assertThat(error.code()).isEqualTo("settings.invalid");
        assertThat(error.message()).contains("{organization}");
    }

    private void incremental() {
        spec.setWatermark("/at");
        spec.setOverlap("PT1M");
        spec.setIdentity("/id,/at");
        since.put("filter", "changed gt {since}");
    }

    private void polling() {
        spec.setSize(2);
        spec.setEnd("short");
        spec.setResume(true);
        spec.setWatermark("/at");
        spec.setOverlap("PT1H");
        spec.setIdentity("/uuid");
        spec.setBackfill("P7D");
        since.put("since", "{since}");
    }

    private void listed(Map<String, String> items) {
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                items.entrySet().stream()
                        .map(item -> "{\"id\":\"" + item.getKey() + "\",\"at\":\"" + item.getValue() + "\"}")
                        .collect(Collectors.joining(",", "[", "]"))));
    }

    private void links(int pages) {
        vendor.answer((asked, exchange) -> {
            int page = IntStream.rangeClosed(2, pages)
                    .filter(number -> asked.target().contains("page=" + number))
                    .findFirst()
                    .orElse(1);
            exchange.getResponseHeaders().add("Link", "<" + vendor.url() + asked.target() + ">; rel=\"self\"");
            if (page < pages) {
                next(exchange, vendor.url() + "/things?page=" + (page + 1));
            }
            FakeVendor.json(exchange, 200, "[{\"id\":\"" + page + "a\"},{\"id\":\"" + page + "b\"}]");
        });
    }

    private static void next(HttpExchange exchange, String url) throws IOException {
        exchange.getResponseHeaders().add("Link", "<" + url + ">; rel=\"next\"");
    }

    private SweepReader reader(StreamRun run, Duration fullEvery) {
        return new SweepReader(
                clients.client(), state, run, new Listing(path, spec, query, since, Map.of()), fullEvery);
    }

    private List<Page> collect(StreamRun run, SweepReader reader) {
        var pages = new ArrayList<Page>();
        while (reader.hasNext()) {
            var page = reader.next();
            commit(page);
            pages.add(page);
        }
        return pages;
    }

    private void commit(Page page) {
        state.commit(
                new PageCommit(
                        key(),
                        page.unit().id(),
                        page.number(),
                        page.cursor(),
                        page.seen(),
                        page.last(),
                        new byte[0],
                        List.of()),
                connection -> {});
    }

    private StreamRun run() {
        return run(false);
    }

    private StreamRun run(boolean full) {
        var integration = new Integration(
                "acme-things",
                "acme",
                "acme",
                Integration.MANUAL,
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                "test");
        return new StreamRun(integration, "application", "things", "job", full, () -> false);
    }

    private dev.outrider.store.StreamKey key() {
        return run().key();
    }

    private JsonNode cursor() {
        return state.cursor(key()).orElseThrow();
    }

    private static List<String> ids(List<Page> pages) {
        return pages.stream()
                .flatMap(page -> page.items().stream())
                .map(item -> item.path("id").asText())
                .toList();
    }

    private static List<String> errors(StreamRun run) {
        return run.errors().stream().map(RunError::code).toList();
    }
}
