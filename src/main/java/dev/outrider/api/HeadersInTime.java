package dev.outrider.api;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Cuts off whoever takes too long to send the headers of a request. The server has a limit for silence only, which one byte now and then
 * stays below for ever, so every connection gets a watch of ours as it is accepted.
 */
@ApplicationScoped
public class HeadersInTime {
    private final Vertx vertx;
    private final int limitSecs;

    @Inject
    public HeadersInTime(Vertx vertx, @ConfigProperty(name = "outrider.http.headers-timeout-secs") int limitSecs) {
        this.vertx = vertx;
        this.limitSecs = limitSecs;
    }

    void watch(@ObservesAsync HttpServerStart started) {
        var accepting = ((VertxInternal) vertx).getAcceptorEventLoopGroup();
        accepting.forEach(loop -> loop.execute(() -> ((SingleThreadEventLoop) loop)
                .registeredChannelsIterator()
                .forEachRemaining(server -> {
                    if (server.pipeline().get(Accepted.class) == null) {
                        server.pipeline().addFirst(new Accepted(limitSecs));
                    }
                })));
    }

    /** Sees every connection as it is accepted, before a byte of it is read. */
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        private final int limitSecs;

        Accepted(int limitSecs) {
            this.limitSecs = limitSecs;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel connection) {
                connection.pipeline().addFirst(new FirstBytes(limitSecs));
            }
            context.fireChannelRead(message);
        }
    }
}
