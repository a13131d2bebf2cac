package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.pages.Form;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Forms that are sent twice: by a second click, by a browser's retry, from a page in the history. */
@QuarkusTest
class OnceIT extends PersonTest {
    private static final String BEFORE = "Ya se había aplicado; así quedó.";
    private static final String BEFORE_WITH_OTHER_CONTENTS = "Este formulario ya se había aplicado, con otros datos.";

    private Response once(Person person, FoundForm form, Map<String, String> typed) {
        Map<String, String> fields = new LinkedHashMap<>(form.given());
        fields.putAll(typed);
        return person.sends(fields).post(form.action());
    }

    /** The message of the page that an answer leads to. */
    private String saidAfter(Person person, Response answer) {
        return person.asks()
                .cookies(answer.cookies())
                .get(answer.header("Location").replaceFirst("https?://[^/]+", ""))
                .asString();
    }

    private void expectOnce(Person person, FoundForm form, Map<String, String> typed) {
        Response first = once(person, form, typed);
        assertEquals(303, first.statusCode(), first.asString());
        Response second = once(person, form, typed);
        assertEquals(303, second.statusCode(), second.asString());
        assertEquals(first.header("Location"), second.header("Location"), form.action());
        assertTrue(saidAfter(person, second).contains(BEFORE), form::action);
    }

