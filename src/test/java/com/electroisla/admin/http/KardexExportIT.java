package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.Eventually;
import com.electroisla.LongProofs;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history of a product with many movements a day, as a file. */
@QuarkusTest
class KardexExportIT extends SignedInTest {
    /** Each with a text that does not compress: more bytes than two kernels buffer for a client that does not read. */
    private static final int MOVEMENTS = LongProofs.orLonger(20_000, 500_000);

    private static final int TOGETHER = 4;
    /** Exports that have begun: PostgreSQL waits for the server to fetch more. */
    private static final String HELD = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND query LIKE '%sucesos%' AND state = 'idle in transaction'";

    private String session() {
        int admin = given.person("admin");
        var now = clock.present().atOffset(ZoneOffset.UTC);
        given.sql("""
                INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)
                VALUES (sha256(convert_to(?, 'UTF8')), ?, ?, ?, ?, '127.0.0.1')
                """, "kardex-" + admin, admin, now, now, now.plusDays(7));
        return "kardex-" + admin;
    }

    private long busyProduct() {
        long product = given.product("Pila AA", "1.00", MOVEMENTS);
        given.sql("""
                INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, created_at)
                SELECT ?, 'entrada', 1, 0, (SELECT string_agg(md5(n || '-' || m), '') FROM generate_series(1, 25) AS m),
                       CAST(? AS timestamptz) - n * interval '1 second'
                FROM generate_series(1, ?) AS n
                """, product, clock.present().atOffset(ZoneOffset.UTC), MOVEMENTS);
        return product;
    }

    /** Requests the file and reads nothing of it. */
    private static Socket ask(long product, String session, String extension) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", address().getPort()));
        socket.getOutputStream()
                .write(("GET /admin/productos/" + product + "/kardex/kardex." + extension
                                + " HTTP/1.1\r\nHost: 127.0.0.1:" + address().getPort()
                                + "\r\nCookie: electro_isla_sesion=" + session + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void very_many_movements_are_sent_as_they_are_read_to_four_at_once_and_who_goes_away_ends_the_query()
            throws IOException {
        long product = busyProduct();
        String session = session();
        List<Socket> readers = new ArrayList<>();
        for (int i = 1; i < TOGETHER; i++) {
            readers.add(ask(product, session, i == 1 ? "xlsx" : "csv"));
        }
        HttpURLConnection patient = (HttpURLConnection) address()
                .resolve("/admin/productos/" + product + "/kardex/kardex.csv")
                .toURL()
                .openConnection();
        patient.setRequestProperty("Cookie", "electro_isla_sesion=" + session);
        assertEquals(200, patient.getResponseCode());
        await(HELD, TOGETHER);
        RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .accept("text/html")
                .get("/admin/productos/" + product + "/kardex/kardex.csv")
                .then()
                .statusCode(503)
                .header("Retry-After", "15");
        RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .get("/admin/productos/" + product + "/")
                .then()
                .statusCode(200);

        for (Socket gone : readers) {
            gone.close();
        }
        await(HELD, 1);
        assertEquals("chunked", patient.getHeaderField("Transfer-Encoding"));
        assertEquals(MOVEMENTS + 1, lines(patient.getInputStream()));
        await(HELD, 0);
        RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .get("/admin/productos/" + product + "/kardex/kardex.csv?desde=2026-03-01&hasta=2026-03-01")
                .then()
                .statusCode(200);
    }

    private void await(String query, long count) {
        Eventually.until(() -> given.number(query) == count);
    }

    /** Counts the lines. An incomplete file is an exception, because its last chunk is missing. */
    private static long lines(InputStream in) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> line.startsWith("fecha,") || line.contains(",entrada,"))
                    .count();
        }
    }
}
