package com.electroisla.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT caches ({@code comandos.aot}, {@code servidor.aot}) of a new build by running it once on a demo shop
 * of its own: the program starts two to three times as fast with them. The program also runs without them, so no
 * failure here fails the build.
 *
 * <p>Invariant: a training run has no access to the operator's data. Its home, its database and the folder where it
 * looks for {@code .env} are throw-away, and the environment's settings are taken from it.
 */
final class Training {
    private static final Duration SERVER_START = Duration.ofSeconds(120);
    private static final Duration SERVER_STOP = Duration.ofSeconds(120);
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final String SKIP = "ELECTRO_ISLA_SIN_AOT";

    /** The few seconds of a training are a day's worth of calls to the compiler. */
    private static final String COMPILE_EARLY = "-XX:CompileThresholdScaling=0.5";

    private final Path app;
    private final Path throwAway;
    private final PrintStream messages;

    Training(Path base, Path app, PrintStream messages) {
        this.app = app;
        this.throwAway = base.resolve("build").resolve("entrenamiento");
        this.messages = messages;
    }

    /** @param rush how long the server's buyers press; its profiles are as good as that is long */
    void run(List<String> commandOptions, List<String> serverOptions, Duration rush)
            throws IOException, InterruptedException {
        if (System.getenv(SKIP) != null) {
            return;
        }
        messages.println("  preparando el arranque rápido");
        Process server = null;
        try {
            prepare();
            int port = freePort();
            List<String> options = new ArrayList<>(serverOptions);
            options.add(COMPILE_EARLY);
            server = start(options, "servidor", "demo", Integer.toString(port));
            waitUntilReady(port, server);
            finish(start(commandOptions, "comandos", "liberar_reservas_expiradas", "--verbose"), COMMAND);
            new TrainingRush(port, rush).run();
            server.destroy();
            finish(server, SERVER_STOP);
        } catch (IOException | LauncherFailure failure) {
            messages.println(
                    "  (sin arranque rápido: " + failure.getMessage() + "; todo funciona, pero arranca más despacio)");
        } finally {
            if (server != null && server.isAlive()) {
                stop(server);
            }
            leaveOnlyWholeCaches();
            removeThrowAway();
        }
    }

    private void prepare() throws IOException {
        if (Files.exists(throwAway)) {
            Build.delete(throwAway);
        }
        Files.createDirectories(throwAway);
    }

    /** Starts the program with its usual options, so that the JVM will accept the cache, and records one. */
    private Process start(List<String> options, String cache, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add("-XX:AOTCacheOutput=" + app.resolve(cache + ".aot"));
        line.add("-Delectro-isla.base=" + throwAway);
        line.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("DATABASE_URL")
                        || name.startsWith("ELECTRO_ISLA_")
                        || name.startsWith("QUARKUS_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS"));
        // A buyer of the training comes back far more often than the limit allows.
        builder.environment().put("ELECTRO_ISLA_LIMITE_AGREGAR", "off");
        builder.redirectOutput(app.resolve(cache + ".log").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static void waitUntilReady(int port, Process server) throws InterruptedException {
        long deadline = System.nanoTime() + SERVER_START.toNanos();
        while (!isReady(port)) {
            if (!server.isAlive()) {
                throw new LauncherFailure("el servidor de ensayo terminó con código " + server.exitValue());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LauncherFailure("el servidor de ensayo no respondió en " + SERVER_START.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    private static boolean isReady(int port) {
        try (TrainingLine line = new TrainingLine(port)) {
            return line.send("GET", "/health/ready", "", "").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void finish(Process process, Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            stop(process);
            throw new LauncherFailure("el ensayo no terminó en " + limit.toSeconds() + " s");
        }
    }

    /** Stops the process and its children: the JVM assembles a cache in a child process. */
    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** Deletes incomplete caches, which the JVM would refuse at each start. */
    private void leaveOnlyWholeCaches() throws IOException {
        for (String cache : List.of("comandos", "servidor")) {
            Path log = app.resolve(cache + ".log");
            boolean whole = Files.exists(log) && Files.readString(log).contains("AOTCache creation is complete");
            if (!whole) {
                Files.deleteIfExists(app.resolve(cache + ".aot"));
            }
            Files.deleteIfExists(app.resolve(cache + ".aot.config"));
        }
    }

    private void removeThrowAway() {
        try {
            Build.delete(throwAway);
        } catch (IOException later) {
            // The next build deletes it.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
