package com.electroisla.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections, one after another, with a clock that the tests move. */
final class DoormanTest {
    private static final int MIB = 1 << 20;

    private final Connections server = new Connections(new ServerLimits(MIB, MIB / 4, 256 * 1024, MIB, 3, 2, 4, 2));
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<ErrorCode> refusals = new ArrayList<>();
    private int received;
    private int ends;
    private int complaints;
    private boolean takesNothing;

    /** Stands for Vert.x: counts the messages and registers for the first request's refusals. */
    private final class Handler extends ChannelDuplexHandler {
        private final Doorman doorman;

        Handler(Doorman doorman) {
            this.doorman = doorman;
        }

        /** Like Vert.x, waits until the client has read all that was written. */
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            if (!takesNothing) {
                context.close(promise);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            complaints++;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Exchange current = doorman.current();
            if (current != null && current.onRefusal == null) {
                current.onRefusal = problem -> {
                    refusals.add(problem.code());
                    answer(context.channel(), 503);
                };
            }
            if (message instanceof HttpContent content) {
                received += content.content().readableBytes();
            }
            ends += message instanceof LastHttpContent ? 1 : 0;
            io.netty.util.ReferenceCountUtil.release(message);
        }
    }

    private EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel(false, false, new ChannelInitializer<>() {
            @Override
            protected void initChannel(io.netty.channel.Channel made) {
                Doorman doorman = new Doorman(server, made);
                assertTrue(server.enter(doorman));
                made.pipeline()
                        .addLast(
                                new Door.Entrance(doorman),
                                new HttpRequestDecoder(12_288, 24_576, 8_192),
                                new HttpResponseEncoder());
                made.pipeline().addLast("handler", new Handler(doorman));
            }
        });
        channels.add(channel);
        try {
            channel.register();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
        channel.freezeTime();
        return channel;
    }

