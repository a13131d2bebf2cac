package com.electroisla.http.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** The connection that a request came by. */
public final class Link {
    private Link() {}

    /**
     * Ends it at once, from any thread, whatever of an answer still waits to be fetched. Vert.x's own {@code close}, which answers a channel's
     * {@code close} as well, waits until the reader has taken that: one who takes nothing would keep the connection.
     */
    public static void cut(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        } else {
            request.connection().close();
        }
    }
}
