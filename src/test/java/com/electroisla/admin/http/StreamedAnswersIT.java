package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.admin.ExportConnections;
import com.electroisla.admin.http.Exports.Patience;
import com.electroisla.http.server.SignedInTest;
import com.electroisla.logs.HeardLines;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.CDI;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients of streamed answers: some leave in the middle, and some are slow. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedAnswersIT extends SignedInTest {
    /** More bytes than two kernels buffer for a client that does not read. */
    private static final int PRODUCTS = 5_000;

    private static final String LIST = "/admin/productos/exportar/productos.";
    /** Exports that have begun: PostgreSQL waits for the server to fetch more. */
    private static final String HELD = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'
               AND (query LIKE '%sucesos%' OR query LIKE '%precio_de_archivo%')""";

    @TempDir
    static Path media;

    private Exports exports;
    private String session;
    private long product;

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.MEDIA, media.toString());
    }

    @BeforeAll
    void a_large_shop() throws IOException {
        exports = CDI.current().select(Exports.class).get();
        int admin = given.person("admin");
        var now = clock.present().atOffset(ZoneOffset.UTC);
        session = "lector-" + admin;
        given.sql("""
                INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)
                VALUES (sha256(convert_to(?, 'UTF8')), ?, ?, ?, ?, '127.0.0.1')
                """, session, admin, now, now, now.plusDays(7));
        product = given.product("Pila AA", "1.00", 1);
        // Texts that do not compress.
        given.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, imagen_url, activo,
                    en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                SELECT 'P' || n, '', 1, 0, 0, 'muchos', '/' || (SELECT
                       string_agg(encode(sha256((n || '-' || m)::bytea), 'base64'), '')
                       FROM generate_series(1, 45) AS m), true, false, false, true, now(), now()
                  FROM generate_series(1, ?) AS n
                """, PRODUCTS);
        given.sql("""
                INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, created_at)
                SELECT ?, 'entrada', 1, 0, 'm' || (SELECT
                       string_agg(encode(sha256((n || '-' || m)::bytea), 'base64'), '')
                       FROM generate_series(1, 45) AS m),
                       CAST(? AS timestamptz) - n * interval '1 second'
                  FROM generate_series(1, ?) AS n
                """, product, now, PRODUCTS);
        Files.write(media.resolve("grande.png"), new byte[64 * 1024 * 1024]);
    }

    @AfterEach
    void be_patient_again() {
        exports.setPatience(Patience.USUAL);
    }

    /** Sends the request and reads the first bytes of the answer. */
    private Socket ask(String path) throws IOException {
        Socket socket = send(path);
        assertEquals(
                "HTTP/1.1 200 OK", new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII), path);
        return socket;
    }

    private Socket send(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), address().getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                + address().getPort() + "\r\nCookie: electro_isla_sesion=" + session
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String rest(Socket socket) {
        var bytes = new ByteArrayOutputStream();
        try (socket) {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException cut) {
            // The server cut the connection; the bytes so far count.
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isWhole(String answer) {
        return answer.endsWith("\r\n0\r\n\r\n");
    }

    private void awaitHeld(int count) {
        Eventually.until(() -> given.number(HELD) == count);
    }

    private List<String> files() {
        String kardex = "/admin/productos/" + product + "/kardex/kardex.";
        return List.of(kardex + "csv", kardex + "xlsx", LIST + "csv?q=p&orden=-nombre", LIST + "xlsx");
    }

    @Test
    void readers_who_leave_half_way_free_the_database_and_leave_no_line_of_trouble_in_the_log() throws IOException {
        try (HeardLines heard = HeardLines.of("")) {
            for (boolean abruptly : List.of(true, false)) {
                for (String path : files()) {
                    Socket reader = ask(path);
                    awaitHeld(1);
                    leave(reader, abruptly);
                    awaitHeld(0);
                }
                leave(ask("/media/grande.png"), abruptly);
                Socket page = ask("/vivo?productos=" + product);
                Eventually.until(() -> shop.liveShelf().watching() == 1);
                leave(page, abruptly);
                Eventually.until(() -> {
                    shop.stockNews().announceNow();
                    return shop.liveShelf().watching() == 0;
                });
            }
            // All four places are free again, and a new file is complete.
            for (String path : files()) {
                assertTrue(isWhole(rest(ask(path))), path);
            }
            awaitHeld(0);
            assertEquals(List.of(), heard.problems());
        }
    }

    @Test
    void readers_who_leave_while_their_export_is_prepared_give_their_places_back() throws Exception {
        try (Connection somebody = shop.database().target().connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("LOCK TABLE productos IN ACCESS EXCLUSIVE MODE");
            for (int i = 1; i <= ExportConnections.MOST; i++) {
                int waiting = i;
                Socket reader = send(LIST + "xlsx");
                Eventually.until(() -> given.number("SELECT count(*) FROM pg_locks WHERE NOT granted "
                                + "AND relation = 'productos'::regclass")
                        == waiting);
                leave(reader, true);
            }
            somebody.commit();
        }
        Eventually.until(
                () -> given.number("SELECT count(*) FROM pg_locks WHERE relation = 'productos'::regclass") == 0);
        Eventually.until(() -> rest(send(LIST + "csv")).startsWith("HTTP/1.1 200 OK"));
    }

    private static void leave(Socket reader, boolean abruptly) throws IOException {
        if (abruptly) {
            reader.setSoLinger(true, 0);
        }
        reader.close();
    }

    @Test
    void who_takes_nothing_loses_the_export_and_its_connection_is_free_while_others_go_on() throws Exception {
        try (HeardLines heard = HeardLines.of("")) {
            Socket patient = ask(LIST + "csv");
            awaitHeld(1);
            exports.setPatience(new Patience(Duration.ofHours(1), Duration.ofMillis(20), 3));
            Socket stalled = ask(files().getFirst());
            Eventually.until(() -> heard.lines().contains("an export is cut off: its reader takes nothing"));
            awaitHeld(1);
            assertFalse(isWhole(rest(stalled)));
            String whole = CompletableFuture.supplyAsync(() -> rest(patient)).get();
            assertTrue(isWhole(whole));
            assertEquals(
                    PRODUCTS,
                    whole.replaceAll("\r\n[0-9a-f]+\r\n", "")
                            .lines()
                            .filter(line -> line.contains(",muchos,"))
                            .count());
            awaitHeld(0);
            assertEquals(List.of(), heard.problems());
        }
    }

    @Test
    void an_export_that_is_not_through_in_its_time_is_cut_off_and_never_looks_whole() throws IOException {
        exports.setPatience(new Patience(Duration.ofMillis(200), Duration.ofHours(1), 3));
        try (HeardLines heard = HeardLines.of("")) {
            for (int i = 0; i < files().size(); i++) {
                Socket slow = send(files().get(i));
                int cut = i + 1;
                Eventually.until(() -> heard.lines().stream()
                                .filter("an export is cut off: it took too long"::equals)
                                .count()
                        == cut);
                awaitHeld(0);
                assertFalse(isWhole(rest(slow)), files().get(i));
            }
            assertEquals(List.of(), heard.problems());
        }
    }
}
