package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.wiring.RunningServer;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The first handler of a connection, before a byte of it is read: counts it and gives it its {@link Doorman}, or
 * refuses it. Netty loads this class itself ({@code META-INF/services}) because the system property {@link #PROPERTY}
 * names it; Vert.x has no hook for it.
 */
public final class Door extends ChannelInitializerExtension {
    /** Set by Main before Netty is loaded. */
    public static final String PROPERTY = "io.netty.bootstrap.extensions";

    /** So many refused connections at once get an answer with the reason; further ones are closed without. */
    private static final int MOST_REFUSALS = 256;

    private static final AtomicInteger REFUSALS = new AtomicInteger();

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        if (isOperators(channel)) {
            return;
        }
        Doorman doorman = new Doorman(Connections.OF_THIS_SERVER, channel);
        if (Connections.OF_THIS_SERVER.enter(doorman)) {
            channel.closeFuture().addListener(_ -> Connections.OF_THIS_SERVER.leave(doorman));
            channel.pipeline().addFirst(new Entrance(doorman));
        } else if (REFUSALS.incrementAndGet() <= MOST_REFUSALS) {
            channel.closeFuture().addListener(_ -> REFUSALS.decrementAndGet());
            channel.pipeline().addFirst(new Refusal(true));
        } else {
            REFUSALS.decrementAndGet();
            channel.pipeline().addFirst(new Refusal(false));
        }
    }

    private static boolean isOperators(Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress here
                && RunningServer.operatorsPort()
                        .filter(operators -> operators.port() == here.getPort())
                        .isPresent();
    }

    /** First in the pipeline: sees bytes before the codec does. */
    static final class Entrance extends ChannelInboundHandlerAdapter {
        private final Doorman doorman;

        Entrance(Doorman doorman) {
            this.doorman = doorman;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            // By now Vert.x has added its own handler as the last one.
            context.pipeline().addBefore("handler", Doorman.NAME, doorman);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes && !doorman.arrives(bytes)) {
                ReferenceCountUtil.release(message);
                return;
            }
            context.fireChannelRead(message);
            doorman.arrived();
        }
    }

    /** First in the pipeline of a refused connection: no later handler sees this connection. */
    static final class Refusal extends ChannelInboundHandlerAdapter {
        private final boolean says;

        Refusal(boolean says) {
            this.says = says;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (says) {
                Farewell.say(context.channel(), Failures.later(ErrorCode.BUSY));
            } else {
                context.close();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable gone) {
            context.close();
        }
    }
}
