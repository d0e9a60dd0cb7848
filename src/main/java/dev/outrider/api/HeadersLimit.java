package dev.outrider.api;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The time that the headers of one request after the other may take on one connection; used on its event loop. */
final class HeadersLimit {
    private final int limitSecs;
    private Future<?> cut;

    HeadersLimit(int limitSecs) {
        this.limitSecs = limitSecs;
    }

    /** The first byte came, at the latest now. */
    void begin(ChannelHandlerContext context) {
        if (cut == null) {
            cut = context.executor().schedule(() -> context.channel().close(), limitSecs, TimeUnit.SECONDS);
        }
    }

    /** They are whole, or the connection is gone. */
    void end() {
        if (cut != null) {
            cut.cancel(false);
            cut = null;
        }
    }
}
