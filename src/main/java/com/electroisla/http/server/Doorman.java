package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one connection, between Netty's HTTP codec and Vert.x: each byte of a body is claimed from the
 * server's budget before it is stored, and every wait has a deadline, counted in ticks: for a head, a body, a reader,
 * a silence.
 *
 * <p>On a refusal the request's handler answers (503, 408); if there is none yet, or an answer has begun, the
 * connection ends. Used by the connection's thread; {@link #close} and the questions of {@link Connections} may come
 * from other threads.
 */
final class Doorman extends ChannelDuplexHandler {
    private static final Logger LOG = Logger.getLogger(Doorman.class);
    static final int TICK_SECONDS = 5;
    static final String NAME = "doorman";
    private static final int MOST_PIPELINED = 16;
    private static final int LARGEST_DROP_BYTES = 1 << 20;
    private static final int HEAD_TICKS = 20 / TICK_SECONDS;
    private static final int SILENCE_TICKS = 60 / TICK_SECONDS;
    private static final int AFTER_ANSWER_TICKS = 3;
    /** A client that reads less than this in so many ticks is slow on purpose, or does not read at all. */
    private static final int PACE_TICKS = 30 / TICK_SECONDS;

    private static final int PACE_BYTES = 8 * 1024;

    private final Connections server;
    private final Channel channel;
    private final InetAddress peerAddress;
    private final AddressBlock peer;
    private final boolean trusted;
    private final Deque<Exchange> unanswered = new ArrayDeque<>();
    private @Nullable Exchange reading;
    private @Nullable ScheduledFuture<?> ticking;
    private volatile @Nullable ChannelHandlerContext place;
    private final HeadClaim head;
    private boolean leaving;
    private int silence;
    private int afterAnswer;
    private long written;
    private long mark;
    private volatile int stalled;
    private volatile int keptWaiting;
    private volatile long unread;

    Doorman(Connections server, Channel channel) {
        this.server = server;
        this.channel = channel;
        this.peerAddress = channel.remoteAddress() instanceof InetSocketAddress internet
                ? internet.getAddress()
                : InetAddress.getLoopbackAddress();
        this.peer = AddressBlock.of(peerAddress);
        this.trusted = Connections.isTrusted(peerAddress);
        this.head = new HeadClaim(server.heads);
    }

    /** The handler of this request's connection; null if it has none. */
    static @Nullable Doorman of(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                ? (Doorman) connection.channel().pipeline().get(NAME)
                : null;
    }

    AddressBlock peer() {
        return peer;
    }

    boolean peerIsTrusted() {
        return trusted;
    }

    /**
     * For how many ticks this connection has been silent or in the middle of sending; 0 while its request is
     * processed.
     */
    int keptWaiting() {
        return keptWaiting;
    }

    int stalled() {
        return stalled;
    }

    long unread() {
        return unread;
    }

    /** Closes the connection at once, from any thread. */
    void close() {
        ChannelHandlerContext here = place;
        if (here == null) {
            channel.close();
        } else {
            here.close();
        }
    }

    /** Ignores a broken link: the writer of the answer learns of the end from Vert.x. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof IOException) {
            LOG.debugf("a connection broke: %s", failure.getMessage());
            context.close();
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    /** The exchange of the request that is being processed; null when there is none. */
    @Nullable
    Exchange current() {
        return unanswered.peek();
    }

