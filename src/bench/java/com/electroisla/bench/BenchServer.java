package com.electroisla.bench;

import com.electroisla.command.CommandRefused;
import com.electroisla.database.JdbcTarget;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program, {@code runserver}, as a process of its own with the options of production, on this machine's own
 * address only. It shares nothing with the operator's: not the home, not the database, not the environment's settings.
 */
final class BenchServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final int LONGEST_STOP_SECONDS = 30;
    private static final String BASE_OPTION = "-Delectro-isla.base=";
    private static final String OPTIONS = System.getProperty("electro-isla.server-options",
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final Path output;
    final int port;

    private BenchServer(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param home a folder of its own for each instance; made when missing
     */
    static BenchServer start(JdbcTarget target, Path home) throws IOException, InterruptedException {
        int port = freePort();
        Path output = Files.createDirectories(home).resolve("salida.txt");
        var server = new BenchServer(launch(target, home, output, port), output, port);
        try {
            server.waitUntilReady();
            return server;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private static Process launch(JdbcTarget target, Path home, Path output, int port) throws IOException {
        Path app = Path.of(System.getProperty("electro-isla.app", "target/quarkus-app")).toAbsolutePath();
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(List.of(OPTIONS.split(" ")));
        Path cache = app.resolve("servidor.aot");
        if (Files.exists(cache)) {
            line.add("-XX:AOTCache=" + cache);
        }
        line.addAll(List.of(BASE_OPTION + home, "-cp", app.resolve("quarkus-run.jar").toString(), "com.electroisla.Main", "runserver", "127.0.0.1:" + port));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("ELECTRO_ISLA_") || name.startsWith("QUARKUS_") || name.equals("DATABASE_URL"));
        environment.put("ELECTRO_ISLA_HOME", home.resolve("var").toString());
        environment.put("DATABASE_URL", "postgresql://" + target.user() + ":" + target.password() + "@" + target.url().replaceFirst("^jdbc:postgresql://", ""));
        // One buyer buys as fast as the machine can: the hourly limit would be all that is measured.
        environment.put("ELECTRO_ISLA_LIMITE_AGREGAR", "off");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Ends the servers that a killed benchmark left running on this home. */
    static void endLeftovers(Path home) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().filter(line -> line.contains(BASE_OPTION + home + "/")).isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private void waitUntilReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new CommandRefused("El servidor del banco de pruebas no arranca: " + Files.readString(output).strip());
            }
            process.waitFor(BETWEEN_TRIES);
        }
    }

    private boolean isReady() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends it as an operator would, and after half a minute by force. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
