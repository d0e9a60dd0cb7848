package dev.outrider.vendor.auth;

import dev.outrider.vendor.quota.Waiter;
import java.net.URI;
import java.util.Map;

/** What proves to the vendor who we are. */
public interface Credential {
    /**
     * The headers for one request.
     *
     * @throws dev.outrider.vendor.VendorException where the credential cannot be had
     */
    Map<String, String> headers(String method, URI uri, Waiter waiter);

    /** Where the vendor, when it gave the credential, said that it wants to be called; null where it did not say. */
    default String base() {
        return null;
    }

    /** What proves who the app itself is, where this one stands for an account that it is installed in; null where there is no app. */
    default Credential app() {
        return null;
    }

    /**
     * Told that the vendor refused those headers.
     *
     * @return whether other ones can be had, so that one more try is worth it
     */
    boolean renew(Map<String, String> refused);
}
