package com.electroisla.server;

import com.electroisla.database.JdbcTarget;
import com.electroisla.database.embedded.LinkedPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged program as a process of its own: {@code runserver} on a free port, or a command. */
public final class ServerProcess implements AutoCloseable {
    private static final Path APP = Path.of(System.getProperty("electro-isla.app", "target/quarkus-app"));
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path output;
    public final int port;

    private ServerProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts a server and waits until it is ready. */
    public static ServerProcess start(Path home, Map<String, String> environment) throws IOException {
        return start(home, environment, "runserver", "");
    }

    /**
     * Starts a command that serves, and waits until it is ready.
     *
     * @param address the part before the port, such as {@code 127.0.0.1:}
     */
    static ServerProcess start(Path home, Map<String, String> environment, String command, String address)
            throws IOException {
        int port = freePort();
        Path output = Files.createDirectories(home).resolve("salida.txt");
        Process process = launch(home, environment, output, command, address + port);
        ServerProcess server = new ServerProcess(process, output, port);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(server::isReadyOrDead);
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended: " + server.output());
            }
        } catch (RuntimeException failure) {
            process.destroyForcibly();
            throw failure;
        }
        return server;
    }

    /** Runs a command to its end. */
    public static Finished run(Path home, Map<String, String> environment, String... arguments) throws Exception {
        return typing("", home, environment, arguments);
    }

    /** Runs a command to its end with this short text on its standard input. */
    public static Finished typing(String input, Path home, Map<String, String> environment, String... arguments)
            throws Exception {
        Path output = Files.createTempFile(Files.createDirectories(home), "salida", ".txt");
        Process process = launch(home, environment, output, arguments);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBefore) {
            // The process has ended; its exit code tells why.
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running: " + String.join(" ", arguments));
        }
        return new Finished(process.exitValue(), Files.readString(output));
    }

    /** @param output stdout and stderr in order */
    public record Finished(int exitCode, String output) {}

    /** The environment that makes a process use this database. */
    public static Map<String, String> on(JdbcTarget target) {
        String address = target.url().replaceFirst("^jdbc:postgresql://", "");
        return Map.of("DATABASE_URL", "postgresql://" + target.user() + ":" + target.password() + "@" + address);
    }

    private static Process launch(Path home, Map<String, String> environment, Path output, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Delectro-isla.base=" + home.toAbsolutePath(),
                "-cp",
                APP.resolve("quarkus-run.jar").toString(),
                "com.electroisla.Main"));
        if (!arguments[0].equals("runserver") && !arguments[0].equals("demo")) {
            // As in manage.
            command.add(1, "-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("ELECTRO_ISLA_") || name.equals("DATABASE_URL"));
        builder.environment()
                .put("ELECTRO_ISLA_HOME", home.resolve("var").toAbsolutePath().toString());
        builder.environment().putAll(environment);
        if (!environment.containsKey("DATABASE_URL")) {
            LinkedPrograms.into(Path.of(builder.environment().get("ELECTRO_ISLA_HOME")));
        }
        return builder.start();
    }

    private boolean isReadyOrDead() {
        if (!process.isAlive()) {
            return true;
        }
        try {
            return send("GET", "/health/ready", null, null).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** One request; the body is JSON. */
    public HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public Process process() {
        return process;
    }

    /** The process's output so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Ends the server by the signal that an operator sends. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not end by itself: " + output());
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