    private static void send(EmbeddedChannel channel, String text) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        }
    }

    private static void answer(io.netty.channel.Channel channel, int status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        response.headers().set("Content-Length", 0);
        channel.pipeline().context("handler").writeAndFlush(response);
    }

    private static String said(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.append(next.toString(StandardCharsets.UTF_8));
            next.release();
        }
        return all.toString();
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        for (int each = 0; each < seconds; each++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private static String post(String headers) {
        return "POST /api/login/ HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    @AfterEach
    void whoever_leaves_gives_everything_back() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        assertEquals(0, server.bodies.taken());
        assertEquals(0, server.heads.taken());
        assertEquals(0, server.open());
        assertEquals(0, server.unread());
    }

    @Test
    void a_body_is_claimed_as_it_comes_and_given_back_with_the_answer() {
        EmbeddedChannel channel = connect();
        send(channel, post("Content-Length: 20000\r\n") + "x".repeat(10_000));
        long half = server.bodies.taken();
        send(channel, "x".repeat(10_000));

        assertTrue(half > 10_000 && server.bodies.taken() > half);
        answer(channel, 200);
        assertEquals(0, server.bodies.taken());
        assertEquals(20_000, received);
        assertTrue(channel.isOpen());
    }

    @Test
    void bodies_in_chunks_count_as_others_do_and_what_is_too_much_for_one_address_is_refused() {
        EmbeddedChannel channel = connect();
        send(channel, post("Transfer-Encoding: chunked\r\n"));
        for (int i = 0; i < 20; i++) {
            send(channel, "2000\r\n" + "x".repeat(0x2000) + "\r\n");
        }

        assertEquals(List.of(ErrorCode.BUSY), refusals);
        assertTrue(received < MIB / 4 / 3 + 8_192, () -> "received " + received);
        assertTrue(said(channel).contains("onnection: close"));
        pass(channel, 6);
        assertFalse(channel.isOpen());
    }

    @Test
    void who_asks_for_no_further_request_may_read_the_answer_while_the_body_is_still_on_its_way() {
        EmbeddedChannel channel = connect();
        send(channel, post("Connection: close\r\nContent-Length: 200000\r\n") + "x".repeat(1_000));
        answer(channel, 401);
        // As Vert.x does.
        channel.pipeline().context("handler").close();
        assertTrue(channel.isOpen());
        send(channel, "x".repeat(100_000));
        assertEquals(1_000, received);
        pass(channel, 6);
        assertFalse(channel.isOpen());
    }

    @Test
    void a_body_that_came_whole_is_not_taken_for_the_beginning_of_the_next_head() {
        EmbeddedChannel channel = connect();
        send(channel, post("Content-Length: 60000\r\n") + "x\n".repeat(30_000));
        assertEquals(0, server.heads.taken());
        assertTrue(channel.isOpen());
        answer(channel, 200);
    }

    @Test
    void who_was_refused_in_the_middle_of_a_body_may_read_why_though_the_answer_ends_the_connection() {
        EmbeddedChannel channel = connect();
        send(channel, post("Connection: close\r\nContent-Length: 200000\r\n") + "x".repeat(100_000));
        assertEquals(List.of(ErrorCode.BUSY), refusals);
        channel.pipeline().context("handler").close();
        send(channel, "x".repeat(10_000));
        assertTrue(channel.isOpen());
        pass(channel, 6);
        assertFalse(channel.isOpen());
    }

    @Test
    void one_address_never_takes_what_others_need_and_small_bodies_always_fit() {
        Budget budget = new Budget(100, 40);
        AddressBlock one = block("192.0.2.1");
        AddressBlock other = block("192.0.2.2");
        assertTrue(budget.take(one, 40));
        assertFalse(budget.take(one, 1));
        assertTrue(budget.take(other, 40));
        assertFalse(budget.take(block("192.0.2.3"), 21));
        budget.give(one, 40);
        assertTrue(budget.take(one, 40));
        assertEquals(80, budget.taken());

        server.bodies.take(null, MIB);
        EmbeddedChannel channel = connect();
        send(channel, post("Content-Length: 3000\r\n") + "x".repeat(3_000));
        assertEquals(3_000, received);
        server.bodies.give(null, MIB);
    }

    @Test
    void an_ipv6_customer_is_one_however_many_addresses_they_use() {
        assertEquals(block("2001:db8:1:2::1"), block("2001:db8:1:2:ffff::7"));
        assertFalse(block("2001:db8:1:2::1").equals(block("2001:db8:1:3::1")));
        assertFalse(block("192.0.2.1").equals(block("192.0.2.2")));
        HeadCount streams = new HeadCount(3, 2);
        assertTrue(streams.enter(block("2001:db8::1")) && streams.enter(block("2001:db8::2")));
        assertFalse(streams.enter(block("2001:db8::3")));
        assertTrue(streams.enter(block("192.0.2.1")));
        assertFalse(streams.enter(block("192.0.2.2")));
        streams.leave(block("2001:db8::1"));
        assertTrue(streams.enter(block("192.0.2.2")));
        assertEquals(3, streams.count());
    }

    @Test
    void a_body_that_drips_is_refused_after_its_time_however_often_a_byte_comes() {
        EmbeddedChannel channel = connect();
        send(channel, post("Content-Length: 1000\r\n"));
        for (int i = 0; i < 4; i++) {
            send(channel, "x");
            pass(channel, 10);
        }
        pass(channel, 6);
        assertEquals(List.of(ErrorCode.REQUEST_TIMEOUT), refusals);
        assertFalse(channel.isOpen());
    }

    @Test
    void a_head_that_does_not_end_is_refused_in_json_and_so_is_one_behind_a_stream() {
        EmbeddedChannel channel = connect();
        send(channel, "GET /api/");
        for (int i = 0; i < 5; i++) {
            pass(channel, 5);
            send(channel, "a");
        }
        String said = said(channel);
        assertTrue(said.startsWith("HTTP/1.1 408 ") && said.contains("\"code\":\"solicitud_lenta\""), said);
        pass(channel, 6);
        assertFalse(channel.isOpen());

        EmbeddedChannel streaming = connect();
        send(streaming, "GET /vivo/ HTTP/1.1\r\nHost: x\r\n\r\nGET /");
        send(streaming, "a");
        pass(streaming, 30);
        assertFalse(streaming.isOpen());
    }

    @Test
    void who_says_nothing_for_a_minute_is_gone_and_who_waits_for_an_answer_stays() {
        EmbeddedChannel silent = connect();
        EmbeddedChannel waiting = connect();
        send(waiting, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        pass(silent, 65);
        pass(waiting, 300);
        assertFalse(silent.isOpen());
        assertTrue(waiting.isOpen());
    }

    @Test
    void a_head_of_thousands_of_tiny_headers_is_refused_once_they_fill_their_room() {
        List<EmbeddedChannel> hoarders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            EmbeddedChannel hoarder = connect();
            hoarders.add(hoarder);
            send(hoarder, "GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(1_000));
        }
        String said = said(hoarders.getLast());
        assertTrue(said.startsWith("HTTP/1.1 503 ") && said.contains("Retry-After: "), said);
    }

    @Test
    void what_never_becomes_a_request_is_refused_in_json() {
        for (var each : java.util.Map.of(
                        "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n",
                        414,
                        "GET / HTTP/1.1\r\nX: " + "a".repeat(30_000) + "\r\n\r\n",
                        431,
                        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                        400)
                .entrySet()) {
            EmbeddedChannel channel = connect();
            send(channel, each.getKey());
            String said = said(channel);
            assertTrue(
                    said.startsWith("HTTP/1.1 " + each.getValue() + " ")
                            && said.contains("application/json")
                            && said.contains("\"code\":"),
                    said);
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void nobody_queues_requests_without_end_behind_one_that_is_not_answered() {
        EmbeddedChannel channel = connect();
        send(channel, "GET /vivo/ HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40));
        assertFalse(channel.isOpen());
        assertEquals(16, ends);
    }

    @Test
    void a_body_after_the_answer_is_dropped_and_only_so_much_of_it() {
        EmbeddedChannel channel = connect();
        send(channel, post("Content-Length: 9000000\r\n") + "x");
        answer(channel, 413);
        for (int i = 0; i < 40; i++) {
            send(channel, "x".repeat(60_000));
        }
        assertEquals(1, received);
        assertFalse(channel.isOpen());

        EmbeddedChannel small = connect();
        send(small, post("Content-Length: 10000\r\n") + "x");
        answer(small, 401);
        send(small, "x".repeat(9_999));
        send(small, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(2, ends);
        assertTrue(small.isOpen());
    }

    @Test
    void a_connection_is_ended_though_its_reader_takes_nothing_and_one_that_broke_is_no_complaint() {
        EmbeddedChannel stalled = connect();
        takesNothing = true;
        ((Doorman) stalled.pipeline().get(Doorman.NAME)).close();
        stalled.runPendingTasks();
        assertFalse(stalled.isOpen());
        takesNothing = false;

        EmbeddedChannel broken = connect();
        broken.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        assertFalse(broken.isOpen());
        assertEquals(0, complaints);
        EmbeddedChannel faulty = connect();
        faulty.pipeline().fireExceptionCaught(new IllegalStateException("a fault of ours"));
        assertEquals(1, complaints);
    }

    @Test
    void who_comes_to_a_full_server_takes_the_place_of_the_one_who_keeps_it_waiting() {
        EmbeddedChannel silent = connect();
        EmbeddedChannel busy = connect();
        connect();
        send(busy, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertFalse(server.enter(new Doorman(server, new EmbeddedChannel())), "nobody has kept it waiting yet");
        pass(silent, 6);
        pass(busy, 6);
        connect();
        silent.runPendingTasks();
        assertFalse(silent.isOpen());
        assertTrue(busy.isOpen());
    }

    private static AddressBlock block(String address) {
        return AddressBlock.of(InetAddress.ofLiteral(address));
    }
}
