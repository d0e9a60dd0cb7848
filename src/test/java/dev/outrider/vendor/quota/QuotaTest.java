package dev.outrider.vendor.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.record.RunException;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.http.Headers;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.spec.QuotaSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final int LIMIT = 60;

    @Test
    void usesTheAllowanceUpAndIsThrottledAtMostOnce() {
        var first = Instant.now().getEpochSecond() + 4;
        var used = new AtomicInteger();
        var throttled = new AtomicInteger();
        var early = new AtomicInteger();
        try (var vendor = new FakeVendor((asked, exchange) -> {
                    boolean later = Instant.now().getEpochSecond() >= first;
                    int now = later ? early.incrementAndGet() : used.incrementAndGet();
                    int left = Math.max(0, LIMIT - now);
                    exchange.getResponseHeaders().add("X-Limit", Integer.toString(LIMIT));
                    exchange.getResponseHeaders().add("X-Remaining", Integer.toString(left));
                    exchange.getResponseHeaders().add("X-Reset", Long.toString(later ? first + 60 : first));
                    if (now > LIMIT) {
                        throttled.incrementAndGet();
                    }
                    FakeVendor.json(exchange, now > LIMIT ? 429 : 200, "[]");
                });
                var clients = new TestClients(vendor)) {
            var quota = clients.spec().getQuota();
            quota.setLimitHeader("X-Limit");
            quota.setRemainingHeader("X-Remaining");
            quota.setResetHeader("X-Reset");
            var client = clients.client();

            var calls = IntStream.range(0, 6)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> {
                        for (int call = 0; call < 12; call++) {
                            client.call(VendorRequest.get(URI.create(client.base() + "/x"), "/x"), TestClients.NOBODY);
                        }
                    }))
                    .toList();
            calls.forEach(CompletableFuture::join);

            assertThat(throttled.get()).isLessThanOrEqualTo(1);
            assertThat(Math.min(used.get(), LIMIT)).isGreaterThanOrEqualTo(LIMIT * 98 / 100);
            assertThat(used.get() + early.get()).isEqualTo(72 + throttled.get());
        }
    }

    @Test
    void readsUsedOfLimit() {
        var spec = new QuotaSpec();
        spec.setUsedHeader("Limit-Info=api-usage");

        for (var value : List.of(
                "api-usage=18/5000",
                "api-usage=18/5000; per-app-api-usage=17/250(appName=demo); api-bursts=1/750",
                "per-app-api-usage=17/250(appName=demo); api-usage=18/5000")) {
            var told = QuotaHeaders.read(spec, headers("Limit-Info", value), Instant.now());

            assertThat(told.remaining()).as(value).isEqualTo(4982);
            assertThat(told.limit()).isEqualTo(5000);
        }
    }

    @Test
    void leavesTheReserveOfAnAllowanceWithoutAnEndToOthers() {
        try (var vendor = new FakeVendor((asked, exchange) -> {
                    exchange.getResponseHeaders().add("Limit-Info", "api-usage=81/100");
                    FakeVendor.json(exchange, 200, "[]");
                });
                var clients = new TestClients(vendor)) {
            clients.spec().getQuota().setUsedHeader("Limit-Info=api-usage");
            clients.spec().getQuota().setReservePercent(20);
            clients.spec().getQuota().setShared(true);
            var client = clients.client();
            client.call(VendorRequest.get(URI.create(client.base() + "/x"), "/x"), TestClients.NOBODY);

            assertThatThrownBy(() ->
                            client.call(VendorRequest.get(URI.create(client.base() + "/y"), "/y"), TestClients.NOBODY))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("19 are left; 20 percent of the limit are kept for others");
            assertThat(vendor.asked()).hasSize(1);
        }
    }

    @Test
    void countsAResetFromTheVendorsOwnClock() {
        var spec = new QuotaSpec();
        spec.setLimitHeader("L");
        spec.setRemainingHeader("R");
        spec.setResetHeader("E");
        var headers = headers("L", "10");
        headers.add("R", "0");
        headers.add("Date", "Sun, 22 Nov 2026 10:00:00 GMT");
        headers.add("E", Long.toString(Instant.parse("2026-11-22T10:00:30Z").getEpochSecond()));
        var now = Instant.parse("2026-11-22T09:00:00Z");

        assertThat(QuotaHeaders.read(spec, headers, now).resets()).isEqualTo(now.plusSeconds(31));
    }

    @Test
    void takesALimitOfNoneForNoWindow() {
        var spec = new QuotaSpec();
        spec.setLimitHeader("L");
        spec.setRemainingHeader("R");
        var headers = headers("L", "0");
        headers.add("R", "0");

        assertThat(QuotaHeaders.read(spec, headers, Instant.now())).isNull();
    }

    @Test
    void readsBothFormsOfRetryAfter() {
        var spec = new QuotaSpec();
        var now = Instant.parse("2026-11-22T10:00:00Z");

        assertThat(QuotaHeaders.retryAfter(spec, headers("Retry-After", "7"), now))
                .contains(Duration.ofSeconds(7));
        assertThat(QuotaHeaders.retryAfter(spec, headers("Retry-After", "Sun, 22 Nov 2026 10:01:00 GMT"), now))
                .contains(Duration.ofMinutes(1));
        assertThat(QuotaHeaders.retryAfter(spec, headers("Retry-After", "soon"), now))
                .isEmpty();
    }

    @Test
    void pacesByTheDeclaredAllowanceWhereNoHeaderTells() {
        var bucket = new Bucket(Allowance.parse("2/1s"), 0);
        var now = Instant.now();
        bucket.take(now);
        bucket.take(now);

        assertThat(bucket.free(now)).isEqualTo(now.plusSeconds(1));
        assertThat(bucket.free(now.plusSeconds(1))).isNull();
    }

    @Test
    void refusesAnAllowanceThatIsNone() {
        assertThatThrownBy(() -> Allowance.parse("fast")).hasMessageContaining("600/1m");
    }

    private static Headers headers(String name, String value) {
        var headers = new Headers();
        headers.add(name, value);
        return headers;
    }
}
