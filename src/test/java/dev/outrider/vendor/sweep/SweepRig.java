package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.outrider.integration.Integration;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One listing of a fake vendor, read into a real store. */
abstract class SweepRig {
    @TempDir
    Path folder;

    final FakeVendor vendor = new FakeVendor((asked, exchange) -> FakeVendor.json(exchange, 500, "{}"));
    final TestClients clients = new TestClients(vendor);
    final PageSpec spec = new PageSpec();
    final Map<String, String> query = new LinkedHashMap<>();
    final Map<String, String> since = new LinkedHashMap<>();
    StateStore state;
    String path = "/things";

    @BeforeEach
    void open() {
        state = TestStore.in(folder).state();
    }

    @AfterEach
    void stop() {
        clients.close();
    }

    void incremental() {
        spec.setWatermark("/at");
        spec.setOverlap("PT1M");
        spec.setIdentity("/id,/at");
        since.put("filter", "changed gt {since}");
    }

    void polling() {
        spec.setSize(2);
        spec.setEnd("short");
        spec.setResume(true);
        spec.setWatermark("/at");
        spec.setOverlap("PT1H");
        spec.setIdentity("/uuid");
        spec.setBackfill("P7D");
        since.put("since", "{since}");
    }

    void listed(Map<String, String> items) {
        vendor.answer((asked, exchange) -> FakeVendor.json(
                exchange,
                200,
                items.entrySet().stream()
                        .map(item -> "{\"id\":\"" + item.getKey() + "\",\"at\":\"" + item.getValue() + "\"}")
                        .collect(Collectors.joining(",", "[", "]"))));
    }

    void links(int pages) {
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

    static void next(HttpExchange exchange, String url) throws IOException {
        exchange.getResponseHeaders().add("Link", "<" + url + ">; rel=\"next\"");
    }

    SweepReader reader(StreamRun run, Duration fullEvery) {
        return new SweepReader(
                clients.client(),
                state,
                run,
                new Listing(path, spec, query, since, Map.of(), Map.of(), Optional.empty()),
                fullEvery);
    }

    List<Page> collect(StreamRun run, SweepReader reader) {
        var pages = new ArrayList<Page>();
        while (reader.hasNext()) {
            var page = reader.next();
            commit(page);
            pages.add(page);
        }
        return pages;
    }

    void commit(Page page) {
        state.commit(
                List.of(new PageCommit(
                        key(),
                        page.unit().id(),
                        page.number(),
                        page.cursor(),
                        page.seen(),
                        page.marks(),
                        page.last(),
                        new byte[0],
                        List.of())),
                connection -> {});
    }

    StreamRun run() {
        return run(false);
    }

    StreamRun run(boolean full) {
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

    dev.outrider.store.StreamKey key() {
        return run().key();
    }

    JsonNode cursor() {
        return state.cursor(key()).orElseThrow();
    }

    static List<String> ids(List<Page> pages) {
        return pages.stream()
                .flatMap(page -> page.items().stream())
                .map(item -> item.path("id").asText())
                .toList();
    }

    static List<String> errors(StreamRun run) {
        return run.errors().stream().map(RunError::code).toList();
    }
}
