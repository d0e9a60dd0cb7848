package dev.outrider.vendor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.outrider.vendor.quota.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Export jobs in every state that vendors have been seen in. */
class ExportTest {
    private static final String RUNNING = "0a1b2c3d-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    private final FakeVendor vendor = new FakeVendor(this::answer);
    private final TestClients clients = new TestClients(vendor);
    private final ExportSpec spec = new ExportSpec();
    private final Deque<String> statuses = new ArrayDeque<>();
    private int beginStatus = 200;
    private String begun = "{\"export_uuid\":\"u1\"}";
    private int listStatus = 404;
    private String listed = "{}";
    private int unready;
    private StateStore state;

    @BeforeEach
    void open() {
        state = TestStore.in(folder).state();
        spec.setBody("{\"filters\":{\"state\":[\"OPEN\"]},\"num_assets\":50}");
        spec.setSince("{\"filters\":{\"since\":{sinceSecs}}}");
        spec.setId("/export_uuid");
        spec.setAdopt("409: /active_job_id; 429: job_uuid=([0-9a-f-]+)(?:.*createdAt=([0-9]+))?");
        spec.setChunkAgainIf("400: .*");
        spec.setChunkTries(3);
        spec.setStatus("/vulns/export/{id}/status");
        spec.setChunk("/vulns/export/{id}/chunks/{chunk}");
        spec.setPollSecs(0);
    }

    @AfterEach
    void stop() {
        clients.close();
    }

    private void answer(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        if (asked.method().equals("POST")) {
            FakeVendor.json(exchange, beginStatus, begun);
        } else if (asked.target().equals("/vulns/export/status")) {
            FakeVendor.json(exchange, listStatus, listed);
        } else if (asked.target().endsWith("/status")) {
            FakeVendor.json(exchange, 200, statuses.size() > 1 ? statuses.poll() : statuses.peek());
        } else {
            var chunk = asked.target().substring(asked.target().lastIndexOf('/') + 1);
            if (chunk.equals("8") && unready-- > 0) {
                FakeVendor.json(exchange, 400, "{\"status\":400,\"message\":\"Chunk not ready\"}");
            } else if (chunk.equals("7")) {
                FakeVendor.json(exchange, 200, "[]");
            } else if (chunk.equals("9")) {
                FakeVendor.json(exchange, 404, "{\"error\":\"Export expired or not found\"}");
            } else {
                FakeVendor.json(exchange, 200, "[{\"id\":\"" + chunk + "a\"},{\"id\":\"" + chunk + "b\"}]");
            }
        }
    }

