package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import com.electroisla.picture.PictureFiles;
import com.electroisla.picture.SamplePictures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture in the old front end's product form: where it goes, and what is none. */
@QuarkusTest
class AdminPicturesIT extends SignedInTest {
    private static final String ALL = "/api/admin/productos/";

    private int staff;
    private long oven;

    @BeforeEach
    void a_worker_and_an_oven() {
        staff = given.person("trabajador");
        oven = given.product("Horno", "10.00", 1);
    }

    static byte[] picture(String format) {
        return SamplePictures.fresh(format, 8, 6);
    }

    private Response upload(String name, byte[] bytes, String type) {
        return given().header("Authorization", "Bearer " + tokenOf(staff))
                .multiPart("imagen", name, bytes, type)
                .patch(ALL + oven + "/");
    }

    private List<Path> files() throws IOException {
        Path folder = shop.settings().media();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void a_picture_is_served_under_a_name_of_ours_for_a_year(String format) {
        String address = upload("../../../etc/passwd.svg", picture(format), "image/svg+xml")
                .then()
                .statusCode(200)
                .body("imagen", matchesPattern(".*/media/productos/[0-9a-f]{32}-8x6\\.jpg"))
                .extract()
                .path("imagen_url");
        String tag = given().get(address)
                .then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType("image/jpeg")
                .extract()
                .header("ETag");
        for (String known : List.of(tag, "\"otra\", W/" + tag, "*")) {
            given().header("If-None-Match", known)
                    .get(address)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag)
                    .header("Cache-Control", "public, max-age=31536000, immutable");
        }
        given().header("If-None-Match", "\"otra\"").get(address).then().statusCode(200);
        given().head(address).then().statusCode(200).header("ETag", tag);
        given().post(address).then().statusCode(405);
        as(staff).get(ALL + "?search=" + oven).then().body("results[0].imagen", equalTo(address));
        given().get("/api/productos/" + oven + "/")
                .then()
                .body("imagen_url", equalTo(address))
                .body("imagenes.url", equalTo(List.of(address)))
                .body("imagenes[0].ancho", equalTo(8))
                .body("imagenes[0].tamanos.url", equalTo(List.of(address)));
    }

