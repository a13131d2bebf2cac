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
 * The last words to a connection: what did not become a request is refused in the same form as everything else. Its sender gets a
 * moment to read it, since a socket that is closed with unread bytes takes the answer back.
 */
final class Farewell {
    private static final int MOMENT_SECONDS = 5;

    private Farewell() {}

    /** Says it and ends the connection. */
    static void say(Channel channel, Problem problem) {
        // From the head of the pipeline: the codec would take bytes for a mistake.
        channel.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(bytes(problem)));
        after(channel);
    }

    /** Ends the connection after what was written. */
    static void after(Channel channel) {
        channel.pipeline().firstContext().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (channel instanceof DuplexChannel both) {
                both.shutdownOutput();
            }
            // Whoever stopped reading does not want the rest; it has to be taken off the socket all the same.
            channel.config().setAutoRead(true);
        });
        // Past the doorman, who holds up everybody else's.
        channel.eventLoop().schedule(() -> channel.pipeline().firstContext().close(), MOMENT_SECONDS, TimeUnit.SECONDS);
    }

    private static byte[] bytes(Problem problem) {
        Answer answer = problem.answer(Language.SPANISH);
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(HttpResponseStatus.valueOf(answer.status())).append("\r\n")
                .append("Content-Type: ").append(Responses.JSON).append("\r\n")
                .append("X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCache-Control: no-store\r\nX-Request-Id: ")
                .append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())).append("\r\n");
        answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ").append(answer.body().length).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(answer.body());
        return whole.toByteArray();
    }
}
