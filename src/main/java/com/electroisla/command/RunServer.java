package com.electroisla.command;

import com.electroisla.Shop;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.logs.LogFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/**
 * {@code runserver}. The database is attached and migrated on a thread of its own while the HTTP side gets ready; the port
 * opens when both are done, so whoever is answered is answered by a migrated database.
 */
final class RunServer implements ManageCommand {
    private static final int SERVER_CONNECTIONS = 20;
    private static final int OPENING_SECONDS = 10;

    @Parameters(arity = "0..1", paramLabel = "[DIRECCIÓN:]PUERTO", description = "Dónde escuchar [127.0.0.1:8000]")
    private @Nullable String listen;

    private volatile @Nullable OpenDatabase database;

    @Override
    public int run(Context context) {
        Address address = Address.parse(listen == null ? "127.0.0.1:8000" : listen);
        address.checkFree();
        CompletableFuture<Shop> shop = new CompletableFuture<>();
        Thread opening = Thread.ofPlatform().name("abrir-base-de-datos").start(() -> open(context, shop));
        context.out().println("Electro Isla se prepara en " + address.url() + " (Ctrl+C para parar)");
        return context.http().serve(
                address.host(),
                address.port(),
                shop,
                () -> started(context, address, shop.join()),
                () -> close(shop, opening));
    }

    private static void started(Context context, Address address, Shop shop) {
        shop.startBackgroundWork();
        context.out().println("Servidor en marcha: " + address.url());
    }

    /** A refusal ends the process here: the HTTP side is half way up on another thread, and would only add a stack trace. */
    private void open(Context context, CompletableFuture<Shop> shop) {
        try {
            OpenDatabase opened = OpenDatabase.open(context.settings(), SERVER_CONNECTIONS, context.err()::println);
            database = opened;
            Migrations migrations = new Migrations(opened.database());
            switch (migrations.upgradeForServer(context.out()::println)) {
                case MigrationOutcome.Done done -> {}
                case MigrationOutcome.Refused refused -> throw new CommandRefused(refused.reason());
            }
            migrations.uninitialisedHint().ifPresent(context.out()::println);
            LogFiles.start(context.settings().home());
            shop.complete(Shop.open(context.settings(), opened.database(), DatabaseClock.REAL));
        } catch (Throwable failure) {
            context.err().println(Failure.inOneLine(failure));
            closeDatabase();
            context.out().flush();
            context.err().flush();
            Runtime.getRuntime().halt(Manage.FAILED);
        }
    }

    private void close(CompletableFuture<Shop> shop, Thread opening) {
        try {
            shop.get(OPENING_SECONDS, TimeUnit.SECONDS).close();
        } catch (TimeoutException | ExecutionException | CompletionException neverOpened) {
            opening.interrupt();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closeDatabase();
        }
    }

    private void closeDatabase() {
        OpenDatabase opened = database;
        if (opened != null) {
            opened.close();
        }
    }

    /** Where to listen. */
    record Address(String host, int port) {
        static Address parse(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 1 && port <= 65_535 && !bare.isEmpty()) {
                    InetAddress.getByName(bare);
                    return new Address(bare, port);
                }
            } catch (NumberFormatException | UnknownHostException notAnAddress) {
                // named below
            }
            throw new WrongUsage("«" + text + "» no es PUERTO ni DIRECCIÓN:PUERTO, como 8000 o 127.0.0.1:8000");
        }

        void checkFree() {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, port));
            } catch (IOException taken) {
                throw new CommandRefused("No se puede escuchar en " + host + ":" + port
                        + "; ¿hay otro programa en ese puerto? Prueba con otro: ./manage runserver 8001");
            }
        }

        String url() {
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
        }
    }
}
