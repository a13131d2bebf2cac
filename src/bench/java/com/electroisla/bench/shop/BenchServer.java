package com.electroisla.bench.shop;

import com.electroisla.command.CommandRefused;
import com.electroisla.database.JdbcTarget;
import com.electroisla.rig.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A server of the benchmark: started once, on the benchmark's database. */
public final class BenchServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private static final Map<String, String> NO_TRIGGERS = Map.of("ELECTRO_ISLA_SIN_DISPARADORES", "si");

    private final Process process;
    public final int port;

    private BenchServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one and waits until it is ready. Its engine's connections fire no triggers.
     *
     * @param home a folder of its own for each instance; made when missing
     */
    public static BenchServer start(JdbcTarget target, Path home) throws IOException, InterruptedException {
        return start(likeAfterADay(), target, home, NO_TRIGGERS);
    }

    /** The same with the options of production: the server compiles as an operator's does. */
    public static BenchServer startNew(JdbcTarget target, Path home) throws IOException, InterruptedException {
        return start(Program.packaged(), target, home, NO_TRIGGERS);
    }

    /** Starts one with no setting but the database's address, as an operator does. */
    public static BenchServer startAsDeployed(JdbcTarget target, Path home) throws IOException, InterruptedException {
        return start(likeAfterADay(), target, home, Map.of());
    }

    /** The program whose warm-up compiles what a server compiles in its first day. */
    private static Program likeAfterADay() {
        return Program.packaged().with("-XX:CompileThresholdScaling=1");
    }

    private static BenchServer start(Program program, JdbcTarget target, Path home, Map<String, String> more)
            throws IOException, InterruptedException {
        int port = freePort();
        Path output = Files.createDirectories(home).resolve("salida.txt");
        String database = "postgresql://" + target.user() + ":" + target.password() + "@"
                + target.url().replaceFirst("^jdbc:postgresql://", "");
        Map<String, String> settings = new HashMap<>(more);
        settings.put("DATABASE_URL", database);
        var server =
                new BenchServer(program.server(home, port, output, settings).start(), port);
        try {
            server.waitUntilReady(program, output);
            return server;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private void waitUntilReady(Program program, Path output) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!program.answers(port)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new CommandRefused("El servidor del banco de pruebas no arranca: "
                        + Files.readString(output).strip());
            }
            process.waitFor(BETWEEN_TRIES);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        Program.end(process);
    }
}
