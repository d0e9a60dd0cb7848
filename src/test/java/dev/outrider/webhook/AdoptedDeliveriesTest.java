package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.record.Batch;
import dev.outrider.record.PageTally;
import dev.outrider.sink.FileSink;
import dev.outrider.store.Deliveries.Accepted;
import dev.outrider.store.Delivery;
import dev.outrider.store.Store;
import dev.outrider.store.TestPostgres;
import dev.outrider.store.TestStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replica leaves that dies, and another one makes of it. */
class AdoptedDeliveriesTest {
    private final TestPostgres postgres = new TestPostgres();
    private final List<String> emitted = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Thread> died = new CompletableFuture<>();

    @TempDir
    Path folder;

    @Test
    void makesNoRecordsOfWhatTheDeadOneHadInItsSinkAndAllOfWhatItHadNot() throws Exception {
        var survivor = new Replica("survivor", 1, false);
        survivor.store.replica().serve(() -> {}, () -> {});
        survivor.worker.start();
        survivor.accept("own");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> emitted.contains("own"));

        // Started later, so that its numbers are higher than those the survivor has met.
        var dying = new Replica("dying", 30, true);
        dying.writer.start(new Backlog(FakeTargets.settings()));
        dying.accept("stored");
        dying.worker.start();
        died.get(30, TimeUnit.SECONDS).join();
        dying.accept("waiting");
        assertThat(emitted).containsExactly("own", "stored");

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            postgres.expire(dying.store.replica().number());
            return survivor.store.deliveries().pending() == 0 && postgres.count("delivery") == 0;
        });

        assertThat(emitted).containsExactly("own", "stored", "waiting");
        survivor.worker.stop();
    }

    private final class Replica {
        private final Store store;
        private final FileSink sink;
        private final DeliveryWriter writer;
        private final DeliveryWorker worker;

        Replica(String name, int leaseSecs, boolean mortal) throws Exception {
            store = TestStore.in(folder.resolve(name), postgres, leaseSecs);
            sink = new FileSink(store, Long.MAX_VALUE);
            sink.open();
            writer = new DeliveryWriter(store);
            worker = new DeliveryWorker(
                    store, new Route(sink, mortal), writer, FakeTargets.settings(), new SimpleMeterRegistry());
        }

        void accept(String id) {
            long seq = writer.next();
            var body = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
            assertThat(writer.write(new Delivery(seq, "acme", "events", id, "", "{}", body, Instant.now()))
                            .join())
                    .isEqualTo(Accepted.FRESH);
        }
    }

    /** Emits each item by its id. A mortal one dies once its records are in the sink. */
    private final class Route extends FakeTargets {
        private final FileSink sink;
        private final boolean mortal;

        Route(FileSink sink, boolean mortal) {
            super(spec());
            this.sink = sink;
            this.mortal = mortal;
        }

        @Override
        public void deliver(WebhookTarget asked, List<MappedPage> pages) {
            for (var mapped : pages) {
                var page = mapped.page();
                var commit = new Batch(page, "webhook/event").commit();
                sink.store(
                        List.of(new FileSink.Due(List.of(), commit, page.run().acknowledgements(), () -> {
                            emitted.add(page.items().get(0).path("id").asText());
                            page.run().counts().add(new PageTally(1, 1, 0, 0, 1, Map.of(), Map.of()));
                        })));
                page.run().acknowledgements().settle();
            }
            if (mortal) {
                Thread.currentThread().setUncaughtExceptionHandler((dead, why) -> died.complete(dead));
                throw new Error("killed");
            }
        }
    }

    private static WebhookSpec spec() {
        var spec = new WebhookSpec();
        spec.setMappings("* => webhook/event");
        return spec;
    }
}
