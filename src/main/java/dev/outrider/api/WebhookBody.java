package dev.outrider.api;

import dev.outrider.webhook.Admission;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A body on its way: counted, and bounded in size and time. All of it happens on the event loop of its request. */
final class WebhookBody {
    /** Room is made for as much as the sender says, but for no more than this before it came. */
    private static final int ROOM_MAX_BYTES = 64 * 1024;

    /** What becomes of bodies. */
    interface Taker {
        void whole(WebhookBody body, byte[] bytes);

        /** Nothing more is read of it. */
        void refused(WebhookBody body, int status);
    }

    private final String name;
    private final HttpServerRequest request;
    private final Taker taker;
    private final Admission admission;
    private final WebhookLoop loop;
    private final long maxBytes;
    /** By {@link System#nanoTime}. */
    private final long began = System.nanoTime();
    /** Most bodies come in one piece, which is copied once. */
    private Buffer piece;

    private Buffer pieces;
    private long taken;
    private boolean over;

    /** @param name of the integration that it is for */
    WebhookBody(
            String name, HttpServerRequest request, Taker taker, Admission admission, WebhookLoop loop, long maxBytes) {
        this.name = name;
        this.request = request;
        this.taker = taker;
        this.admission = admission;
        this.loop = loop;
        this.maxBytes = maxBytes;
    }

    void read() {
        loop.opened(this);
        request.exceptionHandler(broken -> release());
        request.endHandler(end -> end());
        request.handler(this::add);
        request.resume();
        if (length() > maxBytes) {
            refuse(413);
        }
    }

    String name() {
        return name;
    }

    HttpServerRequest request() {
        return request;
    }

    WebhookLoop loop() {
        return loop;
    }

    long began() {
        return began;
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        if (taken + chunk.length() > maxBytes) {
            refuse(413);
            return;
        }
        taken += chunk.length();
        admission.take(chunk.length());
        if (taken == chunk.length()) {
            piece = chunk;
        } else {
            if (pieces == null) {
                pieces = Buffer.buffer((int) Math.min(Math.max(length(), taken), ROOM_MAX_BYTES))
                        .appendBuffer(piece);
            }
            pieces.appendBuffer(chunk);
        }
    }

    private void end() {
        if (!over) {
            close();
            var body = pieces == null ? piece : pieces;
            piece = null;
            pieces = null;
            taker.whole(this, body == null ? new byte[0] : body.getBytes());
        }
    }

    void refuse(int status) {
        if (!over) {
            release();
            taker.refused(this, status);
        }
    }

    /** Once it is answered, or its sender is gone. */
    void release() {
        close();
        piece = null;
        pieces = null;
        admission.give(taken);
        taken = 0;
    }

    private void close() {
        if (!over) {
            over = true;
            loop.closed(this);
        }
    }

    /** What the sender says that it sends, in bytes; 0 where it does not say. */
    private long length() {
        var said = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (said == null || said.length() > 18) {
            return 0;
        }
        long length = 0;
        for (int at = 0; at < said.length(); at++) {
            int digit = said.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            length = length * 10 + digit;
        }
        return length;
    }
}
