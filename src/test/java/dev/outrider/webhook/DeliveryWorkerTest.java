package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.record.Batch;
import dev.outrider.record.Page;
import dev.outrider.record.PageTally;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.sink.FileSink;
import dev.outrider.store.DeadLetters;
import dev.outrider.store.Deliveries.Accepted;
import dev.outrider.store.Delivery;
import dev.outrider.store.Engine;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class DeliveryWorkerTest {
    @Parameter
    Engine engine;

    @TempDir
    Path folder;

    /** The sizes of the groups that went through the route. */
    private final List<Integer> groups = new ArrayList<>();

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Thread> died = new CompletableFuture<>();
    private volatile boolean mortal;
    private volatile boolean gone;
    /** The jobs that were asked for, until they end. */
    private final List<CompletableFuture<Map<String, String>>> jobs = new CopyOnWriteArrayList<>();

    private volatile boolean failing;
    private final WebhookSpec spec = spec();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Store store;
    private FileSink sink;
    private DeliveryWriter writer;
    private DeliveryWorker worker;

    @BeforeEach
    void open() throws IOException {
        store = engine.store(folder);
        sink = new FileSink(store, Long.MAX_VALUE);
        sink.open();
        writer = new DeliveryWriter(store);
        worker = worker();
    }

    private DeliveryWorker worker() {
        return new DeliveryWorker(store, new Route(), writer, FakeTargets.settings(), meters);
    }

    @Test
    void knowsTheObjectsOfADeliveryThatACrashMetBetweenItsRecordsAndItsEnd() throws Exception {
        accept(List.of("{\"id\":\"a\"}"));
        mortal = true;
        worker.start();
        died.get(60, TimeUnit.SECONDS).join();
        assertThat(store.deliveries().pending()).as("its end is lost").isEqualTo(1);

        mortal = false;
        worker = worker();
        settle();

        var key = new StreamKey("acme", "events", StreamKey.DELIVERIES);
        assertThat(store.state().seen(key, "alerts|a")).isPresent();
        assertThat(stored).containsExactly("a");
    }

    @Test
    void makesNoDeadLetterOfWhatIsInTheSinkThoughItsIntegrationIsGone() throws Exception {
        accept(List.of("{\"id\":\"a\"}"));
        mortal = true;
        worker.start();
        died.get(60, TimeUnit.SECONDS).join();

        mortal = false;
        gone = true;
        worker = worker();
        settle();

        assertThat(store.deadLetters().count(DeadLetters.Filter.ALL)).isZero();
        assertThat(stored).containsExactly("a");
    }

    @AfterEach
    void close() throws Exception {
        worker.stop();
        writer.stop();
        sink.close();
    }

    @Test
    void sendsWhatWaitsForOneIntegrationThroughItsRouteTogether() {
        accept(IntStream.range(0, 100).mapToObj(i -> "{\"id\":\"" + i + "\"}").toList());

        settle();

        assertThat(groups).containsExactly(100);
        assertThat(stored).hasSize(100).doesNotHaveDuplicates();
        assertThat(store.originals().bytes()).isZero();
    }

    @Test
    void keepsWithinItsBytesHoweverMuchWaits() {
        var large = "\"" + "x".repeat(1 << 20) + "\"";
        accept(IntStream.range(0, 12)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"pad\":" + large + "}")
                .toList());

        settle();

        assertThat(groups).hasSizeGreaterThan(2).allMatch(size -> size <= 5);
        assertThat(stored).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void givesUpTheOneAtFaultAndStoresThoseAroundItOnce() {
        accept(List.of("{\"id\":\"a\"}", "{\"id\":\"b\"}", "{\"id\":\"poison\"}", "{\"id\":\"c\"}", "{\"id\":\"d\"}"));

        settle();

        assertThat(stored).containsExactly("a", "b", "c", "d");
        assertThat(store.deadLetters().list(DeadLetters.Filter.ALL, 10))
                .singleElement()
                .satisfies(letter -> assertThat(letter.code()).isEqualTo("route.broken"));
    }

    @Test
    void countsWhatBecameOfItemsThoughNoSenderWaits() {
        spec.setEvent("/type");
        spec.setMappings("known => webhook/event");
        accept(List.of(
                "{\"id\":\"a\",\"type\":\"known\"}",
                "{\"id\":\"b\",\"type\":\"new\"}",
                "{\"id\":\"c\",\"type\":\"newer\"}",
                "no JSON"));

        settle();

        assertThat(items("emitted", "")).isEqualTo(1);
        assertThat(items("dropped", "unknown_event")).isEqualTo(2);
        assertThat(items("failed", "")).isEqualTo(1);
    }

    @Test
    void endsADeliveryThatHasAJobCollectOnlyOnceThatIsDoneAndHoldsUpNoOther() {
        spec.setEvent("/type");
        spec.setMappings("told => stream:alerts\nknown => webhook/event");
        accept(List.of("{\"id\":\"a\",\"type\":\"told\"}", "{\"id\":\"b\",\"type\":\"known\"}"));

        worker.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> stored.contains("b") && !jobs.isEmpty());
        worker.wake(delivery(3, "{}"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> store.deliveries().pending() == 1);
        jobs.get(0).complete(Map.of());
        settle();

        assertThat(jobs).hasSize(1);
        assertThat(stored).containsExactly("b");
        assertThat(store.deadLetters().count(DeadLetters.Filter.ALL)).isZero();
    }

    @Test
    void keepsADeliveryWhoseStreamsNoJobCollectsAsADeadLetter() {
        spec.setMappings("* => stream:alerts");
        failing = true;
        worker = new DeliveryWorker(
                store,
                new Route(),
                writer,
                FakeTargets.settings(
                        Map.of("outrider.webhooks.trigger-tries", "1", "outrider.webhooks.trigger-pause-secs", "1")),
                meters);
        accept(List.of("{\"id\":\"a\"}"));

        settle();

        assertThat(store.deadLetters().list(DeadLetters.Filter.ALL, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.code()).isEqualTo("webhook.not_collected");
                    assertThat(letter.message()).contains("alerts").contains("no permission");
                });
        failing = false;
        var letter = store.deadLetters().list(DeadLetters.Filter.ALL, 10).get(0);
        assertThat(store.deliveries().again(letter.key(), letter.unit(), letter.id()))
                .isTrue();
        worker.wake(delivery(1, "{}"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> jobs.size() == 2);
        jobs.get(1).complete(Map.of());
        settle();
        assertThat(store.deadLetters().count(DeadLetters.Filter.ALL)).isZero();
    }

    @Test
    void makesRecordsThoughSendersNeverRest() throws Exception {
        worker.start();
        var rests = new AtomicBoolean();
        var senders = new Thread(() -> {
            while (!rests.get()) {
                var group = IntStream.range(0, 64)
                        .mapToObj(i -> writer.next())
                        .map(seq -> delivery(seq, "{\"id\":\"" + seq + "\"}"))
                        .toList();
                var written = group.stream().map(writer::write).toList();
                written.forEach(one -> assertThat(one.join()).isEqualTo(Accepted.FRESH));
                group.forEach(worker::wake);
            }
        });
        senders.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> emitted() > 1000);
        } finally {
            rests.set(true);
            senders.join();
        }
        settle();
    }

    private double emitted() {
        var found =
                meters.find("outrider.webhook.items").tags("outcome", "emitted").counter();
        return found == null ? 0 : found.count();
    }

    private double items(String outcome, String reason) {
        return meters.get("outrider.webhook.items")
                .tags("integration", "events", "outcome", outcome, "reason", reason)
                .counter()
                .count();
    }

    private void settle() {
        worker.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> store.deliveries().pending() == 0);
    }

    private void accept(List<String> bodies) {
        long seq = 1;
        var all = new ArrayList<Delivery>();
        for (var body : bodies) {
            all.add(delivery(seq++, body));
        }
        store.deliveries().accept(all);
    }

    private static Delivery delivery(long seq, String body) {
        return new Delivery(
                seq, "acme", "events", "unit-" + seq, "", "{}", body.getBytes(StandardCharsets.UTF_8), Instant.now());
    }

    private static WebhookSpec spec() {
        var spec = new WebhookSpec();
        spec.setMappings("* => webhook/event brings alerts");
        return spec;
    }

    /** Stands for class and route: stores what it is given, but for the poison. */
    private final class Route extends FakeTargets {
        Route() {
            super(spec);
        }

        @Override
        public Optional<WebhookTarget> find(String name) {
            return gone ? Optional.empty() : super.find(name);
        }

        @Override
        public Optional<CompletableFuture<Map<String, String>>> collect(WebhookTarget asked, List<String> streams) {
            var job = new CompletableFuture<Map<String, String>>();
            if (failing) {
                job.complete(Map.of("alerts", "no permission"));
            }
            jobs.add(job);
            return Optional.of(job);
        }

        @Override
        public void deliver(WebhookTarget asked, List<MappedPage> pages) {
            groups.add(pages.size());
            for (var page : pages) {
                store(page.page());
            }
            if (mortal) {
                pages.forEach(page -> page.page().run().acknowledgements().settle());
                var thread = Thread.currentThread();
                thread.setUncaughtExceptionHandler((dead, why) -> died.complete(dead));
                throw new Error("killed");
            }
        }

        private void store(Page page) {
            var id = page.items().get(0).path("id").asText();
            if (id.equals("poison")) {
                throw new RunException(RunError.of("route.broken", "as told", true));
            }
            var commit = new Batch(page, "webhook/event").commit();
            sink.store(List.of(new FileSink.Due(List.of(), commit, page.run().acknowledgements(), () -> {
                stored.add(id);
                page.run().counts().add(new PageTally(1, 1, 0, 0, 1, Map.of(), Map.of()));
            })));
        }
    }
}
