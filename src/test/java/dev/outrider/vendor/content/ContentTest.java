package dev.outrider.vendor.content;

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
import dev.outrider.vendor.sweep.Listing;
import dev.outrider.vendor.sweep.SweepReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings that only name files, whose rows are items. */
class ContentTest {
    @TempDir
    Path folder;

    private final FakeVendor vendor = new FakeVendor(this::answer);
    private final TestClients clients = new TestClients(vendor);
    private final PageSpec spec = new PageSpec();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    /** What a link must carry; those of an earlier listing do not once it was changed. */
    private volatile String signature = "s1";

    private StateStore state;

    @BeforeEach
    void open() {
        state = TestStore.in(folder).state();
        spec.setPaging("none");
        spec.setItems("/files");
        spec.getContent().setFormat("ndjson");
        spec.getContent().setPageItems(2);
        spec.check();
    }

    @AfterEach
    void stop() {
        clients.close();
    }

    private void answer(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        if (asked.target().equals("/export")) {
            FakeVendor.json(
                    exchange,
                    200,
                    files.keySet().stream()
                            .map(name -> "\"" + vendor.url() + "/blob/" + name + "?sig=" + signature + "\"")
                            .collect(Collectors.joining(",", "{\"files\":[", "]}")));
            return;
        }
        var name = asked.target().replaceFirst("^/blob/([^?]*).*", "$1");
        if (!asked.target().endsWith("?sig=" + signature)) {
            FakeVendor.send(
                    exchange, 403, "<Error><Code>AuthenticationFailed</Code></Error>".getBytes(StandardCharsets.UTF_8));
        } else if (files.containsKey(name)) {
            FakeVendor.send(exchange, 200, files.get(name));
        } else {
            FakeVendor.json(exchange, 404, "{}");
        }
    }

