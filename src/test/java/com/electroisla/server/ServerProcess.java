package com.electroisla.server;

import com.electroisla.accounts.MadeKeys;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The packaged program as a process of its own, with the options of {@code manage} and, after {@code ./manage test} has
 * made them, with its AOT caches: {@code runserver} on a free port, or a command.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Path APP = Path.of(System.getProperty("electro-isla.app", "target/quarkus-app"))
            .toAbsolutePath();
    private static final Pattern VARIABLE = Pattern.compile("(?m)^(\\w+)=\"(.*)\"$");
    private static final Pattern USE = Pattern.compile("\\$(\\w+)");
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
        boolean serves = arguments[0].equals("runserver") || arguments[0].equals("demo");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(optionsOfManage(serves ? "server_options" : "command_options"));
        Path cache = APP.resolve(serves ? "servidor.aot" : "comandos.aot");
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of(
                "-Delectro-isla.base=" + home.toAbsolutePath(),
                "-jar",
                APP.resolve("quarkus-run.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("ELECTRO_ISLA_") || name.equals("DATABASE_URL"));
        builder.environment()
                .put("ELECTRO_ISLA_HOME", home.resolve("var").toAbsolutePath().toString());
        builder.environment().put("ELECTRO_ISLA_PAGOS", "prueba");
        builder.environment().putAll(environment);
        Path shop = Path.of(builder.environment().get("ELECTRO_ISLA_HOME"));
        if (!environment.containsKey("DATABASE_URL")) {
            LinkedPrograms.into(shop);
        }
        // A key of its own costs a new process a second; the demo makes one all the same.
        if (arguments[0].equals("runserver")) {
            MadeKeys.into(shop.resolve("claves"));
        }
        return builder.start();
    }

    /** The JVM's options as {@code manage} has them: with others the JVM would not take the cache either. */
    private static List<String> optionsOfManage(String wanted) throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (MatchResult line :
                VARIABLE.matcher(Files.readString(Path.of("manage"))).results().toList()) {
            variables.put(
                    line.group(1),
                    USE.matcher(line.group(2))
                            .replaceAll(use -> Matcher.quoteReplacement(variables.getOrDefault(use.group(1), ""))));
        }
        return List.of(variables.get(wanted).split(" "));
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