    private List<Response> atOnce(Callable<Response> one, Callable<Response> other) throws Exception {
        var start = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            return threads
                    .invokeAll(List.<Callable<Response>>of(
                            () -> {
                                start.await();
                                return one.call();
                            },
                            () -> {
                                start.await();
                                return other.call();
                            }))
                    .stream()
                    .map(each -> each.resultNow())
                    .toList();
        }
    }

    @Test
    void an_entry_that_is_sent_twice_at_once_comes_in_once_and_both_are_led_to_how_it_stands() throws Exception {
        long oven = given.product("Horno", "10", 10);
        Person staff = signedIn(given.person("trabajador"));
        FoundForm form = staff.form("/admin/productos/" + oven + "/", "/admin/productos/" + oven + "/ajuste/");
        Map<String, String> entry = Map.of("tipo", "entrada", "cantidad", "7", "motivo", "Compra");
        List<Response> answers = atOnce(() -> once(staff, form, entry), () -> once(staff, form, entry));
        answers.forEach(answer -> assertEquals(303, answer.statusCode(), answer.asString()));
        assertEquals(
                1,
                answers.stream()
                        .filter(answer -> saidAfter(staff, answer).contains(BEFORE))
                        .count());
        assertEquals("17/0/0", given.figures(oven));
        assertEquals(1, given.number("SELECT count(*) FROM movimientos_stock WHERE producto_id = ?", oven));
    }

    @Test
    void a_form_that_was_refused_may_be_sent_again_and_one_that_was_applied_takes_no_other_contents() {
        long oven = given.product("Horno", "10", 10);
        Person staff = signedIn(given.person("trabajador"));
        FoundForm form = staff.form("/admin/productos/" + oven + "/", "/admin/productos/" + oven + "/ajuste/");
        assertEquals(
                409,
                once(staff, form, Map.of("tipo", "merma", "cantidad", "11", "motivo", "Rotas"))
                        .statusCode());
        assertEquals(
                303,
                once(staff, form, Map.of("tipo", "merma", "cantidad", "1", "motivo", "Rotas"))
                        .statusCode());
        Response other = once(staff, form, Map.of("tipo", "merma", "cantidad", "2", "motivo", "Rotas"));
        assertTrue(saidAfter(staff, other).contains(BEFORE_WITH_OTHER_CONTENTS));
        assertEquals("9/0/0", given.figures(oven));
    }

    @Test
    void a_form_without_a_key_changes_nothing() {
        long oven = given.product("Horno", "10", 10);
        Person staff = signedIn(given.person("trabajador"));
        FoundForm form = staff.form("/admin/productos/" + oven + "/", "/admin/productos/" + oven + "/ajuste/");
        assertEquals(
                403,
                once(staff, form, Map.of("tipo", "entrada", "cantidad", "7", "motivo", "Compra", Form.KEY, ""))
                        .statusCode());
        assertEquals("10/0/0", given.figures(oven));
    }

    @Test
    void two_clicks_make_one_product_and_lead_to_it() throws Exception {
        Person staff = signedIn(given.person("trabajador"));
        FoundForm form = staff.form("/admin/productos/nuevo/", "/admin/productos/nuevo/");
        Map<String, String> lamp = Map.of("nombre", "Lámpara única", "precio", "10", "categoria", "otros");
        List<Response> answers = atOnce(() -> once(staff, form, lamp), () -> once(staff, form, lamp));
        assertEquals(1, given.number("SELECT count(*) FROM productos WHERE nombre = 'Lámpara única'"));
        String page =
                "/admin/productos/" + given.number("SELECT id FROM productos WHERE nombre = 'Lámpara única'") + "/";
        answers.forEach(answer -> assertTrue(answer.header("Location").endsWith(page), answer.header("Location")));
    }

    @Test
    void what_the_staff_does_to_products_orders_holds_and_users_is_done_once() {
        long oven = given.product("Horno", "10", 10);
        int buyer = given.buyerWith(oven, 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        String order = "/admin/pedidos/" + given.number("SELECT id FROM pedidos WHERE usuario_id = ?", buyer) + "/";
        fixture.checkout(given.buyerWith(oven, 1));
        int courier = given.person("mensajero");
        Person admin = signedIn(given.person("admin"));
        String product = "/admin/productos/" + oven + "/";
        expectOnce(
                admin,
                admin.form(product, product),
                Map.of("nombre", "Horno nuevo", "precio", "10", "categoria", "otros", "descuento", "0"));
        expectOnce(
                admin,
                admin.form("/admin/productos/?q=" + oven, "/admin/productos/acciones/"),
                Map.of("accion", "desactivar", "id", Long.toString(oven)));
        expectOnce(admin, admin.form(order, order + "mensajero/"), Map.of("mensajero", Integer.toString(courier)));
        expectOnce(admin, admin.form(order, order + "estado/"), Map.of("hacia", "en_preparacion"));
        expectOnce(
                admin,
                admin.form(
                        "/admin/stock-reservations/?estado=pending&producto=" + oven,
                        "/admin/stock-reservations/liberar/"),
                Map.of());
        String users = "/admin/usuarios/?q=" + given.text("SELECT username FROM auth_user WHERE id = ?", buyer);
        expectOnce(admin, admin.form(users, "/admin/usuarios/" + buyer + "/rol/"), Map.of("rol", "trabajador"));
        expectOnce(admin, admin.form(users, "/admin/usuarios/" + buyer + "/activo/"), Map.of());
        expectOnce(admin, admin.form(users, "/admin/usuarios/" + buyer + "/sesiones/"), Map.of());
        assertEquals(8, given.number("SELECT count(*) FROM audit_logs WHERE usuario_id = ?", admin.id()));
    }

    @Test
    void what_a_buyer_does_is_done_once() {
        long oven = given.product("Horno", "10", 10);
        Person buyer = signedIn(given.anyBuyer());
        expectOnce(buyer, buyer.form("/productos/" + oven + "/", "/carrito/agregar/"), Map.of("cantidad", "2"));
        assertEquals(2, given.number("SELECT sum(quantity) FROM cart_items WHERE product_id = ?", oven));
        // A second form is another request.
        once(buyer, buyer.form("/productos/" + oven + "/", "/carrito/agregar/"), Map.of("cantidad", "1"));
        assertEquals(3, given.number("SELECT sum(quantity) FROM cart_items WHERE product_id = ?", oven));
        expectOnce(buyer, buyer.form("/carrito/", "/reserva/"), Map.of());
        expectOnce(buyer, buyer.form("/reserva/", "/reserva/cancelar/"), Map.of());
        expectOnce(
                buyer, buyer.form("/carrito/", "/carrito/lineas/" + given.lineOf(buyer.id()) + "/quitar/"), Map.of());
    }

    @Test
    void two_clicks_on_pay_make_one_order_or_payment_and_lead_to_it() throws Exception {
        long oven = given.product("Horno", "10", 10);
        for (String method : List.of("efectivo", "tarjeta")) {
            int user = given.buyerWith(oven, 1);
            fixture.checkout(user);
            Person buyer = signedIn(user);
            FoundForm form = buyer.form("/reserva/", "/reserva/pagar/");
            Map<String, String> typed =
                    Map.of("direccion_entrega", "Calle 1", "telefono", "555", "notas", "", "metodo_pago", method);
            List<Response> answers = atOnce(() -> once(buyer, form, typed), () -> once(buyer, form, typed));
            String made = method.equals("tarjeta")
                    ? "/pagos/" + given.number("SELECT id FROM pagos WHERE usuario_id = ?", user) + "/?ir=si"
                    : "/pedidos/" + given.number("SELECT id FROM pedidos WHERE usuario_id = ?", user) + "/";
            answers.forEach(answer ->
                    assertTrue(String.valueOf(answer.header("Location")).endsWith(made), answer.asString()));
        }
    }

    @Test
    void two_clicks_open_one_account_and_enter_with_it() {
        FoundForm form = FoundForm.on(RestAssured.get("/registro/").asString()).getFirst();
        String visit = "V".repeat(43);
        Map<String, String> fields = new LinkedHashMap<>(form.given());
        fields.putAll(Map.of("username", "doble", "email", "doble@example.com", "password", "isla.Bonita7"));
        for (int i = 0; i < 2; i++) {
            RestAssured.given()
                    .redirects()
                    .follow(false)
                    .cookie("electro_isla_visita", visit)
                    .formParam("csrf_token", Csrf.tokenFor(visit))
                    .formParams(fields)
                    .post("/registro/")
                    .then()
                    .statusCode(303);
        }
        fields.put(Form.KEY, "another-form-that-knows-the-name");
        RestAssured.given()
                .redirects()
                .follow(false)
                .cookie("electro_isla_visita", visit)
                .formParam("csrf_token", Csrf.tokenFor(visit))
                .formParams(fields)
                .post("/registro/")
                .then()
                .statusCode(409);
    }
}
