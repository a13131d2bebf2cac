package com.electroisla.command;

import com.electroisla.wiring.Shop;
import java.util.concurrent.CompletableFuture;

/** The HTTP side of this program, which only the server commands start. */
@FunctionalInterface
public interface HttpServer {
    /**
     * Serves until the process is told to end.
     *
     * @param shop the shop to serve; the port opens once it is complete, while the HTTP side starts in parallel
     * @param started runs once the port is open
     * @param stopped runs once, after the last request was answered, also when a signal ends the process; closes the
     *     shop's database
     * @return the exit code
     */
    int serve(String host, int port, CompletableFuture<Shop> shop, Runnable started, Runnable stopped);
}
