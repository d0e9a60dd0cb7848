package dev.outrider.vendor;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** An Okta with two pages of one user each, whose second page a test holds back or answers otherwise. */
public final class TwoPagesOkta implements AutoCloseable {
    public static final String SECOND = "after=2";

    private static final String USERS = "/api/v1/users?limit=200";

    private final CountDownLatch held = new CountDownLatch(1);
    private final FakeVendor vendor = new FakeVendor(this::users);

    public FakeVendor vendor() {
        return vendor;
    }

    /** From now on the second page is answered so; the first as ever. */
    public void second(FakeVendor.Answer answer) {
        vendor.answer((asked, exchange) -> {
            if (asked.target().contains(SECOND)) {
                answer.to(asked, exchange);
            } else {
                users(asked, exchange);
            }
        });
    }

    /** From now on the second page comes once {@link #release} is called. */
    public void holdSecond() {
        second((asked, exchange) -> {
            hold();
            users(asked, exchange);
        });
    }

    /** From now on all is answered, and what was asked before is forgotten. */
    public void healed() {
        vendor.answer(this::users);
        vendor.asked().clear();
    }

    /** Waits until {@link #release}. */
    public void hold() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void release() {
        held.countDown();
    }

    private void users(FakeVendor.Asked asked, HttpExchange exchange) throws IOException {
        if (!asked.target().startsWith(USERS)) {
            FakeVendor.json(exchange, 200, "[]");
            return;
        }
        boolean second = asked.target().contains(SECOND);
        if (!second) {
            exchange.getResponseHeaders().add("Link", "<" + vendor.url() + USERS + "&" + SECOND + ">; rel=\"next\"");
        }
        FakeVendor.json(
                exchange,
                200,
                ("[{\"id\":\"00u%1$s\",\"status\":\"ACTIVE\",\"lastUpdated\":\"2026-11-20T10:00:00.000Z\","
                                + "\"profile\":{\"login\":\"%1$s@acme.example\",\"email\":\"%1$s@acme.example\"}}]")
                        .formatted(second ? "two" : "one"));
    }

    @Override
    public void close() {
        release();
        vendor.close();
    }
}
