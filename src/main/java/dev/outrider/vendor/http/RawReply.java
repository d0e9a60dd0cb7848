package dev.outrider.vendor.http;

import java.io.IOException;
import java.io.InputStream;

/** An answer as it comes in; to be read to its end or closed. */
public record RawReply(int status, Headers headers, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        body.close();
    }
}