    @Test
    void fetchesChunksWhileTheExportStillRuns() {
        statuses.add("{\"status\":\"QUEUED\"}");
        statuses.add("{\"status\":\"PROCESSING\",\"chunks_available\":[2]}");
        statuses.add("{\"status\":\"PROCESSING\",\"chunks_available\":[2,1]}");
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1,2,3]}");

        var run = run();
        var ids = collect(run);

        assertThat(ids).containsExactly("2a", "2b", "1a", "1b", "3a", "3b");
        assertThat(run.isPartial()).isFalse();
        assertThat(vendor.asked().get(0).body()).doesNotContain("since");
        assertThat(cursor().hasNonNull("watermark")).isTrue();
        assertThat(cursor().has("export")).isFalse();
    }

    @Test
    void asksNextTimeForWhatChangedSinceItAskedTheLastTime() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1]}");
        collect(run());
        var watermark = Instant.parse(cursor().path("watermark").asText());

        collect(run());

        assertThat(vendor.asked().stream().filter(asked -> asked.method().equals("POST")))
                .last()
                .satisfies(asked -> assertThat(asked.body())
                        .contains("\"since\":" + watermark.getEpochSecond())
                        .contains("OPEN"));
    }

    @Test
    void adoptsTheSameExportThatRunsAlready() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1]}");
        beginStatus = 409;
        begun = "{\"active_job_id\":\"" + RUNNING + "\",\"failure_reason\":\"duplicate\"}";

        assertThat(collect(run())).containsExactly("1a", "1b");
        assertThat(vendor.targets()).contains("/vulns/export/" + RUNNING + "/chunks/1");
    }

    @Test
    void adoptsItWhereTheVendorSpeaksOfTooManyRequests() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1]}");
        beginStatus = 429;
        begun = "{\"status\":429,\"message\":\"Duplicate export not allowed. (job_uuid=" + RUNNING + " createdAt=1)\"}";

        assertThat(collect(run())).containsExactly("1a", "1b");
    }

    @Test
    void isPartialWhereTheExportFailedAndKeepsWhatItHad() {
        statuses.add("{\"status\":\"ERROR\",\"chunks_available\":[1,2]}");

        var run = run();

        assertThat(collect(run)).containsExactly("1a", "1b", "2a", "2b");
        assertThat(run.errors()).extracting(RunError::code).containsExactly("export.failed");
        assertThat(cursor().has("watermark")).isFalse();
    }

    @Test
    void isPartialWhereAFinishedExportHasFailedChunks() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1],\"chunks_failed\":[2]}");

        var run = run();

        assertThat(collect(run)).containsExactly("1a", "1b");
        assertThat(run.errors()).extracting(RunError::code).containsExactly("export.chunks_failed");
        assertThat(cursor().has("watermark")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'chunks_available':[1,2],'total_chunks':5 | export.chunks_missing",
                "'chunks_available':[1,2],'finished_chunks':3 | export.chunks_missing",
                "'chunks_available_count':5 | export.chunks_missing",
                "'chunks_available':[7,1],'total_chunks':3,'empty_chunks_count':1 | export.chunks_missing",
                "'chunks_available':[1,2],'total_chunks':5,'chunks_cancelled':[3,4,5] | export.chunks_failed",
                "'chunks_available':null | export.chunks_unknown",
                "'chunks_failed':[] | export.chunks_unknown",
            })
    void isPartialWhereAFinishedExportDoesNotGiveAllOfItsChunks(String says, String code) {
        statuses.add("{\"status\":\"FINISHED\"," + says.replace('\'', '"') + "}");

        var run = run();
        collect(run);

        assertThat(run.errors()).extracting(RunError::code).containsExactly(code);
        assertThat(cursor().has("watermark")).isFalse();
        assertThat(cursor().has("export")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'chunks_available':[1,2,3],'total_chunks':5,'finished_chunks':5,'empty_chunks_count':2",
                "'chunks_available':[1,7],'total_chunks':2,'empty_chunks_count':1",
                "'chunks_available':[]",
                "'total_chunks':0",
            })
    void isCompleteWhereWhatIsNotListedIsEmpty(String says) {
        statuses.add("{\"status\":\"FINISHED\"," + says.replace('\'', '"') + "}");

        var run = run();
        collect(run);

        assertThat(run.errors()).isEmpty();
        assertThat(cursor().has("watermark")).isTrue();
    }

    @Test
    void asksLaterForAChunkThatIsNotReadyAndTakesTheOthersFirst() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[8,1,2]}");
        unready = 2;

        var run = run();

        assertThat(collect(run)).containsExactly("1a", "1b", "2a", "2b", "8a", "8b");
        assertThat(run.isPartial()).isFalse();
    }

    @Test
    void isPartialWhereAChunkNeverBecomesReady() {
        statuses.add("{\"status\":\"PROCESSING\",\"chunks_available\":[8,1]}");
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[8,1,2]}");
        unready = Integer.MAX_VALUE;

        var run = run();

        assertThat(collect(run)).containsExactly("1a", "1b", "2a", "2b");
        assertThat(run.errors()).extracting(RunError::code).containsExactly("export.chunk_not_ready");
        assertThat(vendor.targets().stream().filter(target -> target.endsWith("/chunks/8")))
                .hasSize(3);
        assertThat(cursor().has("watermark")).isFalse();
    }

    @Test
    void asksNextTimeForWhatChangedSinceTheAdoptedExportWasAskedFor() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1]}");
        beginStatus = 429;
        begun = "{\"message\":\"Duplicate export not allowed. (job_uuid=" + RUNNING
                + " container_uuid=c createdAt=1795600000123)\"}";

        collect(run());

        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-25T09:46:40.123Z");
        assertThat(cursor().path("fullAt").asText()).isEqualTo("2026-11-25T09:46:40.123Z");
    }

    @Test
    void learnsWhenAnAdoptedExportWasAskedForFromTheListOfThem() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1]}");
        spec.setList("/vulns/export/status");
        listStatus = 200;
        listed = "{\"exports\":[{\"uuid\":\"other\",\"created\":1},{\"uuid\":\"" + RUNNING
                + "\",\"created\":1795600000123}]}";
        beginStatus = 409;
        begun = "{\"active_job_id\":\"" + RUNNING + "\"}";

        collect(run());

        assertThat(cursor().path("watermark").asText()).isEqualTo("2026-11-25T09:46:40.123Z");
    }

    @Test
    void leavesTheWatermarkWhereAnAdoptedExportDoesNotTellItsTime() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1]}");
        spec.setList("/vulns/export/status");
        collect(run());
        var before = cursor().path("watermark").asText();
        beginStatus = 409;
        begun = "{\"active_job_id\":\"" + RUNNING + "\"}";

        var run = run();
        collect(run);

        assertThat(run.isPartial()).isFalse();
        assertThat(cursor().path("watermark").asText()).isEqualTo(before);
    }

    @Test
    void isPartialWhereAChunkIsGone() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[9,1]}");

        var run = run();

        assertThat(collect(run)).containsExactly("1a", "1b");
        assertThat(run.errors()).extracting(RunError::code).containsExactly("export.chunk_gone");
        assertThat(cursor().has("watermark")).isFalse();
    }

    @Test
    void goesOnWithTheSameExportAndItsOtherChunksAfterACrash() {
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1,2,3]}");
        var reader = reader(run());
        commit(reader.next());
        reader.next();

        var ids = collect(run());

        assertThat(ids).containsExactly("2a", "2b", "3a", "3b");
        assertThat(vendor.asked().stream().filter(asked -> asked.method().equals("POST")))
                .hasSize(1);
    }

    @Test
    void beginsAnotherWhereTheVendorForgotTheExport() {
        statuses.add("{\"status\":\"PROCESSING\",\"chunks_available\":[1]}");
        commit(reader(run()).next());
        vendor.answer((asked, exchange) -> {
            if (asked.target().equals("/vulns/export/u1/status")) {
                FakeVendor.json(exchange, 404, "{}");
            } else {
                answer(asked, exchange);
            }
        });
        begun = "{\"export_uuid\":\"u2\"}";
        statuses.clear();
        statuses.add("{\"status\":\"FINISHED\",\"chunks_available\":[1,2]}");

        assertThat(collect(run())).containsExactly("1a", "1b", "2a", "2b");
    }

    @Test
    void stopsWaitingWhenItIsCancelled() {
        statuses.add("{\"status\":\"QUEUED\"}");
        spec.setPollSecs(60);
        var asked = new java.util.concurrent.atomic.AtomicInteger();
        var run = run(() -> asked.incrementAndGet() > 20);

        assertThatThrownBy(() -> collect(run)).isInstanceOf(RunException.class).hasMessageContaining("cancelled");
    }

    private ExportReader reader(StreamRun run) {
        var job = new ExportJob(clients.client(), Waiter.of(run), "/vulns/export", spec);
        return new ExportReader(job, spec, run, ExportProgress.begin(state, run, Instant.now(), null), Instant.now());
    }

    private List<String> collect(StreamRun run) {
        var ids = new ArrayList<String>();
        var reader = reader(run);
        while (reader.hasNext()) {
            var page = reader.next();
            commit(page);
            page.items().forEach(item -> ids.add(item.path("id").asText()));
        }
        return ids;
    }

    private void commit(Page page) {
        state.commit(
                List.of(new PageCommit(
                        page.run().key(),
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

    private JsonNode cursor() {
        return state.cursor(run().key()).orElseThrow();
    }

    private static StreamRun run() {
        return run(() -> false);
    }

    private static StreamRun run(java.util.function.BooleanSupplier cancelled) {
        var integration = new Integration(
                "acme-tenable",
                "tenable",
                "acme",
                Integration.MANUAL,
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                "test");
        return new StreamRun(integration, "internal", "vulnerabilities", "job", false, cancelled);
    }
}
