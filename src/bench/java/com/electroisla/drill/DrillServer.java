package com.electroisla.drill;

import com.electroisla.command.CommandRefused;
import com.electroisla.rig.Program;
import com.electroisla.rig.ThrowAwayFolder;
import com.electroisla.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One server of the drill, started again on its port whenever it dies. A thread of its own watches it. */
final class DrillServer implements AutoCloseable {
    /** A port below the range for outgoing connections, so that no buyer takes it while the server is down. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 32_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration WATCH_LIMIT = Duration.ofSeconds(5);
    private static final int LAST_LINES = 5;

    /** Shorter than usual: a buyer of the drill waits idly while a product is locked. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final ThrowAwayFolder home;
    private final Program program;
    private final Map<String, String> settings = new HashMap<>();
    private final Path output;
    private final Thread watch;
    private final AtomicInteger starts = new AtomicInteger();
    final int port;
    private volatile @Nullable Process process;
    private volatile boolean ready;
    private volatile boolean closing;

    DrillServer(ThrowAwayFolder home, int number, Program program, Duration timeToLive, Map<Setting, String> others) {
        this.home = home;
        this.program = program;
        settings.put(Setting.TIME_TO_LIVE.variable(), timeToLive.toString());
        settings.put(Setting.WAIT.variable(), LONGEST_WAIT.toString());
        others.forEach((setting, value) -> settings.put(setting.variable(), value));
        this.output = home.path().resolve("servidor-" + number + ".txt");
        this.port = freePort();
        this.watch = Thread.ofPlatform().daemon().name("servidor-" + number).unstarted(this::keepRunning);
    }

    void start() {
        watch.start();
    }

    /** Whether the server answered the last check. */
    boolean isReady() {
        return ready;
    }

    /** How often it was started. */
    int starts() {
        return starts.get();
    }

    /** The end of its processes' output. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException nothing) {
            return "";
        }
    }

    /** Kills the server with SIGKILL; false when it does not run. */
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
                    ready = program.answers(port) && running.isAlive();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            throw new CommandRefused("No se puede arrancar un servidor: " + failure.getMessage());
        }
    }

    private Optional<Process> launch() throws IOException {
        return home.start(program.server(home.path(), port, output, settings));
    }

    private static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // Taken by another process.
            }
        }
        throw new CommandRefused("No hay un puerto libre en esta máquina");
    }

    @Override
    public void close() {
        closing = true;
        watch.interrupt();
        Process running = process;
        if (running == null) {
            return;
        }
        Program.end(running);
        try {
            watch.join(WATCH_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