    /** @param weight how many times the form's bytes are in memory */
    void takesLargeForm(int weight) {
        Exchange current = unanswered.peek();
        if (current != null) {
            current.takesLargeForm(server.bodies, weight);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
        ticking = context.executor()
                .scheduleWithFixedDelay(() -> tick(context), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (ticking != null) {
            ticking.cancel(false);
        }
        unanswered.forEach(each -> each.giveBack(server.bodies, server.heads));
        if (reading != null) {
            reading.giveBack(server.bodies, server.heads);
        }
        head.giveBack();
        server.unread(-unread);
        unread = 0;
        server.leave(this);
        context.fireChannelInactive();
    }

    /** Counts bytes as they arrive from the network; false when there is no memory for so large a head. */
    boolean arrives(ByteBuf bytes) {
        if (leaving) {
            return false;
        }
        head.arrives(bytes, reading == null);
        if (reading == null && !head.claim()) {
            refuseHead(ErrorCode.BUSY);
            return false;
        }
        return true;
    }

    /** Called after the codec has taken the bytes. */
    void arrived() {
        if (!leaving && channel.isActive() && !head.settle(reading == null)) {
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (leaving
                || message instanceof HttpRequest request && !begin(request)
                || message instanceof HttpContent content && !take(content)) {
            ReferenceCountUtil.release(message);
            return;
        }
        context.fireChannelRead(message);
    }

    private boolean begin(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuseHead(
                    switch (request.decoderResult().cause()) {
                        case TooLongHttpLineException line -> ErrorCode.URL_TOO_LONG;
                        case TooLongHttpHeaderException headers -> ErrorCode.HEADERS_TOO_LARGE;
                        case null, default -> ErrorCode.MALFORMED_REQUEST;
                    });
            return false;
        }
        if (unanswered.size() >= MOST_PIPELINED) {
            leaving = true;
            close();
            return false;
        }
        Exchange begun = new Exchange(request, head.complete(() -> weight(request)));
        unanswered.add(begun);
        reading = begun;
        keptWaiting = 0;
        return true;
    }

    private static long weight(HttpRequest request) {
        long weight = request.uri().length();
        for (Map.Entry<String, String> each : request.headers()) {
            weight += each.getKey().length() + each.getValue().length() + HeadClaim.LINE_BYTES;
        }
        return weight;
    }

    private boolean take(HttpContent content) {
        Exchange current = reading;
        if (current == null) {
            return true;
        }
        int bytes = content.content().readableBytes();
        head.wereBody(bytes);
        boolean passed = bytes == 0 && !current.refused || pass(current, bytes);
        if (content instanceof LastHttpContent) {
            reading = null;
            current.ended = true;
            if (current.answered) {
                current.giveBack(server.bodies, server.heads);
            }
            if (!passed && !current.refused) {
                channel.pipeline().context(this).fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        }
        return passed;
    }

    private boolean pass(Exchange current, int bytes) {
        if (current.answered || current.refused) {
            if (current.drop(bytes) > LARGEST_DROP_BYTES) {
                close();
            }
            return false;
        }
        if (current.claim(server.bodies, bytes, () -> sender(current.head))) {
            return true;
        }
        refuse(current, ErrorCode.BUSY);
        return false;
    }

    private AddressBlock sender(HttpRequest request) {
        return AddressBlock.of(
                ClientInfo.client(peerAddress, request.headers().getAll("X-Forwarded-For"), Connections.proxies()));
    }

    private void refuse(Exchange current, ErrorCode code) {
        current.refused = true;
        if (current.onRefusal == null || current.answered) {
            close();
        } else {
            current.onRefusal.accept(code == ErrorCode.BUSY ? Failures.later(code) : Problem.of(code));
        }
    }

    /** Answers a request whose head is invalid or too large. */
    private void refuseHead(ErrorCode code) {
        leaving = true;
        if (unanswered.isEmpty()) {
            Farewell.say(channel, code == ErrorCode.BUSY ? Failures.later(code) : Problem.of(code));
        } else {
            close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            if (response.status().code() < 200) {
                context.write(message, promise);
                return;
            }
            Exchange current = unanswered.peek();
            if (current != null && current.refused) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
        if (message instanceof ByteBufHolder holder) {
            written += holder.content().readableBytes();
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent) {
            answered();
        }
    }

    private void answered() {
        Exchange done = unanswered.poll();
        if (done == null) {
            return;
        }
        done.answered = true;
        done.onRefusal = null;
        silence = 0;
        afterAnswer = 0;
        if (done.ended) {
            done.giveBack(server.bodies, server.heads);
        }
        if (done.refused) {
            leaving = true;
            Farewell.after(channel);
        }
    }

    /**
     * Delays Vert.x's close. Vert.x closes the connection right after an answer without keep-alive. While the rest of
     * a body is still arriving, that would destroy the answer, so the sender gets the same moment as after a refusal.
     */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Exchange current = reading;
        boolean lingering = current != null && current.answered && channel.isActive();
        if (!lingering) {
            context.close(promise);
            return;
        }
        channel.closeFuture().addListener(_ -> promise.trySuccess());
        if (!leaving) {
            leaving = true;
            Farewell.after(channel);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        count();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        count();
        context.fireChannelWritabilityChanged();
    }

    private void count() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        long now = waiting == null ? 0 : waiting.totalPendingWriteBytes();
        long more = now - unread;
        if (more != 0) {
            unread = now;
            server.unread(more);
        }
    }

    private void tick(ChannelHandlerContext context) {
        count();
        if (leaving) {
            return;
        }
        boolean idle = reading == null && unanswered.isEmpty();
        silence = idle ? silence + 1 : 0;
        keptWaiting = idle ? silence : reading == null ? 0 : reading.ticks() + 1;
        if (reading != null) {
            tickBody(reading);
        } else if (head.isLate(HEAD_TICKS)) {
            refuseHead(ErrorCode.REQUEST_TIMEOUT);
        } else if (silence >= SILENCE_TICKS) {
            close();
        }
        tickReader(context);
    }

    private void tickBody(Exchange current) {
        if (current.answered) {
            afterAnswer++;
            if (afterAnswer >= AFTER_ANSWER_TICKS) {
                close();
            }
        } else if (current.refused) {
            close();
        } else if (current.isLate()) {
            refuse(current, ErrorCode.REQUEST_TIMEOUT);
        }
    }

    private void tickReader(ChannelHandlerContext context) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        long position = written - unread + (waiting == null ? 0 : waiting.currentProgress());
        if (unread == 0) {
            stalled = 0;
            mark = position;
        } else {
            stalled++;
            if (stalled % PACE_TICKS == 0) {
                if (position - mark < PACE_BYTES) {
                    close();
                }
                mark = position;
            }
        }
    }
}
