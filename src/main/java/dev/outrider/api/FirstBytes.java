package dev.outrider.api;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/**
 * Watches a connection from its first byte until it is known what it speaks, and leaves it to {@link RequestHeaders} where that is HTTP/1.
 * HTTP/2 has its headers in frames, which cannot stand half for long.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    /** So many tell a request of HTTP/1 from the preface of HTTP/2. */
    private static final int TELLING_BYTES = 3;

    private final HeadersLimit limit;

    FirstBytes(int limitSecs) {
        this.limit = new HeadersLimit(limitSecs);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        limit.begin(context);
        boolean known = known(context);
        if (!known && message instanceof ByteBuf bytes && bytes.readableBytes() > TELLING_BYTES) {
            // Alone, so that the decoder is there, and we are behind it, before the headers are whole.
            context.fireChannelRead(bytes.readRetainedSlice(TELLING_BYTES));
            known = known(context);
        }
        context.fireChannelRead(message);
        if ((known || known(context)) && !context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        limit.end();
        context.fireChannelInactive();
    }

    private boolean known(ChannelHandlerContext context) {
        var decoder = context.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null) {
            context.pipeline().addAfter(decoder.name(), null, new RequestHeaders(limit));
            return true;
        }
        if (context.pipeline().get(Http2ConnectionHandler.class) != null) {
            limit.end();
            return true;
        }
        return false;
    }
}
