package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.RoutesCopy;
import dev.outrider.store.TestPostgres;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with its state in PostgreSQL: alone, and two of them. */
class ReplicasIT {
    private static final String SECRET = "a secret of ours";
    private static final String EVENTS =
            """
            integrations:
              - { name: events, class: webhook, tenant: acme, schedule: manual, settings: { scheme: hmac }, secrets: { webhookSecret: "{{env:OUR_SECRET}}" } }
            """;
    private static final String SCANS =
            """
              - { name: scans, class: nessus, tenant: acme, schedule: 5s }
            """;
    private static final int SENDERS = 8;

    private final TestPostgres postgres = new TestPostgres();

    @TempDir
    Path folder;

    @Test
    void knowsAReplayAfterARestart() {
        try (var outrider = replica("only", EVENTS).start()) {
            assertThat(post(outrider, "one", "?wait=PT10S").statusCode()).isEqualTo(200);
            assertThat(outrider.records()).hasSize(1);
            outrider.stop();

            outrider.start();

            assertThat(post(outrider, "one", "").body()).contains("replayed");
            assertThat(post(outrider, "two", "?wait=PT10S").statusCode()).isEqualTo(200);
            assertThat(outrider.records()).hasSize(2);
            assertThat(outrider.data().resolve("outrider.db")).doesNotExist();
        }
    }

    @Test
    void knowsAReplayOfWhatAnotherReplicaTook() {
        try (var one = replica("one", EVENTS).start();
                var other = replica("other", EVENTS).start()) {
            assertThat(post(one, "a", "?wait=PT10S").statusCode()).isEqualTo(200);
            assertThat(post(one, "b", "").statusCode()).isEqualTo(202);

            for (var id : new String[] {"a", "b"}) {
                var again = post(other, id, "?wait=PT10S");
                assertThat(again.statusCode()).isEqualTo(200);
                assertThat(again.body()).contains("replayed");
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> one.records().size() == 2);
            assertThat(other.records()).isEmpty();
        }
    }

