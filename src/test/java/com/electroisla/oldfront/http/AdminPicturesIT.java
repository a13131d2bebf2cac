package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.catalog.UploadedPictures;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertTrue(ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), format, out));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
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
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void a_picture_is_served_under_a_name_of_ours_as_what_it_is(String format) {
        byte[] picture = picture(format);
        String address = upload("../../../etc/passwd.svg", picture, "image/svg+xml")
                .then()
                .statusCode(200)
                .body("imagen", matchesPattern(".*/media/productos/[0-9a-f]{32}\\.[a-z]+"))
                .extract()
                .path("imagen_url");
        var served = given().get(address)
                .then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("Content-Type", startsWith("image/"))
                .extract();
        assertArrayEquals(picture, served.asByteArray());
        as(staff).get(ALL + "?search=" + oven).then().body("results[0].imagen", equalTo(address));
        given().get("/api/productos/" + oven + "/").then().body("imagen_url", equalTo(address));
    }

    @Test
    void the_file_before_goes_only_when_another_one_is_in_its_place_and_the_old_shops_files_never() throws IOException {
        Path old = shop.settings().media().resolve("productos/horno.png");
        Files.createDirectories(old.getParent());
        Files.write(old, picture("png"));
        given.sql("UPDATE productos SET imagen = 'productos/horno.png' WHERE id = ?", oven);
        String first = upload("a.png", picture("png"), "image/png").path("imagen");
        assertTrue(Files.exists(old));
        int before = files().size();
        String second = upload("b.gif", picture("gif"), "image/gif").path("imagen");
        assertEquals(before, files().size());
        given().get(first).then().statusCode(404);
        given().get(second).then().statusCode(200);
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
        given().get(second).then().statusCode(200);
        as(given.person("admin")).delete(ALL + oven + "/").then().statusCode(204);
        given().get(second).then().statusCode(404);
    }

    @Test
    void a_new_product_has_its_picture_and_a_repeated_form_leaves_one_file() throws IOException {
        int before = files().size();
        for (int i = 0; i < 2; i++) {
            given().header("Authorization", "Bearer " + tokenOf(staff))
                    .header("Idempotency-Key", "con-foto")
                    .multiPart("nombre", "Con foto")
                    .multiPart("precio", "5")
                    .multiPart("imagen", "f.png", picture("png"), "image/png")
                    .post(ALL)
                    .then()
                    .statusCode(201)
                    .body("imagen", containsString("/media/productos/"));
        }
        assertEquals(before + 1, files().size());
    }

    static byte[] joined(byte[] first, String then) {
        byte[] rest = then.getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, both, first.length, rest.length);
        return both;
    }

    /** A PNG whose header says so many pixels a side. */
    private static byte[] pngOf(int width, int height) {
        byte[] png = picture("png");
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        return png;
    }

    static Stream<Arguments> disguises() {
        return Stream.of(
                Arguments.of("a drawing with a script", ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>")),
                Arguments.of("a page", ascii("<!DOCTYPE html><script>alert(1)</script>")),
                Arguments.of("a script that begins like a GIF", ascii("GIF89a/*\0\0*/=1;alert(1)//")),
                Arguments.of("a script behind a picture", joined(picture("png"), "<ScRiPt>alert(1)</script>")),
                Arguments.of("PHP behind a picture", joined(picture("jpg"), "<?php system('id');")),
                Arguments.of("a program", ascii("MZ\u0090\0\u0003")),
                Arguments.of("a text", ascii("hola")),
                Arguments.of("half a header", Arrays.copyOf(picture("png"), 12)),
                Arguments.of("a header without frames", Arrays.copyOf(picture("gif"), 13)),
                Arguments.of("an icon", new byte[] {0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0}));
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
    void what_chance_writes_into_the_middle_of_a_photo_is_no_script() {
        byte[] photo = Arrays.copyOf(picture("jpg"), 200_000);
        byte[] chance = ascii("<sVg");
        System.arraycopy(chance, 0, photo, 100_000, chance.length);
        upload("foto.jpg", photo, "image/jpeg").then().statusCode(200);
    }

    @Test
    void an_upload_that_the_servers_end_cut_short_goes_after_a_day() throws IOException {
        Path folder = Files.createDirectories(shop.settings().media().resolve("productos"));
        Path old = Files.write(folder.resolve("." + "0".repeat(32) + ".png.parte"), picture("png"));
        Path fresh = Files.write(folder.resolve("." + "1".repeat(32) + ".png.parte"), picture("png"));
        Path foreign = Files.write(folder.resolve(".otra.parte"), picture("png"));
        Instant now = Instant.parse("2031-01-02T00:00:00Z");
        for (Path each : List.of(old, foreign)) {
            Files.setLastModifiedTime(each, FileTime.from(now.minus(Duration.ofHours(25))));
        }
        Files.setLastModifiedTime(fresh, FileTime.from(now.minus(Duration.ofHours(23))));
        new UploadedPictures(shop.settings().media()).forgetHalves(now);
        assertEquals(
                List.of(false, true, true),
                Stream.of(old, fresh, foreign).map(Files::exists).toList());
        Files.delete(fresh);
        Files.delete(foreign);
    }

    @Test
    void a_picture_of_more_pixels_than_anybody_can_look_at_is_refused_by_its_header() {
        for (byte[] bomb : List.of(pngOf(60_000, 60_000), pngOf(16_385, 1), pngOf(10_000, 5_001))) {
            upload("bomba.png", bomb, "image/png")
                    .then()
                    .statusCode(400)
                    .body("error", containsString("demasiados píxeles"));
        }
        upload("grande.png", pngOf(10_000, 5_000), "image/png").then().statusCode(200);
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
