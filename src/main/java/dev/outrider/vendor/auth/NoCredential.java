package dev.outrider.vendor.auth;

import dev.outrider.vendor.quota.Waiter;
import java.net.URI;
import java.util.Map;

/** For vendors that ask nobody who they are. */
final class NoCredential implements Credential {
    @Override
    public Map<String, String> headers(String method, URI uri, Waiter waiter) {
        return Map.of();
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        return false;
    }
}
