package dev.outrider.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;

/** Stands behind the decoder of HTTP/1: bytes that came between two requests and made nothing yet are headers that are not whole. */
final class RequestHeaders extends ChannelInboundHandlerAdapter {
    private final HeadersLimit limit;
    /** Whether the body of a request is on its way. */
    private boolean body;
    /** Whether what is being read made anything. */
    private boolean decoded;

    RequestHeaders(HeadersLimit limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        limit.end();
        decoded = true;
        body = message instanceof HttpObject && !(message instanceof LastHttpContent);
        context.fireChannelRead(message);
        if (!(message instanceof HttpObject) && !context.isRemoved()) {
            // The connection speaks something else from now on.
            context.pipeline().remove(this);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!decoded && !body) {
            limit.begin(context);
        }
        decoded = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        limit.end();
        context.fireChannelInactive();
    }
}
