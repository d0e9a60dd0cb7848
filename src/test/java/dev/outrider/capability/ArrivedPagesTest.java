package dev.outrider.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TwoPagesOkta;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has arrived is stored, whatever becomes of what comes next. */
class ArrivedPagesTest {
    @TempDir
    Path folder;

    private final TwoPagesOkta okta = new TwoPagesOkta();
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "okta", okta.vendor().url(), Map.of("token", "t0ken"));
    }

    @AfterEach
    void stop() {
        okta.release();
        rig.close();
        okta.close();
    }

    @Test
    void aPageIsInTheSinkAndItsCursorMovedWhileTheVendorStillHoldsBackTheNextOne() throws Exception {
        okta.holdSecond();

        var run = CompletableFuture.supplyAsync(() -> rig.collect("users"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(rig.data("person")).hasSize(1);
            assertThat(rig.cursor("users").at("/sweep/next").asText()).endsWith(TwoPagesOkta.SECOND);
        });
        assertThat(run).as("the second page is still to come").isNotDone();
        okta.release();

        assertThat(run.get().isPartial()).isFalse();
        assertThat(rig.data("person")).hasSize(2);
    }

    @Test
    void theNextRunBeginsWithThePageThatFailedAndNotWithTheOneBeforeIt() {
        okta.second((asked, exchange) -> FakeVendor.json(exchange, 500, "{}"));
        assertThat(codes(rig.collect("users"))).containsExactly("vendor.server_error");
        assertThat(rig.data("person")).hasSize(1);
        okta.healed();

        assertThat(rig.collect("users").isPartial()).isFalse();

        assertThat(okta.vendor().targets()).hasSize(1).allMatch(target -> target.contains(TwoPagesOkta.SECOND));
        assertThat(rig.data("person")).hasSize(2);
    }

    @Test
    void aCancelledRunKeepsThePageThatArrivedAndBreaksOffTheReplyThatDoesNotCome() throws Exception {
        okta.second((asked, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("[{".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            okta.hold();
        });
        var cancelled = new AtomicBoolean();
        var run = CompletableFuture.supplyAsync(() -> rig.collect("users", false, cancelled::get));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> rig.data("person").size() == 1);
        cancelled.set(true);

        assertThat(run).succeedsWithin(Duration.ofSeconds(3));
        assertThat(codes(run.get())).containsExactly("job.cancelled");
        assertThat(threads()).as("nothing goes on waiting").noneMatch(name -> name.contains("prefetch"));
        okta.healed();
        assertThat(rig.collect("users").isPartial()).isFalse();
        assertThat(okta.vendor().targets()).hasSize(1).allMatch(target -> target.contains(TwoPagesOkta.SECOND));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static List<String> codes(StreamRun run) {
        return run.errors().stream().map(RunError::code).toList();
    }
}