    private static byte[] rows(String... ids) {
        return Arrays.stream(ids)
                .map(id -> "{\"id\":\"" + id + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private ContentReader reader(StreamRun run) {
        var client = clients.client();
        var listing = new Listing("/export", spec, Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty());
        return new ContentReader(client, state, run, listing, new SweepReader(client, state, run, listing, null));
    }

    private List<String> collect(StreamRun run) {
        try (var reader = reader(run)) {
            var ids = new ArrayList<String>();
            while (reader.hasNext()) {
                ids.addAll(commit(reader.next()));
            }
            return ids;
        }
    }

    private List<String> commit(Page page) {
        state.commit(
                List.of(new PageCommit(
                        page.run().key(),
                        page.unit().id(),
                        page.number(),
                        page.cursor(),
                        page.seen(),
                        page.marks(),
                        page.last(),
                        new byte[16],
                        List.of())),
                connection -> {});
        return page.items().stream().map(item -> item.path("id").asText()).toList();
    }

    private StreamRun run() {
        var integration = new Integration(
                "acme", "acme", "acme", Integration.MANUAL, JsonNodeFactory.instance.objectNode(), Map.of(), "test");
        return new StreamRun(integration, "internal", "things", "job", false, () -> false);
    }

    private JsonNode cursor() {
        return state.cursor(run().key()).orElseThrow();
    }

    private static List<String> codes(StreamRun run) {
        return run.errors().stream().map(RunError::code).toList();
    }

    @Test
    void readsPlainAndZippedFilesWithoutTheCredentialAndStoresNoLink() throws IOException {
        files.put("a", rows("1", "2", "3"));
        files.put("b.gz", gzip(rows("4", "5")));
        var run = run();

        assertThat(collect(run)).containsExactly("1", "2", "3", "4", "5");

        assertThat(run.isPartial()).isFalse();
        assertThat(vendor.asked()).allSatisfy(asked -> assertThat(asked.header("Authorization"))
                .isEqualTo(asked.target().startsWith("/blob") ? null : "SSWS s3cr3t"));
        assertThat(vendor.asked()).hasSize(3);
        assertThat(cursor().has("content")).isFalse();
    }

    @Test
    void goesOnAfterACrashWithTheRowsThatWereNotStored() {
        files.put("a", rows("1", "2", "3"));
        files.put("b", rows("4", "5", "6"));
        try (var crashed = reader(run())) {
            commit(crashed.next());
            commit(crashed.next());
            crashed.next();
        }
        assertThat(cursor().toString()).doesNotContain("sig=");

        assertThat(collect(run())).containsExactly("5", "6");
    }

    @Test
    void asksForFreshLinksWhenTheOnesItHasExpire() {
        files.put("a", rows("1", "2"));
        files.put("b", rows("3"));
        var run = run();
        try (var reader = reader(run)) {
            var ids = new ArrayList<>(commit(reader.next()));
            signature = "s2";
            while (reader.hasNext()) {
                ids.addAll(commit(reader.next()));
            }
            assertThat(ids).containsExactly("1", "2", "3");
        }
        assertThat(run.isPartial()).isFalse();
        assertThat(vendor.targets()).filteredOn("/export"::equals).hasSize(2);
    }

    @Test
    void readsTheFilesOfANewerExportWhenTheOldOnesAreGone() {
        files.put("old-a", rows("1", "2"));
        files.put("old-b", rows("3"));
        try (var reader = reader(run())) {
            var ids = new ArrayList<>(commit(reader.next()));
            files.clear();
            files.put("new-a", rows("1", "2"));
            files.put("new-b", rows("3", "4"));
            while (reader.hasNext()) {
                ids.addAll(commit(reader.next()));
            }
            assertThat(ids).containsExactly("1", "2", "1", "2", "3", "4");
        }
    }

    @Test
    void leavesOutAFileThatStaysEmptyAndReadsTheOthers() {
        files.put("a", new byte[0]);
        files.put("b", rows("1"));
        var run = run();

        assertThat(collect(run)).containsExactly("1");

        assertThat(codes(run)).containsExactly("content.gone");
        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors().get(0).message()).contains("/blob/a").doesNotContain("sig=");
        assertThat(vendor.targets())
                .filteredOn(target -> target.startsWith("/blob/a"))
                .hasSize(5);
    }

    @Test
    void takesAFileThatIsStillCopiedOnceItIsThere() {
        files.put("a", new byte[0]);
        vendor.answer((asked, exchange) -> {
            answer(asked, exchange);
            if (asked.target().startsWith("/blob")) {
                files.put("a", rows("1"));
            }
        });
        var run = run();

        assertThat(collect(run)).containsExactly("1");
        assertThat(run.isPartial()).isFalse();
    }

    @Test
    void saysWhereAFileBreaksAndReadsTheOthers() throws IOException {
        var zipped =
                gzip(rows(IntStream.range(0, 5000).mapToObj(Integer::toString).toArray(String[]::new)));
        files.put("cut.gz", Arrays.copyOf(zipped, zipped.length / 2));
        files.put("bad", "{\"id\":\"x\"}\n{oops".getBytes(StandardCharsets.UTF_8));
        files.put("list", "[]".getBytes(StandardCharsets.UTF_8));
        files.put("good", rows("last"));
        spec.getContent().setPageItems(1000);
        var run = run();
        var ids = collect(run);

        assertThat(codes(run)).containsExactly("content.broken", "content.broken", "content.broken");
        assertThat(ids).contains("0", "1000", "x").endsWith("last").doesNotContain("4999");
    }

    @Test
    void leavesOutALinkThatIsRefusedEvenFresh() {
        files.put("a", rows("1"));
        files.put("b", rows("2"));
        vendor.answer((asked, exchange) -> {
            if (asked.target().startsWith("/blob/a")) {
                FakeVendor.json(exchange, 403, "{}");
            } else {
                answer(asked, exchange);
            }
        });
        var run = run();

        assertThat(collect(run)).containsExactly("2");
        assertThat(codes(run)).containsExactly("content.refused");
    }

    @Test
    void sendsNothingToAHostThatIsNoneOfTheClass() {
        vendor.answer(
                (asked, exchange) -> FakeVendor.json(exchange, 200, "{\"files\":[\"https://evil.example/a?sig=1\"]}"));

        var failure = catchThrowableOfType(RunException.class, () -> collect(run()));

        assertThat(failure.error().code()).isEqualTo("egress.refused");
        assertThat(failure.error().message()).doesNotContain("sig=");
    }

    @Test
    void followsFilesByTimeAndAsksAgainForOneThatCouldNotBeHad() {
        spec.setItems("");
        spec.setWatermark("/at");
        spec.setOverlap("PT1H");
        spec.setIdentity("/name");
        spec.getContent().setFormat("csv");
        spec.getContent().setPath("/logs/{id}/content");
        spec.getContent().setOf("/name");
        spec.getContent().setKeep(true);
        spec.getContent().setMark("_file");
        var gone = new boolean[] {true};
        vendor.answer((asked, exchange) -> {
            if (asked.target().equals("/export")) {
                FakeVendor.json(
                        exchange,
                        200,
                        "[{\"name\":\"f1\",\"id\":\"f1\",\"at\":\"2026-11-01T00:00:00Z\"},"
                                + "{\"name\":\"f2\",\"id\":\"f2\",\"at\":\"2026-11-01T00:10:00Z\"}]");
            } else if (asked.target().contains("/f1/") && gone[0]) {
                FakeVendor.json(exchange, 404, "{}");
            } else {
                var name = asked.target().split("/")[2];
                FakeVendor.send(
                        exchange, 200, ("\uFEFFid,x\n" + name + "-r,\"a\nb\"\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        var run = run();

        assertThat(collect(run)).containsExactly("f1", "f2", "f2-r");
        assertThat(codes(run)).containsExactly("content.gone");
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(vendor.asked().get(2).header("Authorization")).isEqualTo("SSWS s3cr3t");

        gone[0] = false;
        assertThat(collect(run())).as("what was had is known").containsExactly("f1", "f1-r");
        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-01T00:10:00Z");
        assertThat(collect(run())).as("known by now").isEmpty();
    }

    @Test
    void takesNoSignInPageForAFile() {
        files.put("a", rows("1"));
        var pages = new int[1];
        vendor.answer((asked, exchange) -> {
            if (asked.target().startsWith("/blob") && pages[0]++ == 0) {
                exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
                FakeVendor.send(exchange, 200, "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
            } else {
                answer(asked, exchange);
            }
        });
        var run = run();

        assertThat(collect(run)).containsExactly("1");
        assertThat(run.isPartial()).isFalse();
    }

    @Test
    void marksRowsWithTheirFileAndNumber() {
        spec.getContent().setMark("_file");
        files.put("a", rows("1", "2"));
        try (var reader = reader(run())) {
            var row = reader.next().items().get(1);
            assertThat(row.path("_fileRow").longValue()).isEqualTo(2);
            assertThat(row.path("_file").asText()).contains("/blob/a");
        }
    }
}
