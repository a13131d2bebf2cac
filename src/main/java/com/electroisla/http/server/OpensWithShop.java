package com.electroisla.http.server;

import com.electroisla.logs.HarmlessConsole;
import com.electroisla.wiring.RunningServer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;

/**
 * Keeps the port closed until the shop is open. Quarkus opens its socket after the last observer of its start, so no
 * request meets a database that is still being migrated. The console is made harmless before the first request.
 */
final class OpensWithShop {
    void awaitShop(@Observes StartupEvent start) {
        HarmlessConsole.guard();
        // A test starts the HTTP side first and adds its shop later.
        if (RunningServer.isNamed()) {
            RunningServer.awaitOpen();
        }
    }
}
