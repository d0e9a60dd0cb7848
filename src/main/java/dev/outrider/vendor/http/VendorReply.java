package dev.outrider.vendor.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * A whole and readable answer.
 *
 * @param uri where it came from in the end, after redirects
 * @param body the body's JSON; a missing node where there was none
 */
public record VendorReply(int status, Headers headers, JsonNode body, URI uri) {
    /** The same, as the answer of another address. */
    VendorReply of(URI other) {
        return new VendorReply(status, headers, body, other);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }
}
