package com.electroisla.http.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.electroisla.Eventually;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseAwayIT extends ServerTest {
    @Test
    void without_its_database_the_server_says_so_and_lives() throws IOException {
        int nobodyListens;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobodyListens = socket.getLocalPort();
        }
        try (Database away = new Database(
                        new JdbcTarget("jdbc:postgresql://127.0.0.1:" + nobodyListens + "/tienda", "nadie", "secreto"),
                        2);
                Shop cut = Shop.open(shop.settings(), away, clock)) {
            RunningServer.start(cut);
            given().get("/api/productos/")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "2")
                    .body("code", equalTo("base_de_datos_no_disponible"));
            given().header("Accept-Language", "en")
                    .get("/api/productos/1/")
                    .then()
                    .statusCode(503);
            given().get("/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
            given().get("/health/live").then().statusCode(200);
        } finally {
            RunningServer.start(shop);
        }
        // A connection that was refused may be remembered for a moment.
        Eventually.until(() -> given().get("/api/productos/").statusCode() == 200);
        given().get("/health/ready").then().statusCode(200);
    }
}
