package dev.outrider.capability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.FakeVendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has arrived is stored, whatever becomes of what comes next. */
class ArrivedPagesTest {
    private static final String SECOND = "after=2";

    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final FakeVendor vendor = new FakeVendor((asked, exchange) -> users(asked.target(), exchange));
    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "okta", vendor.url(), Map.of("token", "t0ken"));
    }

    @AfterEach
    void stop() {
        held.countDown();
        rig.close();
        vendor.close();
    }

    /** Two pages of one user each. */
    private void users(String target, HttpExchange exchange) throws IOException {
        boolean second = target.contains(SECOND);
        if (!second) {
            exchange.getResponseHeaders()
                    .add("Link", "<" + vendor.url() + "/api/v1/users?limit=200&" + SECOND + ">; rel=\"next\"");
        }
        var name = second ? "two" : "one";
        FakeVendor.json(
                exchange,
                200,
                ("[{\"id\":\"00u%1$s\",\"status\":\"ACTIVE\",\"lastUpdated\":\"2026-11-20T10:00:00.000Z\","
                                + "\"profile\":{\"login\":\"%1$s@acme.example\",\"email\":\"%1$s@acme.example\"}}]")
                        .formatted(name));
    }

    @Test
    void aPageIsInTheSinkAndItsCursorMovedWhileTheVendorStillHoldsBackTheNextOne() throws Exception {
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                hold();
            }
            users(asked.target(), exchange);
        });

        var run = CompletableFuture.supplyAsync(() -> rig.collect("users"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(rig.data("person")).hasSize(1);
            assertThat(rig.cursor("users").at("/sweep/next").asText()).endsWith(SECOND);
        });
        assertThat(run).as("the second page is still to come").isNotDone();
        held.countDown();

        assertThat(run.get().isPartial()).isFalse();
        assertThat(rig.data("person")).hasSize(2);
    }

    @Test
    void theNextRunBeginsWithThePageThatFailedAndNotWithTheOneBeforeIt() {
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                FakeVendor.json(exchange, 500, "{}");
            } else {
                users(asked.target(), exchange);
            }
        });
        assertThat(codes(rig.collect("users"))).containsExactly("vendor.server_error");
        assertThat(rig.data("person")).hasSize(1);
        vendor.answer((asked, exchange) -> users(asked.target(), exchange));
        vendor.asked().clear();

        assertThat(rig.collect("users").isPartial()).isFalse();

        assertThat(vendor.targets()).hasSize(1).allMatch(target -> target.contains(SECOND));
        assertThat(rig.data("person")).hasSize(2);
    }

    @Test
    void aCancelledRunKeepsThePageThatArrivedAndBreaksOffTheReplyThatDoesNotCome() throws Exception {
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("[{".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                hold();
            }
            users(asked.target(), exchange);
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
        vendor.answer((asked, exchange) -> users(asked.target(), exchange));
        vendor.asked().clear();
        assertThat(rig.collect("users").isPartial()).isFalse();
        assertThat(vendor.targets()).hasSize(1).allMatch(target -> target.contains(SECOND));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private void hold() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> codes(StreamRun run) {
        return run.errors().stream().map(RunError::code).toList();
    }
}
