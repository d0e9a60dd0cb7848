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
 * @param signIn in whose name
 */
public record VendorRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        String endpoint,
        Set<Integer> accepted,
        SignIn signIn) {
    public VendorRequest(
            String method, URI uri, Map<String, String> headers, byte[] body, String endpoint, Set<Integer> accepted) {
        this(method, uri, headers, body, endpoint, accepted, SignIn.ACCOUNT);
    }

    public static VendorRequest get(URI uri, String endpoint) {
        return new VendorRequest("GET", uri, Map.of(), null, endpoint, Set.of());
    }

    public VendorRequest accepting(Set<Integer> statuses) {
        return new VendorRequest(method, uri, headers, body, endpoint, statuses, signIn);
    }

    public VendorRequest with(Map<String, String> more) {
        return new VendorRequest(method, uri, more, body, endpoint, accepted, signIn);
    }

    public VendorRequest as(SignIn other) {
        return new VendorRequest(method, uri, headers, body, endpoint, accepted, other);
    }

    boolean anonymous() {
        return signIn == SignIn.NOBODY;
    }
}
