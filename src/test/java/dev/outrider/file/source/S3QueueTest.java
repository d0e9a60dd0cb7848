package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrider.file.FilesRig;
import dev.outrider.record.RunException;
import dev.outrider.vendor.aws.Moto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3QueueTest {
    private static final int RECEIVED_BEFORE_DEAD = 2;

    private static Moto moto;

    @TempDir
    Path data;

    private FilesRig rig;
    private Bucket bucket;

    @BeforeAll
    static void startServer(@TempDir Path logs) throws IOException {
        assumeTrue(Moto.present(), "moto_server is not on PATH");
        moto = Moto.start(logs.resolve("moto.log"));
    }

    @AfterAll
    static void stopServer() {
        if (moto != null) {
            moto.close();
        }
    }

    @BeforeEach
    void start() {
        bucket = new Bucket(moto, RECEIVED_BEFORE_DEAD);
        rig = new FilesRig(data);
        bucket.use(rig);
    }

    @AfterEach
    void stop() {
        rig.close();
        bucket.close();
    }

    /** Something was collected before, so that the runs after it list no more. */
    private void listOnce() {
        bucket.put("first.nessus", "first");
        assertThat(rig.run().hosts()).containsExactly("first");
    }

    @Test
    void collectsWhatTheStoreTellsOfAndDeletesTheMessagesTheTestEventToo() {
        listOnce();
        bucket.put("unheard.nessus", "unheard");
        bucket.tell();
        bucket.put("in/week 1/a+b ü.nessus", "a1", "a2", "a3");
        bucket.put("b.nessus", "b");

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.errors()).isEmpty();
        assertThat(result.hosts()).containsExactlyInAnyOrder("a1", "a2", "a3", "b");
        assertThat(bucket.messages()).isZero();
        assertThat(rig.run().pages()).isEmpty();
    }

    @Test
    void listsTheBucketOnTheFirstRunAndOnAFullOne() {
        bucket.tell();
        bucket.put("a.nessus", "a");
        assertThat(rig.run().hosts()).as("listed and told of, collected once").containsExactly("a");
        assertThat(bucket.messages()).isZero();
        bucket.put("b.nessus", "b");
        bucket.received(bucket.queue);

        rig.full = true;

        assertThat(rig.run().hosts()).containsExactly("a", "b");
    }

    @Test
    void understandsNotificationsThroughSnsAndEventBridge() {
        listOnce();
        bucket.put("in/week 1/a.nessus", "a");
        bucket.put("in/b+c.nessus", "b");
        var plain = bucket.event("in/week+1/a.nessus");
        bucket.send("{\"Type\":\"Notification\",\"Message\":\"" + plain.replace("\"", "\\\"") + "\"}");
        bucket.send(
                "{\"version\":\"0\",\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\""
                        + bucket.name + "\"},\"object\":{\"key\":\"in/b+c.nessus\",\"size\":1,\"etag\":\"e\"}}}");

        var result = rig.run();

        assertThat(result.errors()).isEmpty();
        assertThat(result.hosts()).containsExactlyInAnyOrder("a", "b");
        assertThat(bucket.messages()).isZero();
    }

    @Test
    void collectsRepeatedEventsOnceAndDropsThoseOfObjectsThatAreGoneOrOutsideThePrefix() {
        rig.settings.put("prefix", "in/");
        bucket.put("in/first.nessus", "first");
        rig.run();
        bucket.put("in/a.nessus", "a");
        bucket.put("out/b.nessus", "b");
        bucket.send(bucket.event("in/a.nessus"));
        bucket.send(bucket.event("in/a.nessus"));
        bucket.send(bucket.event("in/gone.nessus"));
        bucket.send(bucket.event("out/b.nessus"));
        bucket.send(bucket.event("in/").replace("ObjectCreated:Put", "ObjectRemoved:Delete"));

        assertThat(rig.run().hosts()).containsExactly("a");
        assertThat(bucket.messages()).isZero();
        bucket.send(bucket.event("in/a.nessus"));
        assertThat(rig.run().pages()).isEmpty();
        assertThat(bucket.messages()).isZero();
    }

    @Test
    void keepsAMessageUntilWhatItNamesIsDurable() {
        listOnce();
        bucket.put("a.nessus", "a1", "a2", "a3");
        bucket.send(bucket.event("a.nessus"));
        rig.beforeStore = page -> {
            assertThat(bucket.messages()).isOne();
            if (page.last()) {
                throw new IllegalStateException("crash");
            }
        };
        assertThat(rig.run().failure()).hasRootCauseMessage("crash");
        assertThat(bucket.messages()).isOne();

        rig.beforeStore = page -> assertThat(bucket.messages()).isOne();

        assertThat(rig.run().hosts()).as("only what was not stored").containsExactly("a3");
        assertThat(bucket.messages()).isZero();
    }

    @Test
    void letsGoAtOnceOfWhatACancelledRunHeldAndDeletesWhatItHadStored() {
        listOnce();
        bucket.put("a.nessus", "a");
        bucket.put("b.nessus", "b1", "b2", "b3");
        bucket.send(bucket.event("a.nessus"));
        bucket.send(bucket.event("b.nessus"));
        rig.afterStore = page -> rig.cancelled = !page.last();

        assertThat(rig.run().codes()).containsExactly("job.cancelled");

        rig.cancelled = false;
        assertThat(rig.run().hosts()).contains("b3").doesNotContain("b1");
        assertThat(bucket.messages()).isZero();
        assertThat(rig.stored).as("each once").doesNotHaveDuplicates();
    }

    @Test
    void leavesWhatNobodyUnderstandsToTheDeadLetterQueueAndReadsTheRest() {
        listOnce();
        bucket.put("a.nessus", "a");
        bucket.send("not json");
        bucket.send(bucket.event("a.nessus"));
        bucket.send(bucket.event("a.nessus").replace(bucket.name, "another"));
        bucket.send(bucket.event("%zz.nessus"));

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.partial()).isTrue();
        assertThat(result.codes()).contains("event.unreadable");
        assertThat(result.errors().toString())
                .contains("is no JSON", "tells of the bucket 'another'", "redrive policy");
        assertThat(bucket.messages()).isEqualTo(3);

        rig.run();
        assertThat(rig.run().errors()).isEmpty();
        assertThat(bucket.received(bucket.dead)).isNotEmpty();
    }

    @Test
    void hidesAMessageFromOtherReadersForAsLongAsItsObjectIsRead() {
        listOnce();
        rig.settings.put("visibilitySecs", 2);
        bucket.put("a.nessus", "a");
        bucket.send(bucket.event("a.nessus"));
        rig.beforeStore = page -> Awaitility.await()
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> bucket.received(bucket.queue).isEmpty());

        assertThat(rig.run().failure()).isNull();
        assertThat(bucket.messages()).isZero();
    }

    @Test
    void checksTheQueueToo() {
        assertThat(rig.check().toString()).contains("the queue answers").doesNotContain("no redrive policy");
        rig.settings.put("queueUrl", bucket.dead);
        assertThat(rig.check().toString()).contains("no redrive policy");
        rig.settings.put("queueUrl", bucket.queue + "-none");
        assertThat(rig.check().toString()).contains("there is no such queue");
    }

    @Test
    void wantsTheBucketWhoseEventsItReads() {
        rig.settings.remove("bucket");

        assertThatThrownBy(() -> SourceSettings.of(rig.newRun().integration(), data))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("'queueUrl' needs 'bucket'");
    }
}
