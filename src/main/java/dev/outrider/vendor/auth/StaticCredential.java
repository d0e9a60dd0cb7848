package dev.outrider.vendor.auth;

import dev.outrider.vendor.quota.Waiter;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** A secret that is sent as it is. It is read anew for every request, so a rotated one is picked up. */
final class StaticCredential implements Credential {
    private final String header;
    private final Supplier<String> value;

    StaticCredential(String header, Supplier<String> value) {
        this.header = header;
        this.value = value;
    }

    @Override
    public Map<String, String> headers(String method, URI uri, Waiter waiter) {
        return Map.of(header, value.get());
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        return !value.get().equals(refused.get(header));
    }
}
