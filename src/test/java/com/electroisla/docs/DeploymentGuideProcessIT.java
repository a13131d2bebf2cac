package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.LongProofs;
import com.electroisla.command.ManageRun;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The deployment guide is correct, executed with the real {@code manage} on a new shop with the included database
 * ({@code nueva}) and on the real databases that Django made, in an external PostgreSQL ({@code django18} to
 * {@code django33}). {@link DocsPage} describes the marks of executed blocks, and {@link DeploymentGuideTest} compares
 * its translation with it.
 *
 * <p>The page says the same of 0019, 0020 and 0033, and {@code TakeoverLevelsIT} takes over every level: one of the
 * three is walked here, and all of them as a {@link LongProofs}.
 */
class DeploymentGuideProcessIT {
    private static final Path SPANISH = Path.of("docs/how-to/despliegue.md");

    private static final List<Integer> DJANGOS = LongProofs.orLonger(List.of(18, 33), List.of(18, 19, 20, 33));

    /** A walk mostly waits for processes, so all run at once. */
    private static final ExecutorService WALKING = Executors.newVirtualThreadPerTaskExecutor();

    private static final Map<String, Future<Integer>> WALKS = new HashMap<>();

    @BeforeAll
    static void set_out() throws Exception {
        DocsPage page = DocsPage.read(SPANISH);
        Path home = Files.createTempDirectory(Path.of("target"), "guia").toAbsolutePath();
        String settings = page.blocks().stream()
                .filter(block -> block.language().equals("ini"))
                .findFirst()
                .orElseThrow()
                .text();
        walk(
                page,
                "nueva",
                install(home.resolve("nueva"), settings.replaceFirst("DATABASE_URL=.*\n", "")),
                UnaryOperator.identity());
        for (int migration : DJANGOS) {
            String walk = "django" + migration;
            String url = ManageRun.url(closedForAnHour(migration));
            Path folder = install(
                    home.resolve(walk),
                    settings.replaceFirst("DATABASE_URL=.*", "DATABASE_URL=" + Matcher.quoteReplacement(url)));
            walk(
                    page,
                    walk,
                    folder,
                    text -> text.replace("tu_usuario", "cliente4")
                            .replace("tu_contraseña", "Cliente-4")
                            .replace("PRODUCTO=1\n", "PRODUCTO=3\n")
                            .replace("Cargador USB-C", "Producto 2 «Ñ» 冷蔵庫"));
        }
    }

    /** The old shop at the takeover: closed for so long that its last holds have expired. */
    private static JdbcTarget closedForAnHour(int migration) throws SQLException {
        JdbcTarget target = LegacyDatabase.create(migration);
        if (migration >= 19) {
            try (Connection connection = target.connect(Map.of());
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE stock_reservations SET expires_at = now() - interval '1 hour' WHERE "
                        + "status = 'pending'");
            }
        }
        return target;
    }

    private static void walk(DocsPage page, String walk, Path folder, UnaryOperator<String> readersOwn)
            throws IOException {
        int port = freePort();
        int management = freePort();
        Map<String, String> own = Map.of("ELECTRO_ISLA_GESTION", "127.0.0.1:" + management);
        UnaryOperator<String> here = text -> readersOwn
                .apply(text)
                .replace("/opt/electro-isla", folder.toString())
                .replace("/var/lib/electro-isla", folder.resolve("datos").toString())
                .replace("./manage runserver\n", "./manage runserver " + port + "\n")
                .replace("localhost:8000", "localhost:" + port)
                .replace("127.0.0.1:8000", "127.0.0.1:" + port)
                .replace("localhost:9000", "localhost:" + management)
                .replace("127.0.0.1:9000", "127.0.0.1:" + management);
        WALKS.put(walk, WALKING.submit(() -> {
            try (ExecutedPage executed = new ExecutedPage(page, walk, folder, own, here)) {
                return executed.walk();
            }
        }));
    }

    @AfterAll
    static void come_home() {
        WALKING.close();
    }

    static Stream<String> walks() {
        return Stream.concat(Stream.of("nueva"), DJANGOS.stream().map(migration -> "django" + migration));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void every_command_of_the_page_prints_what_the_page_shows(String walk) throws Exception {
        int executed = WALKS.get(walk).get();
        assertTrue(executed > 20, "blocks run: " + executed);
    }

    private static Path install(Path folder, String settings) throws IOException {
        return InstalledProgram.install(
                folder,
                settings.replace(
                        "/var/lib/electro-isla", folder.resolve("datos").toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
