package com.electroisla.command;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.demo.DemoShop;
import com.electroisla.logs.LogFiles;
import com.electroisla.settings.ListenAddress;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the shop over HTTP, for the commands that do. The database is attached and migrated on a thread of its own
 * while the HTTP side gets ready; the port opens when both are done, so every request meets a migrated database.
 *
 * <p>Invariant: a demo database, whose passwords everybody knows, is served on loopback only.
 */
final class Serving {
    private static final int SERVER_CONNECTIONS = 20;
    private static final int OPENING_SECONDS = 10;

    private final Context context;
    private final ServerAddress address;
    private final Consumer<Shop> prepare;
    private final Consumer<Shop> afterStart;

    private volatile @Nullable OpenDatabase database;
    private volatile @Nullable DatabaseWatch watch;

    /**
     * @param prepare runs on the migrated database before the port opens; a {@link CommandRefused} ends the command
     * @param afterStart runs once requests are answered
     */
    Serving(Context context, ServerAddress address, Consumer<Shop> prepare, Consumer<Shop> afterStart) {
        this.context = context;
        this.address = address;
        this.prepare = prepare;
        this.afterStart = afterStart;
    }

    int run() {
        address.checkFree();
        context.settings().management().ifPresent(this::checkFree);
        CompletableFuture<Shop> shop = new CompletableFuture<>();
        Thread opening = Thread.ofPlatform().name("abrir-base-de-datos").start(() -> open(shop));
        context.out().println("Electro Isla se prepara en " + address.url() + " (Ctrl+C para parar)");
        return context.http()
                .serve(address.host(), address.port(), shop, () -> started(shop.join()), () -> close(shop, opening));
    }

    /**
     * Checks that the ports are free. Only the default address may move to another port: a configured one must be
     * where the operator expects it.
     */
    private void checkFree(ListenAddress management) {
        if (management.port() == address.port()) {
            throw new CommandRefused(Setting.MANAGEMENT.variable() + " nombra el puerto de la tienda, " + address.port()
                    + ": pon otro.");
        }
        try {
            new ServerAddress(management.host(), management.port()).checkFree();
        } catch (CommandRefused taken) {
            throw new CommandRefused("No se puede escuchar en " + management + ", que nombra "
                    + Setting.MANAGEMENT.variable() + "; ¿hay otro programa en ese puerto?");
        }
    }

    private void started(Shop shop) {
        shop.startBackgroundWork();
        context.out()
                .println(RunningServer.operatorsPort()
                        .map(management -> "Métricas y salud, para el operador: http://" + management + "/")
                        .orElse("Sin métricas ni salud en detalle: los puertos 127.0.0.1:9000 a 9019 están ocupados ("
                                + Setting.MANAGEMENT.variable() + " nombra otro)."));
        context.out().println("Servidor en marcha: " + address.url());
        afterStart.accept(shop);
    }

    /**
     * Ends the process here after a refusal: the HTTP side is still starting on another thread, and would only add a
     * stack trace.
     */
    private void open(CompletableFuture<Shop> shop) {
        try {
            OpenDatabase opened = OpenDatabase.open(
                    context.settings(), SERVER_CONNECTIONS, Database.Purpose.SERVER, context.err()::println);
            database = opened;
            migrate(opened.database().target());
            LogFiles.start(context.settings().home());
            if (opened.embedded() != null) {
                watch = new DatabaseWatch(
                        opened.database(),
                        opened.embedded(),
                        () -> Thread.ofPlatform().start(() -> System.exit(Manage.FAILED)));
                watch.start();
            }
            Shop prepared = Shop.open(context.settings(), opened.database(), DatabaseClock.REAL);
            prepare.accept(prepared);
            refuseDemoToOthers(opened);
            // Opened before the port is: the event loop asks for it, and must not wait while it asks the database.
            prepared.reservations();
            prepared.carts();
            shop.complete(prepared);
        } catch (Throwable failure) {
            context.err().println(Failure.inOneLine(failure));
            closeDatabase();
            context.out().flush();
            context.err().flush();
            Runtime.getRuntime().halt(Manage.FAILED);
        }
    }

    /** Migrates on connections of its own, whose statements may take as long as a large shop needs. */
    private void migrate(JdbcTarget target) {
        try (Database patient = new Database(target, 2)) {
            Migrations migrations = new Migrations(patient).tellingProgressTo(context.err()::println);
            switch (migrations.upgradeForServer(context.out()::println)) {
                case MigrationOutcome.Done done -> {}
                case MigrationOutcome.Refused refused -> throw new CommandRefused(refused.reason());
            }
            migrations.strangersHint().ifPresent(context.out()::println);
            migrations.uninitialisedHint().ifPresent(context.out()::println);
        }
    }

    private void refuseDemoToOthers(OpenDatabase opened) {
        if (!address.isLoopback() && opened.database().read(DemoShop::isDemo)) {
            throw new CommandRefused("Esta base de datos es la demo, con contraseñas que todos conocen: solo se "
                    + "sirve en 127.0.0.1.");
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
        DatabaseWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        OpenDatabase opened = database;
        if (opened != null) {
            opened.close();
        }
    }
}
