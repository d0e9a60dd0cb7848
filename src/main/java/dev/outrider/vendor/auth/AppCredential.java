package dev.outrider.vendor.auth;

import dev.outrider.vendor.quota.Waiter;
import java.net.URI;
import java.util.Map;

/** An app in its own name: by the assertion that fetches its tokens elsewhere, signed anew for every request. */
final class AppCredential implements Credential {
    private final TokenRequests requests;

    AppCredential(TokenRequests requests) {
        this.requests = requests;
    }

    @Override
    public Map<String, String> headers(String method, URI uri, Waiter waiter) {
        return requests.proof();
    }

    /** The refusal may have told the vendor's time, by which the next one is signed. */
    @Override
    public boolean renew(Map<String, String> refused) {
        return true;
    }
}
