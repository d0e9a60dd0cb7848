package dev.outrider.vendor.http;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.quota.Waiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;

/**
 * Writes an answer to a file, from its first byte each time.
 *
 * @param most bytes it may have
 * @param secs how long it may take
 */
record Download(FileChannel to, long most, int secs, Waiter waiter) {
    private static final int BUFFER = 1 << 16;

    VendorReply read(URI uri, RawReply raw) {
        if (raw.headers().first("Content-Type").orElse("").startsWith("text/html")) {
            throw new VendorException(
                    "vendor.unexpected_body",
                    Replies.place(uri) + " answered " + raw.status() + " with a web page where a file was due",
                    true,
                    raw.status());
        }
        var deadline = System.nanoTime() + Duration.ofSeconds(secs).toNanos();
        long bytes = 0;
        try {
            to.truncate(0);
            var body = new CappedStream(raw.body(), most, deadline);
            var buffer = new byte[BUFFER];
            for (int n = next(uri, body, buffer); n >= 0; n = next(uri, body, buffer)) {
                waiter.check();
                for (var part = ByteBuffer.wrap(buffer, 0, n); part.hasRemaining(); ) {
                    to.write(part);
                }
                bytes += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a download cannot be stored in the folder for temporary files", e);
        }
        if (bytes == 0) {
            // A store that still copies the file answers so.
            throw new VendorException(
                    "vendor.empty_body",
                    Replies.place(uri) + " answered " + raw.status() + " without a body",
                    true,
                    raw.status());
        }
        return new VendorReply(raw.status(), raw.headers(), LongNode.valueOf(bytes), uri);
    }

    /** What the network does wrong is the vendor's fault, what the disk does is ours. */
    private int next(URI uri, InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (CappedStream.TooLarge e) {
            throw new VendorException(
                    "vendor.body_too_large",
                    Replies.place(uri) + " answered with more than " + (most >> 20) + " MB",
                    false,
                    e);
        } catch (CappedStream.TooSlow e) {
            throw new VendorException(
                    "vendor.timeout", Replies.place(uri) + " took more than " + secs + " s to answer", true, e);
        } catch (IOException e) {
            throw new VendorException(
                    "vendor.body_cut", Replies.place(uri) + " broke off in the middle of its answer", true, e);
        }
    }
}
