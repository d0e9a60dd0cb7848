package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.spec.TokenSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a cancelled job waits for from its vendor, it waits no longer. */
class BrokenOffTest {
    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final FakeVendor vendor = new FakeVendor((asked, exchange) -> hold());
    private final TestClients clients = new TestClients(vendor);
    private final Waiter waiter = new Waiter("acme", "users", cancelled::get);

    @AfterEach
    void stop() {
        held.countDown();
        clients.close();
    }

    @Test
    void anAnswerThatDoesNotBegin() {
        var client = clients.client();

        endsOnCancel(() -> client.call(request("/x"), waiter));
    }

    @Test
    void anAnswerThatStopsInTheMiddle() {
        vendor.answer((asked, exchange) -> begin(exchange));
        var client = clients.client();

        endsOnCancel(() -> client.call(request("/x"), waiter));
    }

    @Test
    void aDownload() throws IOException {
        vendor.answer((asked, exchange) -> begin(exchange));
        var client = clients.client();

        try (var file = FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            endsOnCancel(() -> client.download(request("/file").as(SignIn.NOBODY), waiter, file, 1 << 20, 60));
        }
    }

    @Test
    void aTokenRequest() {
        var token = new TokenSpec();
        token.setSecret("clientSecret");
        token.setTokenUrl("{url}/token");
        clients.spec().getAuth().setHeader(null);
        clients.spec().getAuth().setClientCredentials(token);
        clients.settings().put("clientId", "id");
        clients.secrets().put("clientSecret", "s3cr3t");
        var client = clients.client();

        endsOnCancel(() -> client.call(request("/x"), waiter));
        assertThat(vendor.targets()).containsExactly("/token");
    }

    @Test
    void theRequestOfAThreadThatIsToEnd() throws Exception {
        var client = clients.client();
        var ended = new CompletableFuture<Throwable>();
        var thread =
                new Thread(() -> ended.complete(catchThrowable(() -> client.call(request("/x"), TestClients.NOBODY))));
        thread.start();
        Awaitility.await().until(() -> !vendor.asked().isEmpty());

        thread.interrupt();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(8));
        assertThat(ended.get()).hasMessageContaining("job.cancelled");
    }

    private void endsOnCancel(Runnable call) {
        var ended = CompletableFuture.supplyAsync(() -> catchThrowableOfType(RunException.class, call::run));
        Awaitility.await().until(() -> !vendor.asked().isEmpty());
        assertThat(ended).isNotDone();

        cancelled.set(true);

        assertThat(ended).succeedsWithin(Duration.ofSeconds(8));
        assertThat(ended.join().error().code()).isEqualTo("job.cancelled");
        assertThat(vendor.asked()).as("it is not tried again").hasSize(1);
    }

    private VendorRequest request(String path) {
        return new VendorRequest("GET", URI.create(vendor.url() + path), java.util.Map.of(), null, path, Set.of());
    }

    private void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write(new byte[] {'['});
        exchange.getResponseBody().flush();
        hold();
    }

    private void hold() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