    @Test
    void a_photo_loses_where_it_was_taken() {
        byte[] photo = SamplePictures.photo(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), 6);
        String address = upload("foto.jpg", photo, "image/jpeg").path("imagen");
        assertTrue(address.endsWith("-10x20.jpg"), address);
        String served = new String(given().get(address).asByteArray(), StandardCharsets.ISO_8859_1);
        assertTrue(!served.contains("19.45N") && !served.contains("Exif"), served);
    }

    @Test
    void the_picture_before_goes_a_day_later_and_the_old_shops_files_never() throws IOException {
        Path old = shop.settings().media().resolve("productos/horno.png");
        Files.createDirectories(old.getParent());
        Files.write(old, picture("png"));
        given.sql("UPDATE productos SET imagen = 'productos/horno.png' WHERE id = ?", oven);
        String first = upload("a.png", picture("png"), "image/png").path("imagen");
        String second = upload("b.gif", picture("gif"), "image/gif").path("imagen");
        int before = files().size();
        given().header("Authorization", "Bearer " + tokenOf(staff))
                .multiPart("imagen", "c.png", picture("png"), "image/png")
                .multiPart("precio", "no")
                .patch(ALL + oven + "/")
                .then()
                .statusCode(400);
        given().header("Authorization", "Bearer " + tokenOf(staff))
                .multiPart("imagen", "c.png", picture("png"), "image/png")
                .patch(ALL + "999999999/")
                .then()
                .statusCode(404);
        assertEquals(before, files().size(), "nothing is left of a form that was refused");
        shop.productPictures().sweep();
        given().get(first).then().statusCode(200);
        given.sql("UPDATE fotos_productos SET quitada_at = quitada_at - interval '25 hours'");
        shop.productPictures().sweep();
        given().get(first).then().statusCode(404);
        given().get(second).then().statusCode(200);
        assertTrue(Files.exists(old));
        as(given.person("admin")).delete(ALL + oven + "/").then().statusCode(204);
        shop.productPictures().sweep();
        given().get(second).then().statusCode(404);
        assertEquals(0, given.number("SELECT count(*) FROM fotos_productos WHERE producto_id IS NULL"));
    }

    @Test
    void a_file_stays_as_long_as_any_product_shows_it() {
        byte[] same = picture("png");
        String address = upload("a.png", same, "image/png").path("imagen");
        long other = given.product("Otro horno", "10.00", 1);
        given().header("Authorization", "Bearer " + tokenOf(staff))
                .multiPart("imagen", "b.png", same, "image/png")
                .patch(ALL + other + "/")
                .then()
                .body("imagen", equalTo(address));
        as(given.person("admin")).delete(ALL + oven + "/").then().statusCode(204);
        shop.productPictures().sweep();
        given().get(address).then().statusCode(200);
    }

    @Test
    void a_new_product_has_its_picture_and_a_repeated_form_leaves_one_file() throws IOException {
        int before = files().size();
        byte[] picture = picture("png");
        for (int i = 0; i < 2; i++) {
            given().header("Authorization", "Bearer " + tokenOf(staff))
                    .header("Idempotency-Key", "con-foto")
                    .multiPart("nombre", "Con foto")
                    .multiPart("precio", "5")
                    .multiPart("imagen", "f.png", picture, "image/png")
                    .post(ALL)
                    .then()
                    .statusCode(201)
                    .body("imagen", containsString("/media/productos/"));
        }
        assertEquals(before + 1, files().size());
    }

    static Stream<Arguments> disguises() {
        return Stream.of(
                Arguments.of("a drawing with a script", ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>")),
                Arguments.of("a text", ascii("hola")),
                Arguments.of("half a header", Arrays.copyOf(picture("png"), 12)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disguises")
    void a_file_in_a_pictures_clothes_is_none(String what, byte[] bytes) throws IOException {
        int before = files().size();
        upload("foto.png", bytes, "image/png")
                .then()
                .statusCode(400)
                .body("campo", equalTo("imagen"))
                .body("error", containsString("no es una imagen"));
        assertEquals(before, files().size(), what);
        given().get("/api/productos/" + oven + "/").then().body("imagen_url", nullValue());
    }

    @Test
    void an_upload_that_the_servers_end_cut_short_goes_after_a_day() throws IOException {
        Path folder = Files.createDirectories(shop.settings().media().resolve("productos"));
        Path old = Files.write(folder.resolve("." + "0".repeat(32) + ".png.parte"), picture("png"));
        Path fresh = Files.write(
                folder.resolve("." + "1".repeat(32) + "-8x6.jpg." + "a".repeat(16) + ".parte"), picture("png"));
        Path foreign = Files.write(folder.resolve(".otra.parte"), picture("png"));
        Instant now = Instant.parse("2031-01-02T00:00:00Z");
        for (Path each : List.of(old, foreign)) {
            Files.setLastModifiedTime(each, FileTime.from(now.minus(Duration.ofHours(25))));
        }
        Files.setLastModifiedTime(fresh, FileTime.from(now.minus(Duration.ofHours(23))));
        new PictureFiles(shop.settings().media()).forgetHalves(now);
        assertEquals(
                List.of(false, true, true),
                Stream.of(old, fresh, foreign).map(Files::exists).toList());
        Files.delete(fresh);
        Files.delete(foreign);
    }

    @Test
    void a_picture_of_more_pixels_than_anybody_can_look_at_is_refused_by_its_header() {
        upload("bomba.png", SamplePictures.pngOf(50_000, 50_000), "image/png")
                .then()
                .statusCode(400)
                .body("error", containsString("demasiados píxeles"));
    }

    @Test
    void more_than_five_megabytes_are_refused_and_five_are_not() {
        byte[] five = Arrays.copyOf(picture("png"), 5 * 1024 * 1024);
        upload("cinco.png", five, "image/png").then().statusCode(200);
        upload("mas.png", Arrays.copyOf(five, five.length + 1), "image/png")
                .then()
                .statusCode(400)
                .body("error", containsString("5 MB"));
    }

    /** The beginning of the answer to a form that is announced with 100 MB, of which nothing is sent. */
    private static String announced(String token) throws IOException {
        try (Socket socket = new Socket(address().getHost(), address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("PATCH " + ALL + "1/ HTTP/1.1\r\nHost: localhost\r\n" + token
                                    + "Content-Type: multipart/form-data; boundary=b\r\n"
                                    + "Content-Length: 104857600\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(12);
            return new String(line, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void a_hundred_megabytes_are_refused_before_they_come_and_nobody_without_the_right_sends_a_byte()
            throws IOException {
        assertEquals("HTTP/1.1 413", announced("Authorization: Bearer " + tokenOf(staff) + "\r\n"));
        assertEquals("HTTP/1.1 401", announced(""));
        assertEquals("HTTP/1.1 403", announced("Authorization: Bearer " + tokenOf(given.anyBuyer()) + "\r\n"));
    }

    @Test
    void other_calls_take_no_forms() {
        for (String path : List.of("/api/carrito/agregar/", "/api/admin/users/1/", "/api/admin/productos/x/")) {
            given().header("Authorization", "Bearer " + tokenOf(staff))
                    .multiPart("imagen", "f.png", picture("png"), "image/png")
                    .patch(path)
                    .then()
                    .statusCode(415);
        }
    }
}
