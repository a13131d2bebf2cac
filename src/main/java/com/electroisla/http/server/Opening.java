package com.electroisla.http.server;

import com.electroisla.RunningServer;
import com.electroisla.logs.HarmlessConsole;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;

/**
 * Holds the port shut until the shop is open. Quarkus opens its socket after the last observer of its start, so nobody is
 * answered by a database whose migrations are still under way. Before the first of them comes, the console is made harmless.
 */
final class Opening {
    void awaitShop(@Observes StartupEvent start) {
        HarmlessConsole.guard();
        // A test boots the HTTP side first and brings its shop later.
        if (RunningServer.isNamed()) {
            RunningServer.shop();
        }
    }
}
