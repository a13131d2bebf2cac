package com.electroisla.drill;

import com.electroisla.command.CommandRefused;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One server of the drill: the packaged program in a process of its own, started again on its port as often as it dies.
 * A thread of its own watches it.
 */
final class DrillServer implements AutoCloseable {
    /** Below the ports that outgoing connections get, so that no buyer takes it while the server is down. */
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private static final int LAST_LINES = 5;
    private static final File NOTHING = new File("/dev/null");

    private final DrillHome home;
    private final List<String> options;
    private final Path app;
    private final Duration timeToLive;
    private final Path output;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LOOK_LIMIT).build();
    private final Thread watch;
    private final AtomicInteger starts = new AtomicInteger();
    final int port;
    private volatile @Nullable Process process;
    private volatile boolean ready;
    private volatile boolean closing;

    /**
     * @param app the folder of the packaged program
     * @param options of the JVM
     */
    DrillServer(DrillHome home, int number, Path app, List<String> options, Duration timeToLive) {
        this.home = home;
        this.app = app;
        this.options = options;
        this.timeToLive = timeToLive;
        this.output = home.folder().resolve("servidor-" + number + ".txt");
        this.port = freePort();
        this.watch = Thread.ofPlatform().daemon().name("servidor-" + number).unstarted(this::keepRunning);
    }

    void start() {
        watch.start();
    }

    /** Whether it answers, as far as the last look tells. */
    boolean isReady() {
        return ready;
    }

    /** How often it was started. */
    int starts() {
        return starts.get();
    }

    /** The end of what its processes have printed. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException nothing) {
            return "";
        }
    }

    /** {@code kill -9}; false when it does not run. */
    boolean kill() {
        Process running = process;
        ready = false;
        return running != null && running.isAlive() && running.toHandle().destroyForcibly();
    }

    private void keepRunning() {
        try {
            while (!closing) {
                Process running = process;
                if (running == null || !running.isAlive()) {
                    ready = false;
                    Optional<Process> next = launch();
                    if (next.isEmpty()) {
                        return;
                    }
                    process = next.get();
                    starts.incrementAndGet();
                } else if (running.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                } else if (!ready) {
                    ready = answers() && running.isAlive();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            throw new CommandRefused("No se puede arrancar un servidor: " + failure.getMessage());
        }
    }

    private Optional<Process> launch() throws IOException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), home.mark()));
        line.addAll(options);
        Path cache = app.resolve("servidor.aot");
        if (Files.exists(cache)) {
            line.add("-XX:AOTCache=" + cache);
        }
        line.addAll(List.of("-cp", app.resolve("quarkus-run.jar").toString(), "com.electroisla.Main", "runserver", "127.0.0.1:" + port));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())).redirectInput(NOTHING);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.equals("DATABASE_URL") || name.startsWith("ELECTRO_ISLA_") || name.startsWith("QUARKUS_"));
        environment.put("ELECTRO_ISLA_HOME", home.shop().toString());
        environment.put("ELECTRO_ISLA_LIMITE_AGREGAR", "off");
        environment.put("ELECTRO_ISLA_TTL", timeToLive.toString());
        return home.start(builder);
    }

    private boolean answers() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).timeout(LOOK_LIMIT).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // another one
            }
        }
        throw new CommandRefused("No hay un puerto libre en esta máquina");
    }

    /** Ends it as an operator would; what it accepted it still finishes. */
    @Override
    public void close() {
        closing = true;
        watch.interrupt();
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            watch.join(STOP_LIMIT);
            if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
