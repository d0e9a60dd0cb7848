package dev.outrider.vendor.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * One call as it is wanted; tried as often as it takes.
 *
 * @param uri absolute, sent as it is
 * @param body null for none
 * @param endpoint the path with its placeholders: what quotas are told apart by where the vendor does not name them
 * @param accepted statuses besides 200 to 299 that are answers and no errors
 * @param anonymous whether the address itself is the permission: no credential goes with it and no allowance is used
 */
public record VendorRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        String endpoint,
        Set<Integer> accepted,
        boolean anonymous) {
    public VendorRequest(
            String method, URI uri, Map<String, String> headers, byte[] body, String endpoint, Set<Integer> accepted) {
        this(method, uri, headers, body, endpoint, accepted, false);
    }

    public static VendorRequest get(URI uri, String endpoint) {
        return new VendorRequest("GET", uri, Map.of(), null, endpoint, Set.of());
    }

    public VendorRequest accepting(Set<Integer> statuses) {
        return new VendorRequest(method, uri, headers, body, endpoint, statuses, anonymous);
    }

    public VendorRequest with(Map<String, String> more) {
        return new VendorRequest(method, uri, more, body, endpoint, accepted, anonymous);
    }

    public VendorRequest withoutCredential() {
        return new VendorRequest(method, uri, headers, body, endpoint, accepted, true);
    }
}
