package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.database.MigratedDatabase;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged server's port for metrics, and its line about it. */
class ManagementPortProcessIT {
    private static final Pattern SAID =
            Pattern.compile("Métricas y salud, para el operador: http://127\\.0\\.0\\.1:(\\d+)/");
    private static final String NONE_FREE =
            "Sin métricas ni salud en detalle: los puertos 127.0.0.1:9000 a 9019 están ocupados";
    private static final String SETTING = "ELECTRO_ISLA_GESTION";

    private Path home;
    private Map<String, String> environment;

    @BeforeEach
    void an_empty_home() throws Exception {
        home = Files.createTempDirectory(Path.of("target"), "gestion").toAbsolutePath();
        environment = new HashMap<>(ServerProcess.on(MigratedDatabase.create()));
    }

    @Test
    void a_port_that_was_set_is_used_and_one_that_is_taken_ends_the_start_with_a_sentence() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            environment.put(SETTING, "127.0.0.1:" + port);
            var refused = ServerProcess.run(home, environment, "runserver", "20999");
            assertEquals(1, refused.exitCode());
            assertEquals(
                    "No se puede escuchar en 127.0.0.1:" + port + ", que nombra ELECTRO_ISLA_GESTION; ¿hay "
                            + "otro programa en ese puerto?",
                    refused.output()
                            .lines()
                            .filter(line -> line.startsWith("No se puede"))
                            .findFirst()
                            .orElse(refused.output()));
        }
        try (ServerProcess server = ServerProcess.start(home, environment)) {
            assertEquals(port, said(server));
            assertTrue(scrape(port).contains("electro_isla_commit_queue"));
            assertEquals(404, server.send("GET", "/metrics", null, null).statusCode());
        }
    }

    @Test
    void the_default_moves_to_the_next_free_port_and_with_none_free_the_server_starts_without() throws Exception {
        try (ServerProcess first = ServerProcess.start(home.resolve("a"), environment);
                ServerProcess second = ServerProcess.start(home.resolve("b"), environment)) {
            assertTrue(scrape(said(first)).contains("electro_isla_commit_queue"));
            assertTrue(scrape(said(second)).contains("electro_isla_commit_queue"));
            assertTrue(said(first) != said(second) && said(first) >= 9_000 && said(second) <= 9_019);
        }
        List<ServerSocket> taken = new ArrayList<>();
        try {
            String said = "";
            // Another test's server may free a port in between.
            for (int start = 0; start < 5 && !said.contains(NONE_FREE); start++) {
                takeAll(taken);
                try (ServerProcess server = ServerProcess.start(home.resolve("c" + start), environment)) {
                    Eventually.until(() -> server.output().contains("Servidor en marcha"));
                    said = server.output();
                    assertEquals(
                            200, server.send("GET", "/health/live", null, null).statusCode());
                }
            }
            assertTrue(said.contains(NONE_FREE), said);
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
    }

    private static void takeAll(List<ServerSocket> taken) throws IOException {
        for (int port = 9_000; port <= 9_019; port++) {
            try {
                taken.add(new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")));
            } catch (BindException takenAlready) {
                // A port that is already taken is fine too.
            }
        }
    }

    private static int said(ServerProcess server) {
        Eventually.until(() -> server.output().contains("Servidor en marcha"));
        Matcher said = SAID.matcher(server.output());
        assertTrue(said.find(), server::output);
        return Integer.parseInt(said.group(1));
    }

    private static String scrape(int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
