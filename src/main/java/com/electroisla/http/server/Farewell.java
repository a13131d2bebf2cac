package com.electroisla.http.server;

import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The last answer on a connection: input that did not become a request is refused in the same form as everything else.
 * Its sender gets a moment to read it, since closing a socket with unread bytes destroys the answer.
 */
final class Farewell {
    private static final int MOMENT_SECONDS = 5;

    private Farewell() {}

    /** Sends the answer and ends the connection. */
    static void say(Channel channel, Problem problem) {
        // Written at the head of the pipeline: the codec would refuse plain bytes.
        channel.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(bytes(problem)));
        after(channel);
    }

    /** Ends the connection after the last write. */
    static void after(Channel channel) {
        channel.pipeline().firstContext().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (channel instanceof DuplexChannel both) {
                both.shutdownOutput();
            }
            // Reading goes on although the rest of the input is unwanted: its bytes have to be taken off the socket.
            channel.config().setAutoRead(true);
        });
        // Closes past the doorman, which delays every other close.
        channel.eventLoop().schedule(() -> channel.pipeline().firstContext().close(), MOMENT_SECONDS, TimeUnit.SECONDS);
    }

    private static byte[] bytes(Problem problem) {
        Answer answer = problem.answer(Language.SPANISH);
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(HttpResponseStatus.valueOf(answer.status()))
                .append("\r\n")
                .append("Content-Type: ")
                .append(Responses.JSON)
                .append("\r\n")
                .append("X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCache-Control: "
                        + "no-store\r\nX-Request-Id: ")
                .append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()))
                .append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ")
                .append(answer.body().length)
                .append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(answer.body());
        return whole.toByteArray();
    }
}
