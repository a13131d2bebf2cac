package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.pages.http.PersonTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two forms of a product, and the effects of their values. */
@QuarkusTest
class ProductFormsIT extends PersonTest {
    private Person staff;
    private long oven;
    private String page;

    @BeforeEach
    void sign_in() {
        staff = signedIn(given.person("trabajador"));
        oven = given.product("Horno Austral", "1249.00", 110);
        page = "/admin/productos/" + oven + "/";
    }

    private Response adjust(String kind, String quantity) {
        return staff.fills(page, page + "ajuste/", Map.of("tipo", kind, "cantidad", quantity, "motivo", "Prueba"));
    }

    /** Sends the form of the answer unchanged. */
    private Response confirm(Response shown, String id) {
        Matcher form = Pattern.compile("<form id=\"" + id + "\".*?</form>", Pattern.DOTALL)
                .matcher(shown.asString());
        assertTrue(form.find(), shown.asString());
        Map<String, String> fields = new HashMap<>();
        Pattern.compile("<(?:input|textarea) [^>]*name=\"([^\"]+)\"(?:[^>]* value=\"([^\"]*)\"|[^>]*>([^<]*))")
                .matcher(form.group())
                .results()
                .forEach(field -> fields.put(field.group(1), field.group(2) == null ? field.group(3) : field.group(2)));
        return staff.sends(fields).post(id.equals("ajuste") ? page + "ajuste/" : page);
    }

    private Response save(Map<String, String> changed) {
        Map<String, String> typed = new HashMap<>(Map.of(
                "nombre",
                "Horno Austral",
                "descripcion",
                "Descripción",
                "precio",
                "1249.00",
                "descuento",
                "0",
                "categoria",
                "otros",
                "imagen_url",
                ""));
        typed.putAll(changed);
        return staff.fills(page, page, typed);
    }

    private String said(Response answer) {
        return said(staff, answer);
    }

    private static String said(Person person, Response answer) {
        return person.asks()
                .cookies(answer.cookies())
                .get(answer.header("Location").replaceFirst("https?://[^/]+", ""))
                .asString();
    }

    @Test
    void a_count_takes_what_was_counted_shows_the_difference_first_and_applies_it_once_confirmed() {
        Response shown = adjust("ajuste", "107");
        assertEquals(200, shown.statusCode());
        assertTrue(shown.asString().contains("En el estante debería haber 110; contaste 107."), shown.asString());
        assertTrue(shown.asString().contains("Diferencia: \u22123"), shown.asString());
        assertEquals("110/0/0", given.figures(oven));
        assertEquals(303, confirm(shown, "ajuste").statusCode());
        assertEquals("107/0/0", given.figures(oven));
        assertEquals(
                "ajuste/-3",
                given.text("SELECT tipo || '/' || delta_total FROM movimientos_stock WHERE producto_id = ?", oven));
        assertTrue(said(adjust("ajuste", "107")).contains("El recuento cuadra: 107 en el estante."));
        assertEquals(1, given.number("SELECT count(*) FROM movimientos_stock WHERE producto_id = ?", oven));
    }

