package dev.outrider.vendor.http;

import java.io.IOException;
import java.io.InputStream;

/** An answer as it comes in; to be read to its end or closed. Until then it is broken off where its waiter gives up. */
record RawReply(int status, Headers headers, InputStream body, UnderWay underWay) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        underWay.close();
        body.close();
    }
}
