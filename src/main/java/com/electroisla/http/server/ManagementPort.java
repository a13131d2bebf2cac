package com.electroisla.http.server;

import com.electroisla.settings.ListenAddress;
import com.electroisla.wiring.RunningServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The operator's port: Quarkus' metrics and health in detail, which no buyer may see. Quarkus makes the routes, and
 * its own socket for them is off (application.properties): it fails the start when a port is taken, and speaks HTTP/2
 * without TLS.
 *
 * <p>A configured address is used or the start fails; only the default moves to the next free port, by opening it, so
 * that two servers that start at once never take the same one.
 */
@Singleton
final class ManagementPort {
    static final int FIRST = 9_000;
    static final int LAST = 9_019;
    private static final String LOOPBACK = "127.0.0.1";
    private static final int IDLE_SECONDS = 60;

    private @Nullable Handler<HttpServerRequest> routes;
    private @Nullable HttpServer server;

    void collect(@Observes ManagementInterface management) {
        routes = HttpServerCommonHandlers.enforceDuplicatedContext(management.router(), false);
    }

    void open(@Observes StartupEvent start, Vertx vertx, @ConfigProperty(name = "quarkus.http.port") int publicPort) {
        // A test starts the HTTP side before it has a shop, and takes any port.
        Optional<ListenAddress> wanted = RunningServer.isNamed()
                ? RunningServer.settings().management()
                : Optional.of(new ListenAddress(LOOPBACK, 0));
        if (wanted.isPresent()) {
            if (!listens(vertx, wanted.get())) {
                throw new IllegalStateException(
                        "No se puede escuchar en " + wanted.get() + "; ¿hay otro programa en ese puerto?");
            }
            return;
        }
        for (int port = FIRST; port <= LAST; port++) {
            if (port != publicPort && listens(vertx, new ListenAddress(LOOPBACK, port))) {
                return;
            }
        }
    }

    void close(@Observes ShutdownEvent end) {
        if (server != null) {
            server.close();
        }
    }

    private boolean listens(Vertx vertx, ListenAddress address) {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        try {
            HttpServer opened = vertx.createHttpServer(options)
                    .requestHandler(routes)
                    .listen(address.port(), address.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            server = opened;
            RunningServer.listensForTheOperator(new ListenAddress(address.host(), opened.actualPort()));
            return true;
        } catch (CompletionException taken) {
            return false;
        }
    }
}
