package com.electroisla.http.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour that depends on settings: origins, proxies, the media folder, rows per page. */
@QuarkusTest
class CrossOriginIT extends ServerTest {
    private static final String FRONT_END = "https://tienda.example";
    private static final String PNG = "\u0089PNG";

    private Path media;

    @Override
    protected Map<Setting, String> flags() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "media-");
            media = Files.createDirectories(folder.resolve("media"));
            Files.writeString(folder.resolve("secreto.png"), "secreto");
            Files.createDirectories(media.resolve("productos"));
            Files.writeString(media.resolve("productos/lampara 1.PNG"), PNG);
            Files.writeString(media.resolve("guion.html"), "<script>");
            Files.writeString(media.resolve("guion.svg"), "<svg/>");
            Files.createSymbolicLink(media.resolve("enlace.png"), folder.resolve("secreto.png"));
            Files.createDirectories(media.resolve("carpeta.png"));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return Map.of(
                Setting.CORS,
                FRONT_END + ",http://localhost:5173",
                Setting.PROXIES,
                "127.0.0.0/8",
                Setting.MEDIA,
                media.toString(),
                Setting.PAGE_SIZE,
                "150");
    }

    @Test
    void a_front_end_of_the_list_may_call_and_read_what_it_needs() {
        given().header("Origin", FRONT_END)
                .get("/api/productos/")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(FRONT_END))
                .header("Access-Control-Allow-Credentials", equalTo("true"))
                .header("Access-Control-Expose-Headers", containsStringIgnoringCase("retry-after"))
                .header("Vary", containsStringIgnoringCase("origin"));
        given().header("Origin", FRONT_END)
                .get("/api/nada")
                .then()
                .statusCode(404)
                .header("Access-Control-Allow-Origin", equalTo(FRONT_END));
    }

    @Test
    void a_page_has_as_many_products_as_the_operator_says_also_more_than_a_caller_may_ask_for() {
        fixture.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                    en_carousel_card, en_all_products, created_at, updated_at)
                SELECT 'P' || n, '', 1, 0, 0, 'otros', true, false, false, true, now(), now()
                FROM generate_series(1, 301) n""");
        String next = given().get("/api/productos/?categoria=otros")
                .then()
                .statusCode(200)
                .body("results.size()", equalTo(150))
                .extract()
                .path("next");
        given().get(next)
                .then()
                .body("results.size()", equalTo(150))
                .body("previous", endsWith("/api/productos/?categoria=otros"));
        given().get("/api/productos/?page_size=101").then().statusCode(400);
        given().get("/api/productos/?page_size=7").then().body("results.size()", equalTo(7));
        fixture.sql("DELETE FROM productos");
    }

    @Test
    void a_browser_may_ask_beforehand() {
        given().header("Origin", "http://localhost:5173")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
                .options("/api/carrito/items/1/")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:5173"))
                .header("Access-Control-Allow-Methods", containsStringIgnoringCase("PATCH"))
                .header("Access-Control-Allow-Credentials", equalTo("true"))
                .header("Access-Control-Allow-Headers", containsStringIgnoringCase("x-csrftoken"))
                .header("Access-Control-Allow-Headers", containsStringIgnoringCase("idempotency-key"));
    }

    @Test
    void pages_are_read_without_their_visitors_cookies() {
        given().header("Origin", FRONT_END)
                .get("/entrar")
                .then()
                .header("Access-Control-Allow-Origin", equalTo(FRONT_END))
                .header("Access-Control-Allow-Credentials", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://otra.example",
                "https://tienda.example.evil.example",
                "http://tienda.example",
                "null",
                "*"
            })
    void any_other_origin_gets_no_leave_and_no_error_either(String origin) {
        given().header("Origin", origin)
                .get("/api/productos/")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", containsStringIgnoringCase("origin"));
    }

    @Test
    void behind_a_trusted_proxy_the_client_and_the_public_address_are_what_it_says() {
        given().header("X-Forwarded-For", "6.6.6.6, 198.51.100.7")
                .header("User-Agent", "prueba")
                .get("/api/prueba/quien")
                .then()
                .body("direccion", equalTo("198.51.100.7"))
                .body("agente", equalTo("prueba"));
        given().get("/api/prueba/quien").then().body("direccion", equalTo("127.0.0.1"));
        fixture.productWithStock(3);
        fixture.productWithStock(3);
        given().header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .get("/api/productos/?page_size=1")
                .then()
                .body(
                        "next",
                        org.hamcrest.Matchers.startsWith(
                                "https://127.0.0.1:" + address().getPort() + "/api/productos/?"));
    }

    @Test
    void an_uploaded_image_is_served() {
        given().get("/media/productos/lampara%201.PNG")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("X-Content-Type-Options", equalTo("nosniff"));
        given().head("/media/productos/lampara%201.PNG").then().statusCode(200);
        given().post("/media/productos/lampara%201.PNG").then().statusCode(405).header("Allow", equalTo("GET, HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/",
                "/media/nada.png",
                "/media/guion.html",
                "/media/guion.svg",
                "/media/enlace.png",
                "/media/carpeta.png",
                "/media/../secreto.png",
                "/media/%2e%2e/secreto.png",
                "/media/..%2fsecreto.png",
                "/media/productos/../../secreto.png",
                "/media/%2fetc/passwd",
                "/media/x%00.png",
                "/media/productos",
                "/media/productos/",
                "/media/%5c..%5csecreto.png"
            })
    void nothing_else_is(String path) throws IOException {
        String answer = RawConnection.exchange(
                address(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        org.junit.jupiter.api.Assertions.assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
    }
}
