package dev.outrider.vendor.http;

import dev.outrider.vendor.VendorException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What a failed connection says to people. */
final class NetworkFaults {
    private NetworkFaults() {}

    static VendorException of(URI uri, Exception failure) {
        var where = Replies.place(uri);
        if (failure instanceof UnknownHostException) {
            return new VendorException(
                    "vendor.unknown_host", uri.getHost() + " is no known host: check the url", true, failure);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return new VendorException("vendor.unreachable", where + " cannot be reached", true, failure);
        }
        if (failure instanceof SocketTimeoutException || failure instanceof InterruptedIOException) {
            return new VendorException("vendor.timeout", where + " did not answer in time", true, failure);
        }
        if (failure instanceof SSLException) {
            return new VendorException(
                    "vendor.tls", where + ": no trusted TLS connection: " + failure.getMessage(), true, failure);
        }
        return new VendorException(
                "vendor.connection_lost",
                where + " broke the connection (" + failure.getClass().getSimpleName() + ")",
                true,
                failure);
    }
}
