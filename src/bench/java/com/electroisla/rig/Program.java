package com.electroisla.rig;

import com.electroisla.command.CommandRefused;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program as a server on this machine's own address, with the options of production and those of
 * {@link #with}. The server shares nothing with the operator's: not the home, not the database, not the environment's
 * settings.
 */
public final class Program {
    /** Signs the events of payments, in which nobody pays anything. */
    public static final String EVENT_SECRET = "nadie_paga_nada_aqui";

    /** The options of {@code manage}, which passes its own on. */
    private static final String OPTIONS = "-XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED";

    private static final String BASE_OPTION = "-Delectro-isla.base=";
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final File NOTHING = new File("/dev/null");

    private final Path app;
    private final List<String> options;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LOOK_LIMIT)
            .build();

    private Program(Path app, List<String> options) {
        this.app = app;
        this.options = options;
    }

    /** @throws CommandRefused when it has not been built */
    public static Program packaged() {
        Path app = Path.of(System.getProperty("electro-isla.app", "target/quarkus-app"))
                .toAbsolutePath();
        if (!Files.exists(app.resolve("quarkus-run.jar"))) {
            throw new CommandRefused("Falta el programa construido en " + app);
        }
        return new Program(
                app,
                List.of(System.getProperty("electro-isla.server-options", OPTIONS)
                        .split(" ")));
    }

    /** With further options for the JVM; a later one overrides an earlier. */
    public Program with(String... more) {
        return new Program(app, Stream.concat(options.stream(), Stream.of(more)).toList());
    }

    /**
     * The command that starts a server.
     *
     * @param base a {@link ThrowAwayFolder} or a folder in one; the server's home is {@code var} in it
     * @param output the file to which its output is appended
     * @param settings further settings for its environment
     */
    public ProcessBuilder server(Path base, int port, Path output, Map<String, String> settings) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), BASE_OPTION + base));
        line.addAll(options);
        Path cache = app.resolve("servidor.aot");
        if (Files.exists(cache)) {
            line.add("-XX:AOTCache=" + cache);
        }
        line.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString(), "runserver", "127.0.0.1:" + port));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectInput(NOTHING);
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name ->
                        name.equals("DATABASE_URL") || name.startsWith("ELECTRO_ISLA_") || name.startsWith("QUARKUS_"));
        environment.put("ELECTRO_ISLA_HOME", base.resolve("var").toString());
        // A simulated buyer buys as fast as the machine can: the hourly limit would stop it at once.
        environment.put("ELECTRO_ISLA_LIMITE_AGREGAR", "off");
        environment.put("ELECTRO_ISLA_PAGOS", "prueba");
        environment.put("ELECTRO_ISLA_PRUEBA_SECRETO_EVENTOS", EVENT_SECRET);
        environment.putAll(settings);
        return builder;
    }

    /** Whether a process is a server that was started for this folder or one in it. */
    static boolean isServerIn(Path folder, ProcessHandle process) {
        String option = BASE_OPTION + folder;
        return process.info()
                .commandLine()
                .filter(line -> line.contains(option + " ") || line.contains(option + "/"))
                .isPresent();
    }

    /** Whether a server is ready on this port. */
    public boolean answers(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(LOOK_LIMIT)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends a server as an operator would: it finishes the requests it accepted. After a minute it is killed. */
    public static void end(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