    @Test
    void putsEveryAcknowledgedDeliveryIntoOneOfTheFilesOnceWhenAReplicaIsKilled() throws Exception {
        var acknowledged = new ConcurrentSkipListSet<String>();
        try (var one = replica("one", EVENTS).start();
                var other = replica("other", EVENTS).start()) {
            var stop = new AtomicBoolean();
            var next = new AtomicInteger();
            var senders = Executors.newFixedThreadPool(SENDERS);
            for (int sender = 0; sender < SENDERS; sender++) {
                var first = sender % 2 == 0 ? one : other;
                var second = sender % 2 == 0 ? other : one;
                senders.execute(() -> {
                    while (!stop.get()) {
                        var id = "event-" + next.incrementAndGet();
                        boolean taken = sent(first, id, acknowledged);
                        // As senders do who got no answer, or are not sure.
                        if (!taken || id.endsWith("7")) {
                            sent(second, id, acknowledged);
                        }
                    }
                });
            }
            awaitMore(acknowledged, 300);
            one.kill();
            awaitMore(acknowledged, 300);
            stop.set(true);
            senders.shutdown();
            assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

            Awaitility.await("the survivor has all, log:\n" + other.log())
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> postgres.count("delivery") == 0);
            assertThat(other.log()).contains("gave no sign of life");
            // Cuts off what the kill left behind the last commit.
            one.start();
            one.stop();
            other.stop();

            var records = Stream.of(one, other)
                    .flatMap(process -> process.records().stream())
                    .toList();
            var identifiers = records.stream()
                    .map(record -> record.at("/data/attributes/id").asText())
                    .toList();
            assertThat(identifiers).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(identifiers)).containsAll(acknowledged);
            assertThat(records.stream().map(record -> record.path("id").asText()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void putsEveryAcknowledgedDeliveryIntoTheSinkOnceThoughItsConnectionsAreCut() throws Exception {
        var acknowledged = new ConcurrentSkipListSet<String>();
        try (var outrider = replica("cut", EVENTS).start()) {
            var stop = new AtomicBoolean();
            var next = new AtomicInteger();
            var senders = Executors.newFixedThreadPool(SENDERS);
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.execute(() -> {
                    while (!stop.get()) {
                        sent(outrider, "event-" + next.incrementAndGet(), acknowledged);
                    }
                });
            }
            for (int cut = 0; cut < 15; cut++) {
                awaitMore(acknowledged, 30);
                postgres.cut();
            }
            stop.set(true);
            senders.shutdown();
            assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            Awaitility.await("all are records, log:\n" + outrider.log())
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> postgres.count("delivery") == 0);
            assertThat(postgres.count("dead_letter")).isZero();
            outrider.stop();

            var identifiers = outrider.records().stream()
                    .map(record -> record.at("/data/attributes/id").asText())
                    .toList();
            assertThat(identifiers).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(identifiers)).containsAll(acknowledged);
        }
    }

    @Test
    void endsWhereItStoodStillAndAnotherReplicaTookOver() throws Exception {
        try (var one = replica("one", EVENTS).start();
                var other = replica("other", EVENTS).start()) {
            signal("STOP", one);
            Awaitility.await("it is missed").atMost(Duration.ofSeconds(60)).until(() -> other.log()
                    .contains("gave no sign of life"));
            signal("CONT", one);

            assertThat(one.exitCode()).isEqualTo(3);
            assertThat(one.log()).contains("another replica took over");

            one.start();
            assertThat(post(one, "a", "?wait=PT10S").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sendsEachDeadLetterAgainOnceThoughBothReplicasAreAskedAtTheSameTime() throws Exception {
        var routes = RoutesCopy.in(folder.resolve("routes"));
        var good = routes.read("webhook/item.jslt");
        routes.write("webhook/item.jslt", "error(\"no good\")");
        try (var one = replica("one", EVENTS)
                        .with("OUTRIDER_ROUTES", routes.folder().toString())
                        .start();
                var other = replica("other", EVENTS)
                        .with("OUTRIDER_ROUTES", routes.folder().toString())
                        .start()) {
            for (int n = 0; n < 60; n++) {
                post(n % 2 == 0 ? one : other, "event-" + n, n < 58 ? "" : "?wait=PT10S");
            }
            Awaitility.await("all fail")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> postgres.count("dead_letter") == 60);
            routes.write("webhook/item.jslt", good);

            var asked = Executors.newFixedThreadPool(2);
            var answers = asked.invokeAll(Stream.of(one, other)
                    .map(replica -> (Callable<JsonNode>) () -> OutriderProcess.parse(
                            replica.post("/api/dead-letters/replay", "").body()))
                    .toList());
            asked.shutdown();

            var first = answers.get(0).get();
            var second = answers.get(1).get();
            assertThat(first.path("replayed").asInt() + second.path("replayed").asInt())
                    .as(first + " and " + second)
                    .isEqualTo(60);
            assertThat(first.path("failed").asInt() + second.path("failed").asInt())
                    .isZero();
            assertThat(one.records().size() + other.records().size()).isEqualTo(60);
        }
    }

    private static void signal(String name, OutriderProcess process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void runsAScheduleOnceForAllReplicasAndGoesOnWithOneLess() {
        try (var one = replica("one", EVENTS + SCANS).start();
                var other = replica("other", EVENTS + SCANS).start()) {
            var begin = Instant.now();
            awaitJobs(other, begin, 5);
            assertThat(started(other)).isEqualTo(started(one));
            assertThat(gaps(started(other))).allSatisfy(gap -> assertThat(gap).isGreaterThan(Duration.ofSeconds(2)));

            one.kill();

            awaitJobs(other, Instant.now(), 3);
        }
    }

    @Test
    void showsAnIntegrationThatWasMadeOnAnotherReplica() {
        try (var one = replica("one", EVENTS).start();
                var other = replica("other", EVENTS).start()) {
            var made = one.put(
                    "/api/integrations/more", "{\"class\":\"nessus\",\"tenant\":\"acme\",\"schedule\":\"manual\"}");
            assertThat(made.statusCode()).as(made.body()).isBetween(200, 201);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> other.get("/api/integrations/more").statusCode() == 200);
        }
    }

    @Test
    void saysInOneLineWhyItCannotStartAndNeverAPassword() {
        var nobody = replica("nobody", EVENTS).with("OUTRIDER_STATE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        var wrong = replica("wrong", EVENTS).with("OUTRIDER_STATE_URL", "postgres://me:hidden@127.0.0.1/none");

        var tool = nobody.tool("run", "events");
        assertThat(tool.exitCode()).isEqualTo(2);
        assertThat(tool.errors()).contains("the state cannot be used").contains("OUTRIDER_STATE_URL");
        assertThat(wrong.tool("run", "events").errors())
                .contains("must begin with jdbc:postgresql:")
                .doesNotContain("hidden");
    }

    private static void awaitMore(Set<String> acknowledged, int more) {
        int enough = acknowledged.size() + more;
        Awaitility.await("deliveries are taken")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> acknowledged.size() >= enough);
    }

    private static void awaitJobs(OutriderProcess outrider, Instant since, int count) {
        Awaitility.await("jobs run, log:\n" + outrider.log())
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> started(outrider).stream()
                                .filter(at -> at.isAfter(since))
                                .count()
                        >= count);
    }

    /** When the jobs of the scans were, the newest first. */
    private static List<Instant> started(OutriderProcess outrider) {
        var all = new ArrayList<Instant>();
        for (JsonNode job : OutriderProcess.parse(
                        outrider.get("/api/jobs?integration=scans").body())
                .path("jobs")) {
            all.add(Instant.parse(job.path("started").asText()));
        }
        return all;
    }

    private static List<Duration> gaps(List<Instant> newestFirst) {
        var gaps = new ArrayList<Duration>();
        for (int at = 1; at < newestFirst.size(); at++) {
            gaps.add(Duration.between(newestFirst.get(at), newestFirst.get(at - 1)));
        }
        return gaps;
    }

    private static boolean sent(OutriderProcess outrider, String id, Set<String> acknowledged) {
        try {
            boolean taken = post(outrider, id, "").statusCode() / 100 == 2;
            if (taken) {
                acknowledged.add(id);
            }
            return taken;
        } catch (UncheckedIOException killed) {
            return false;
        }
    }

    private static HttpResponse<String> post(OutriderProcess outrider, String id, String query) {
        var delivery = HookSender.plain(SECRET, "{\"id\":\"" + id + "\"}");
        return new HookSender(outrider).post("events", delivery, query);
    }

    private OutriderProcess replica(String name, String integrations) {
        return new OutriderProcess(folder.resolve(name).resolve("data"))
                .with("OUR_SECRET", SECRET)
                .with("OUTRIDER_STATE_URL", postgres.url())
                .with("OUTRIDER_STATE_LEASE_SECS", "4")
                .declaring(integrations);
    }
}
