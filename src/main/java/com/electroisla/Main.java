package com.electroisla;

import com.electroisla.command.Context.Terminal;
import com.electroisla.command.HarmlessOutput;
import com.electroisla.command.Manage;
import com.electroisla.command.ServingFailed;
import com.electroisla.http.server.Door;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The entry point of every process. A command runs without Quarkus; a command that serves calls {@link #serve}, the
 * one place that starts it.
 */
@QuarkusMain
public final class Main {
    private static final String BASE = "electro-isla.base";

    /** The commands that start Quarkus. */
    private static final Set<String> SERVING = Set.of("runserver", "demo");

    private static final Duration STOPPING = Duration.ofSeconds(15);

    private static Runnable started = () -> {};

    private Main() {}

    public static void main(String... args) {
        // Set before the first log record: Quarkus' log manager is on the class path, and complains on stderr when it
        // comes second.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        // Set before Netty is loaded, which reads it once.
        System.setProperty(Door.PROPERTY, "serviceload");
        if (args.length > 0 && SERVING.contains(args[0])) {
            // Until Quarkus has read its own levels every record counts, and a start that fails early would show the
            // driver's details, with stack traces.
            Logger.getLogger("").setLevel(Level.INFO);
            Thread.ofPlatform().daemon().name("preparar-http").start(Main::prepareHttp);
        }
        Terminal terminal =
                new Terminal(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), System.getenv());
        System.setOut(HarmlessOutput.ofLines(terminal.out()));
        System.setErr(HarmlessOutput.ofLines(terminal.err()));
        int code = new Manage(Path.of(System.getProperty(BASE, "")), terminal, Main::serve, Commands.ALL).run(args);
        System.out.flush();
        terminal.out().flush();
        System.exit(code);
    }

    /**
     * Runs the part of Quarkus' start that depends on no setting (its static initialisation) while the arguments are
     * read, on a second processor: it is a third of the start. If it fails, the start itself reports why.
     */
    private static void prepareHttp() {
        // http.server.RequestFrame makes the same check and answers in the contract's form, not with a bare status.
        System.setProperty("vertx.disableURIValidation", "true");
        try {
            Class.forName("io.quarkus.runner.ApplicationImpl");
        } catch (ClassNotFoundException | LinkageError saidByTheStart) {
            // A failure costs only the head start.
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** See {@link com.electroisla.command.HttpServer}. */
    private static int serve(
            String host, int port, CompletableFuture<Shop> shop, Runnable whenStarted, Runnable whenStopped) {
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", Integer.toString(port));
        RunningServer.startWhen(shop);
        started = whenStarted;

        // Main and the hook both come here when a signal ends the process: the second waits until the first is
        // through, since the process ends when the hook returns.
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable stopOnce = () -> {
            synchronized (stopped) {
                if (stopped.compareAndSet(false, true)) {
                    whenStopped.run();
                }
            }
        };
        // Hooks run concurrently: Quarkus' own stops the HTTP side, and this one waits for that before it closes the
        // database.
        Thread hook = new Thread(
                () -> {
                    awaitHttpStopped();
                    stopOnce.run();
                },
                "cerrar-base-de-datos");
        Runtime.getRuntime().addShutdownHook(hook);

        AtomicInteger code = new AtomicInteger();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Quarkus.run(Served.class, (exitCode, failure) -> {
            code.set(exitCode);
            failed.set(failure);
        });
        stopOnce.run();
        if (failed.get() != null) {
            throw new ServingFailed(failed.get());
        }
        return code.get();
    }

    private static void awaitHttpStopped() {
        Application application = Application.currentApplication();
        if (application == null) {
            return;
        }
        Thread waiting = Thread.ofVirtual().start(application::awaitShutdown);
        try {
            waiting.join(STOPPING);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work of Quarkus between its start and its stop. */
    public static final class Served implements QuarkusApplication {
        @Override
        public int run(String... args) {
            started.run();
            Quarkus.waitForExit();
            return 0;
        }
    }
}
