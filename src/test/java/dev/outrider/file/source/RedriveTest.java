package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrider.file.FilesRig;
import dev.outrider.vendor.aws.Moto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder$;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue of a bucket's events on ElasticMQ, with a redrive policy: what is received too often is moved away by the queue itself. */
class RedriveTest {
    private static final int MOST_RECEIVED = 2;

    private static Moto moto;
    private static SQSRestServer queues;
    private static URI address;

    @TempDir
    Path data;

    private FilesRig rig;
    private Bucket bucket;

    @BeforeAll
    static void startServers(@TempDir Path logs) throws IOException {
        assumeTrue(Moto.present(), "moto_server, which holds the objects, is not on PATH");
        moto = Moto.start(logs.resolve("moto.log"));
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = URI.create("http://127.0.0.1:" + port);
        queues = SQSRestServerBuilder$.MODULE$
                .withInterface("127.0.0.1")
                .withPort(port)
                .withServerAddress(new NodeAddress("http", "127.0.0.1", port, ""))
                .start();
        queues.waitUntilStarted();
    }

    @AfterAll
    static void stopServers() {
        if (queues != null) {
            queues.stopAndWait();
        }
        if (moto != null) {
            moto.close();
        }
    }

    @BeforeEach
    void start() {
        bucket = new Bucket(moto, address, MOST_RECEIVED);
        rig = new FilesRig(data);
        bucket.use(rig);
        bucket.put("first.nessus", "first");
        assertThat(rig.run().hosts())
                .as("listed once, so that the runs after it only read the queue")
                .containsExactly("first");
    }

    @AfterEach
    void stop() {
        rig.close();
        bucket.close();
    }

    @Test
    void collectsWhatAKeyStandsForOnceWhateverTheOrderOfItsEvents() {
        bucket.put("week 1/a.nessus", "old");
        var older = bucket.event("week+1/a.nessus").replace("\"size\":1", "\"size\":1,\"sequencer\":\"01\"");
        bucket.put("week 1/a.nessus", "new");
        var newer = older.replace("\"sequencer\":\"01\"", "\"sequencer\":\"02\"");
        bucket.send(newer);
        bucket.send(older);
        bucket.send(newer);
        bucket.send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"" + bucket.name + "\"}");

        var result = rig.run();

        assertThat(result.errors()).isEmpty();
        assertThat(result.hosts()).containsExactly("new");
        assertThat(bucket.messages()).isZero();
        bucket.send(older);
        assertThat(rig.run().hosts()).as("late").isEmpty();
        assertThat(bucket.messages()).isZero();
    }

    @Test
    void leavesPoisonToTheQueueWhichParksItAndReadsTheRest() {
        bucket.put("a.nessus", "a");
        bucket.send("{\"poison\":true}");
        bucket.send(bucket.event("a.nessus"));

        var first = rig.run();

        assertThat(first.hosts()).containsExactly("a");
        assertThat(first.partial()).isTrue();
        assertThat(first.codes()).containsExactly("event.unreadable");
        assertThat(bucket.messages())
                .as("only the poison is left, for the queue to judge")
                .isOne();
        Awaitility.await("the queue parks what was received too often")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    rig.run();
                    return bucket.messages() == 0;
                });
        assertThat(bucket.received(bucket.dead)).containsExactly("{\"poison\":true}");
        assertThat(rig.run().partial()).isFalse();
    }

    @Test
    void keepsAMessageForTheNextRunUntilItsObjectIsDurable() {
        bucket.put("a.nessus", "a1", "a2", "a3");
        bucket.send(bucket.event("a.nessus"));
        rig.beforeStore = page -> {
            if (page.last()) {
                throw new IllegalStateException("crash");
            }
        };
        assertThat(rig.run().failure()).hasRootCauseMessage("crash");
        assertThat(bucket.messages()).isOne();
        rig.beforeStore = page ->
                assertThat(bucket.messages()).as("not before it is durable").isOne();

        assertThat(rig.run().hosts())
                .as("let go at once, and only what was not stored")
                .containsExactly("a3");
        assertThat(bucket.messages()).isZero();
        assertThat(bucket.received(bucket.dead)).isEmpty();
    }

    @Test
    void renewsTheVisibilityOfAMessageWhileItsLargeObjectIsRead() {
        rig.settings.put("visibilitySecs", 2);
        bucket.put("large.nessus", "l1", "l2", "l3");
        bucket.send(bucket.event("large.nessus"));
        rig.beforeStore =
                page -> Awaitility.await("nobody else gets the message, for longer than it would be hidden by itself")
                        .during(Duration.ofSeconds(4))
                        .atMost(Duration.ofSeconds(8))
                        .until(() -> bucket.received(bucket.queue).isEmpty());

        assertThat(rig.run().hosts()).containsExactly("l1", "l2", "l3");
        assertThat(bucket.messages()).isZero();
        assertThat(bucket.received(bucket.dead)).isEmpty();
    }
}
