package com.electroisla.http.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** The connection that a request came by. */
public final class Link {
    private Link() {}

    /**
     * Closes the connection at once, from any thread, even with unread parts of an answer. Vert.x's own {@code close},
     * and a channel's {@code close} too, wait until the client has read that: a client that does not read would keep
     * the connection.
     */
    public static void cut(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        } else {
            request.connection().close();
        }
    }
}
