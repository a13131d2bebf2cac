package com.electroisla.launcher;

import com.electroisla.demo.DemoUser;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final String SKIP = "ELECTRO_ISLA_SIN_AOT";
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final Path app;
    private final Path throwAway;
    private final PrintStream messages;

    Training(Path base, Path app, PrintStream messages) {
        this.app = app;
        this.throwAway = base.resolve("build").resolve("entrenamiento");
        this.messages = messages;
    }

    void run(List<String> commandOptions, List<String> serverOptions) throws IOException, InterruptedException {
        if (System.getenv(SKIP) != null) {
            return;
        }
        messages.println("  preparando el arranque rápido");
        Process server = null;
        try {
            prepare();
            int port = freePort();
            server = start(serverOptions, "servidor", "demo", Integer.toString(port));
            Requests requests = new Requests(port, server);
            requests.waitUntilReady();
            finish(start(commandOptions, "comandos", "liberar_reservas_expiradas", "--verbose"), COMMAND);
            requests.everydayOnes();
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
        line.addAll(List.of("-cp", app.resolve("quarkus-run.jar").toString(), "com.electroisla.Main"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("DATABASE_URL")
                        || name.startsWith("ELECTRO_ISLA_")
                        || name.startsWith("QUARKUS_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS"));
        builder.redirectOutput(app.resolve(cache + ".log").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
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

    /** A buyer's requests on an ordinary day, sent to the training server. */
    private static final class Requests {
        private static final String LOGIN = "{\"username\": \"" + DemoUser.COMPRADOR.username() + "\", \"password\": \""
                + DemoUser.PASSWORD + "\"}";
        private static final int ROUNDS = 3;

        private final String address;
        private final Process server;
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST)
                .build();
        private String token = "";

        Requests(int port, Process server) {
            this.address = "http://127.0.0.1:" + port;
            this.server = server;
        }

        void waitUntilReady() throws InterruptedException {
            long deadline = System.nanoTime() + SERVER_START.toNanos();
            while (!isReady()) {
                if (!server.isAlive()) {
                    throw new LauncherFailure("el servidor de ensayo terminó con código " + server.exitValue());
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new LauncherFailure(
                            "el servidor de ensayo no respondió en " + SERVER_START.toSeconds() + " s");
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }

        private boolean isReady() throws InterruptedException {
            try {
                return send("GET", "/health/ready", "").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        /** Sends as many as succeed: an incomplete training is better than none. */
        void everydayOnes() throws InterruptedException {
            try {
                sendEverydayOnes();
            } catch (IOException slowOrGone) {
                // Whether there is a cache is seen when the server ends.
            }
        }

        private void sendEverydayOnes() throws IOException, InterruptedException {
            Matcher answer = TOKEN.matcher(send("POST", "/api/login/", LOGIN).body());
            if (answer.find()) {
                token = answer.group(1);
            }
            for (int i = 0; i < ROUNDS; i++) {
                send("GET", "/api/productos/?search=a", "");
                send("GET", "/api/productos/1/", "");
                send("POST", "/api/carrito/agregar/", "{\"product_id\": 1, \"quantity\": 2}");
                send("GET", "/api/carrito/", "");
                send("POST", "/api/carrito/checkout/", "");
                send("GET", "/api/reservas/", "");
                send(
                        "POST",
                        "/api/pedidos/",
                        "{\"metodo_pago\": \"tarjeta\", \"direccion_entrega\": \"Calle 1\", "
                                + "\"telefono\": \"3000000000\", \"notas\": \"\"}");
                send("GET", "/api/pedidos/", "");
                send("GET", "/no-existe/", "");
            }
        }

        private HttpResponse<String> send(String method, String path, String body)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(REQUEST)
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