    @Test
    void a_count_is_of_what_stands_on_the_shelf_where_what_is_sold_stands_until_it_leaves() {
        int buyer = given.buyerWith(oven, 10);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        fixture.checkout(given.buyerWith(oven, 5));
        assertTrue(adjust("ajuste", "110").header("Location").endsWith(page));
        given.sql("UPDATE pedidos SET estado = 'en_camino' WHERE usuario_id = ?", buyer);
        assertTrue(adjust("ajuste", "110").asString().contains("En el estante debería haber 100; contaste 110."));
        confirm(adjust("ajuste", "98"), "ajuste");
        assertEquals("108/5/10", given.figures(oven));
        String order = given.text("SELECT id::text FROM pedidos WHERE usuario_id = ?", buyer);
        assertEquals(
                303,
                staff.fills(
                                page,
                                page + "ajuste/",
                                Map.of("tipo", "devolucion", "cantidad", "4", "motivo", "Prueba", "pedido", order))
                        .statusCode());
        assertTrue(said(adjust("ajuste", "102")).contains("cuadra: 102"));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void a_count_that_was_shown_is_not_applied_to_other_figures() {
        Response shown = adjust("ajuste", "107");
        assertEquals(303, adjust("entrada", "5").statusCode());
        Response again = confirm(shown, "ajuste");
        assertEquals(409, again.statusCode());
        assertTrue(again.asString().contains("debería haber 115; contaste 107."), again.asString());
        assertEquals("115/0/0", given.figures(oven));
        confirm(again, "ajuste");
        assertEquals("107/0/0", given.figures(oven));
    }

    @Test
    void every_minus_that_people_type_is_one_and_a_sign_makes_a_difference_of_a_count() {
        int expected = 110;
        for (String minus : List.of("-", "\u2212", "\u2013", "\uFE63", "\uFF0D", "\u2014", "\u2010")) {
            confirm(adjust("ajuste", minus + "3"), "ajuste");
            expected -= 3;
            assertEquals(
                    expected,
                    given.number("SELECT stock_total FROM productos WHERE id = ?", oven),
                    () -> "U+" + Integer.toHexString(minus.charAt(0)));
        }
        Response plus = adjust("ajuste", "+1");
        assertTrue(plus.asString().contains("Diferencia: +1"), plus.asString());
        confirm(plus, "ajuste");
        assertEquals(expected + 1, given.number("SELECT stock_total FROM productos WHERE id = ?", oven));
        assertEquals(422, adjust("merma", "\u22123").statusCode());
    }

    @Test
    void the_same_entry_from_two_windows_is_asked_about() {
        Map<String, String> fields = Map.of("tipo", "entrada", "cantidad", "7", "motivo", "Compra", "version", "0");
        assertEquals(303, staff.fills(page, page + "ajuste/", fields).statusCode());
        Response second = staff.fills(page, page + "ajuste/", fields);
        assertEquals(409, second.statusCode());
        assertTrue(second.asString().contains("Desde que abriste la página hubo otro movimiento"));
        assertEquals("117/0/0", given.figures(oven));
    }

    @Test
    void what_cannot_be_a_number_is_refused_with_a_sentence_wherever_it_is_typed() {
        List<String> hostile = List.of(
                "",
                "99999999999999999999",
                "-99999999999",
                "2147483648",
                "1e9",
                "NaN",
                "\u0663",
                "1.000",
                "1,5",
                "0x10",
                "\u2212",
                "--3",
                "\u00B3");
        List<String> failed = new ArrayList<>();
        for (String text : hostile) {
            for (String kind : List.of("entrada", "ajuste", "merma", "devolucion", "nada")) {
                if (adjust(kind, text).statusCode() != 422) {
                    failed.add(kind + " " + text);
                }
            }
            if (!text.equals("1,5")
                    && save(Map.of("precio", text.isEmpty() ? "x" : text)).statusCode() != 422) {
                failed.add("precio " + text);
            }
            if (!text.isEmpty() && save(Map.of("descuento", text)).statusCode() != 422) {
                failed.add("descuento " + text);
            }
        }
        for (String field : List.of("nombre", "categoria", "descripcion", "imagen_url")) {
            if (save(Map.of(field, "x".repeat(20_001))).statusCode() != 422) {
                failed.add(field);
            }
        }
        failed.removeIf(each -> each.equals("precio 2147483648") || each.equals("precio 1.000"));
        assertEquals(List.of(), failed);
        assertEquals("110/0/0", given.figures(oven));
        assertEquals("1249.00", given.text("SELECT precio::text FROM productos WHERE id = ?", oven));
    }

    @Test
    void a_price_that_moves_by_more_than_half_is_saved_once_it_is_confirmed_and_an_ambiguous_one_never() {
        Response ambiguous = save(Map.of("precio", "1.249"));
        assertEquals(422, ambiguous.statusCode());
        assertTrue(ambiguous.asString().contains("No está claro cuánto es"));
        assertTrue(ambiguous.asString().contains("value=\"1.249\""));
        Response asked = save(Map.of("precio", "12490000", "nombre", "Horno caro"));
        assertEquals(409, asked.statusCode());
        assertTrue(asked.asString().contains("cambia en más de la mitad"), asked.asString());
        assertEquals(
                "Horno Austral/1249.00",
                given.text("SELECT nombre || '/' || precio FROM productos WHERE id = ?", oven));
        assertEquals(303, confirm(asked, "ficha-formulario").statusCode());
        assertEquals(
                "Horno caro/12490000.00",
                given.text("SELECT nombre || '/' || precio FROM productos WHERE id = ?", oven));
        // The confirmation is for that price and no other.
        assertEquals(
                409,
                save(Map.of("precio", "1.249,00", "precio_confirmado", "1250.00"))
                        .statusCode());
    }

    @Test
    void what_was_not_touched_stays_as_it_is_however_strange() {
        given.sql(
                "UPDATE productos SET descuento = 150, categoria = '', descripcion = E'una\\nsegunda ', "
                        + "imagen_url = 'productos/x.jpg' WHERE id = ?",
                oven);
        Response saved = save(Map.of(
                "nombre",
                "Horno nuevo",
                "descuento",
                "150",
                "categoria",
                "",
                "descripcion",
                "una\r\nsegunda",
                "imagen_url",
                "productos/x.jpg"));
        assertEquals(303, saved.statusCode(), saved.asString());
        assertEquals(
                "Horno nuevo/150//productos/x.jpg",
                given.text(
                        "SELECT nombre || '/' || descuento || "
                                + "'/' || categoria || '/' || imagen_url "
                                + "FROM productos WHERE id = ?",
                        oven));
        assertEquals("una\nsegunda ", given.text("SELECT descripcion FROM productos WHERE id = ?", oven));
    }

    @Test
    void the_form_of_a_product_whose_picture_stands_in_its_row_shows_its_address_and_leaves_it_there() {
        String picture = "data:image/png;base64," + "iVBORw0KGgoA".repeat(7_000);
        given.sql("UPDATE productos SET imagen_url = ? WHERE id = ?", picture, oven);
        String shown = staff.asks().get(page).asString();
        Matcher address = Pattern.compile("name=\"imagen_url\" value=\"(/imagenes/" + oven + "/[0-9a-f-]{36})\"")
                .matcher(shown);
        assertTrue(address.find(), shown);
        assertTrue(shown.length() < 60_000, () -> Integer.toString(shown.length()));
        assertEquals(
                303,
                save(Map.of("nombre", "Horno con foto", "imagen_url", address.group(1)))
                        .statusCode());
        assertEquals(
                "Horno con foto " + picture,
                given.text("SELECT nombre || ' ' || imagen_url FROM productos WHERE id = ?", oven));
        assertEquals(
                303,
                save(Map.of("imagen_url", "https://cdn.example/horno.jpg", "nombre", "Horno con foto"))
                        .statusCode());
        assertEquals(
                "https://cdn.example/horno.jpg", given.text("SELECT imagen_url FROM productos WHERE id = ?", oven));
        assertEquals(0, given.number("SELECT count(*) FROM audit_logs WHERE detalles::text LIKE '%data:image%'"));
    }

    @Test
    void a_courier_or_a_role_that_somebody_else_changed_meanwhile_is_told() {
        Person admin = signedIn(given.person("admin"));
        int buyer = given.buyerWith(oven, 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        int hers = given.person("mensajero");
        int mine = given.person("mensajero");
        String order = "/admin/pedidos/" + given.number("SELECT id FROM pedidos WHERE usuario_id = ?", buyer) + "/";
        assertEquals(
                303,
                admin.fills(order, order + "mensajero/", Map.of("mensajero", Integer.toString(hers)))
                        .statusCode());
        String told = said(
                admin,
                admin.fills(order, order + "mensajero/", Map.of("mensajero", Integer.toString(mine), "era", "0")));
        assertTrue(told.contains("El pedido cambió mientras tanto"), told);
        assertEquals(hers, given.number("SELECT mensajero_id FROM pedidos WHERE usuario_id = ?", buyer));
        String users = "/admin/usuarios/?q=" + given.text("SELECT username FROM auth_user WHERE id = ?", buyer);
        String role = "/admin/usuarios/" + buyer + "/rol/";
        given.sql("UPDATE user_profiles SET rol = 'mensajero' WHERE user_id = ?", buyer);
        Response late = admin.fills(users, role, Map.of("rol", "trabajador", "era", "cliente"));
        assertTrue(admin.asks()
                .cookies(late.cookies())
                .get("/admin/usuarios/")
                .asString()
                .contains("Otra persona cambió a este usuario"));
        assertEquals("mensajero", given.text("SELECT rol FROM user_profiles WHERE user_id = ?", buyer));
    }
}
