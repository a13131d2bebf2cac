package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.admin.Dashboard;
import com.electroisla.admin.Period;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboard, statistics and history of the old front end's admin. */
@QuarkusTest
class AdminFiguresIT extends SignedInTest {
    private static final String STATS = "/api/admin/dashboard/stats/";
    private static final String FIGURES = "/api/admin/estadisticas/";
    private static final String HISTORY = "/api/admin/historial/";

    private int admin;

    @BeforeAll
    void an_admin_of_another_year() {
        admin = given.person("admin");
        given.sql("UPDATE auth_user SET date_joined = '2019-01-01T00:00:00Z' WHERE id = ?", admin);
    }

    private ValidatableResponse stats(String query) {
        return as(admin).get(STATS + query).then();
    }

    @Test
    void the_dashboard_counts_accounts_and_products_of_days_of_the_shops_calendar() {
        int buyer = given.anyBuyer();
        given.sql("UPDATE auth_user SET date_joined = '2020-05-02T03:59:59Z', is_active = false WHERE id = ?", buyer);
        long lamp = given.productWithStock(1);
        given.sql("UPDATE productos SET created_at = '2020-05-02T04:00:00Z' WHERE id = ?", lamp);
        stats("?fecha_desde=2020-05-01&fecha_hasta=2020-05-01")
                .statusCode(200)
                .body("usuarios.total", equalTo(1))
                .body("usuarios.activos", equalTo(0))
                .body("usuarios.nuevos_7d", instanceOf(Integer.class))
                .body("productos.total", equalTo(0))
                .body("rol_usuario", equalTo("admin"));
        stats("?fecha_desde=2020-05-02&fecha_hasta=2020-05-02T04:00:00.000Z")
                .body("usuarios.total", equalTo(0))
                .body("productos.total", equalTo(1))
                .body("productos.activos", equalTo(1))
                .body("productos.nuevos_7d", instanceOf(Integer.class));
        clock.stopAt(Instant.parse("2020-05-06T00:00:00Z"));
        try {
            stats("?fecha_hasta=2018-01-01").body("usuarios.total", equalTo(0)).body("usuarios.nuevos_7d", equalTo((int)
                    given.number("SELECT count(*) FROM auth_user WHERE date_joined >= '2020-04-29T00:00:00Z'")));
        } finally {
            clock.stopAt(Instant.parse("2026-03-01T12:00:00Z"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fecha_desde=ayer",
                "fecha_hasta=2026-02-30",
                "fecha_desde=2026-03-02&fecha_hasta=2026-03-01",
                "fecha_desde=%2B999999999-01-01"
            })
    void dates_that_are_none_are_refused(String query) {
        stats("?" + query).statusCode(400).body("code", equalTo("solicitud_invalida"));
        as(admin).get(HISTORY + "?" + query).then().statusCode(400);
    }

    @Test
    void one_answer_serves_every_dashboard_that_is_polled_within_two_seconds() {
        AtomicLong nanos = new AtomicLong();
        Dashboard polled = new Dashboard(database, clock, nanos::get);
        Period period = Period.ALWAYS
                .since("2020-06-01T00:00:10Z", ZoneOffset.UTC)
                .flatMap(it -> it.upTo("2020-07-01T00:00:10.123Z", ZoneOffset.UTC))
                .orElseThrow();
        Period later = Period.ALWAYS
                .since("2020-06-01T00:00:13Z", ZoneOffset.UTC)
                .flatMap(it -> it.upTo("2020-07-01T00:00:13.123Z", ZoneOffset.UTC))
                .orElseThrow();
        assertEquals(0, polled.counts(period).accounts().all());
        int buyer = given.anyBuyer();
        given.sql("UPDATE auth_user SET date_joined = '2020-06-15T00:00:00Z' WHERE id = ?", buyer);
        assertEquals(0, polled.counts(later).accounts().all());
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertEquals(1, polled.counts(later).accounts().all());
    }

    @Test
    void the_statistics_are_of_the_shops_months_with_amounts_as_numbers() {
        clock.stopAt(Instant.parse("2021-03-01T03:59:00Z"));
        try {
            long lamp = given.product("Lámpara", "20.10", 10);
            int buyer = given.anyBuyer();
            given.inCart(buyer, lamp, 2);
            fixture.checkout(buyer);
            fixture.pay(buyer);
            clock.stopAt(Instant.parse("2021-03-01T04:00:00Z"));
            int other = given.anyBuyer();
            given.inCart(other, lamp, 1);
            fixture.checkout(other);
            fixture.pay(other);
            given.inCart(other, lamp, 3);
            fixture.checkout(other);
            fixture.pay(other);
            given.sql(
                    "UPDATE pedidos SET estado = 'cancelado' "
                            + "WHERE id = (SELECT max(id) FROM pedidos WHERE usuario_id = ?)",
                    other);
            as(admin)
                    .get(FIGURES + "ventas/")
                    .then()
                    .statusCode(200)
                    .body("ventas_por_mes", hasSize(12))
                    .body("ventas_por_mes[0].mes", equalTo("2020-04"))
                    .body("ventas_por_mes[11].mes", equalTo("2021-03"))
                    .body("ventas_por_mes[10].total", is(40.2f))
                    .body("ventas_por_mes[10].pedidos", equalTo(1))
                    .body("ventas_por_mes[11].total", is(20.1f))
                    .body("productos_mas_vendidos[0].producto__nombre", equalTo("Lámpara"))
                    .body("productos_mas_vendidos[0].cantidad_vendida", equalTo(3))
                    .body("productos_mas_vendidos[0].ingresos", is(60.3f))
                    .body("metodos_pago[0].metodo_pago", equalTo("tarjeta"))
                    .body("metodos_pago[0].count", equalTo(2))
                    .body("ticket_promedio", is(30.15f));
            as(admin)
                    .get(FIGURES + "reporte/")
                    .then()
                    .statusCode(200)
                    .body("resumen.total_pedidos", equalTo(2))
                    .body("resumen.ingresos_totales", is(60.3f))
                    .body("resumen.pedidos_mes", equalTo(1))
                    .body("resumen.ingresos_mes", is(20.1f))
                    .body("resumen.total_usuarios", notNullValue())
                    .body("resumen.total_productos", notNullValue());
            as(admin)
                    .get(FIGURES + "usuarios/")
                    .then()
                    .statusCode(200)
                    .body("usuarios_por_mes", hasSize(12))
                    .body("usuarios_por_rol.rol", hasItems("admin", "cliente"))
                    .body("usuarios_mas_activos[0].pedidos_count", equalTo(1))
                    .body("tasa_retencion", instanceOf(Number.class));
        } finally {
            clock.stopAt(Instant.parse("2026-03-01T12:00:00Z"));
        }
    }

    @Test
    void the_stock_that_runs_short_is_free_units_and_the_value_what_is_not_sold() {
        given.sql("UPDATE productos SET stock_total = 0, stock_reservado = 0, stock_vendido = 0 "
                + "WHERE stock_reservado = 0 AND stock_vendido = 0");
        float before = as(admin).get(FIGURES + "productos/").then().extract().path("valor_inventario");
        long saw = given.product("Sierra escasa", "10.00", 50, 12);
        fixture.checkout(given.buyerWith(saw, 4));
        long none = given.product("Sierra agotada", "10.00", 1);
        fixture.checkout(given.buyerWith(none, 1));
        given.sql("UPDATE productos SET precio = 'NaN' WHERE id = ?", none);
        as(admin)
                .get(FIGURES + "productos/")
                .then()
                .statusCode(200)
                .body("stock_bajo.find { it.id == " + saw + " }.stock", equalTo(8))
                .body("stock_bajo.id", not(hasItem((int) none)))
                .body("productos_sin_stock", instanceOf(Integer.class))
                .body("productos_por_categoria.categoria", hasItem("otros"))
                .body("valor_inventario", is(before + 60));
    }

    @Test
    void the_statistics_are_for_the_staff_of_the_shop_and_the_dashboard_for_couriers_too() {
        for (String role : List.of("cliente", "mensajero", "trabajador")) {
            int person = given.person(role);
            int expected = role.equals("trabajador") ? 200 : 403;
            for (String kind : List.of("ventas/", "usuarios/", "productos/", "reporte/")) {
                as(person).get(FIGURES + kind).then().statusCode(expected);
            }
            as(person).get(STATS).then().statusCode(role.equals("cliente") ? 403 : 200);
            as(person).get(HISTORY).then().statusCode(403);
            as(person).delete(HISTORY + "1/").then().statusCode(403).body("code", equalTo("prohibido"));
        }
        given().get(STATS).then().statusCode(401);
        given().get(FIGURES + "ventas/").then().statusCode(401);
        given().get(HISTORY).then().statusCode(401);
        as(admin).get(FIGURES + "todo/").then().statusCode(404);
    }

    private void entry(String action, String module, String object, String details, String when) {
        given.sql("""
                INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, ip_address, "timestamp",
                    usuario_id) VALUES (?, ?, 7, ?, CAST(? AS jsonb), '10.0.0.9', CAST(? AS timestamptz), ?)
                """, action, module, object, details, when, admin);
    }

    @Test
    void the_history_shows_our_entries_and_the_old_shops_in_the_old_shops_form() {
        given.sql("UPDATE auth_user SET first_name = 'Ana', last_name = 'Gil' WHERE id = ?", admin);
        entry(
                "crear",
                "producto",
                "Radio uno",
                "{\"despues\": {\"precio\": \"5.00\", \"imagen_url\": \"x\"}}",
                "2022-01-01 12:00+00");
        entry(
                "editar",
                "producto",
                "Radio dos",
                "{\"antes\": {\"stock\": 0, \"descripcion\": \"\"}, "
                        + "\"despues\": {\"stock\": 5, \"descripcion\": \"x\"}}",
                "2022-01-02 12:00+00");
        entry("eliminar", "producto", "Radio tres", "{\"antes\": {\"nombre\": \"Radio tres\"}}", "2022-01-03 12:00+00");
        entry(
                "editar",
                "usuario",
                "Radio cuatro",
                "{\"antes\": {\"rol\": \"cliente\"}, \"despues\": {\"rol\": \"admin\"}}",
                "2022-01-04 12:00+00");
        entry(
                "editar",
                "producto",
                "Radio cinco",
                "{\"cambios_realizados\": {\"precio\": {\"anterior\": \"1\", \"nuevo\": \"2\"}}, "
                        + "\"imagen_url\": \"data:x\"}",
                "2022-01-05 12:00+00");
        entry("cargar_todo", "fichero", "Radio seis", "[1, 2]", "2022-01-06 12:00+00");
        String radios = HISTORY + "?search=radio&fecha_desde=2022-01-01&fecha_hasta=2022-01-31";
        as(admin)
                .get(radios)
                .then()
                .statusCode(200)
                .body("count", equalTo(6))
                .body(
                        "results.objeto_repr",
                        contains("Radio seis", "Radio cinco", "Radio cuatro", "Radio tres", "Radio dos", "Radio uno"))
                .body("results[5].usuario_nombre", equalTo("admin1"))
                .body("results[5].usuario_nombre_completo", equalTo("Ana Gil"))
                .body("results[5].accion", equalTo("crear"))
                .body("results[5].accion_display", equalTo("Crear"))
                .body("results[5].modulo_display", equalTo("Producto"))
                .body("results[5].ip_address", equalTo("10.0.0.9"))
                .body("results[5].timestamp", equalTo("2022-01-01T12:00:00Z"))
                .body("results[5].detalles.datos_creados.precio", equalTo("5.00"))
                .body("results[5].detalles.datos_creados.size()", equalTo(1))
                .body("results[4].detalles.cambios_realizados.stock.anterior", equalTo("0"))
                .body("results[4].detalles.cambios_realizados.stock.nuevo", equalTo("5"))
                .body("results[4].detalles.cambios_realizados.descripcion.anterior", equalTo("\u2014"))
                .body("results[3].detalles.datos_eliminados.nombre", equalTo("Radio tres"))
                .body("results[2].accion", equalTo("cambiar_rol"))
                .body("results[2].accion_display", equalTo("Cambiar rol"))
                .body("results[1].detalles.cambios_realizados.precio.nuevo", equalTo("2"))
                .body("results[1].detalles.size()", equalTo(1))
                .body("results[0].accion_display", equalTo("Cargar todo"))
                .body("results[0].modulo_display", equalTo("Fichero"));
        as(admin).get(radios + "&accion=cambiar_rol&modulo=usuario").then().body("count", equalTo(1));
        as(admin).get(radios + "&accion=editar").then().body("count", equalTo(2));
        as(admin).get(radios + "&modulo=pedido").then().body("count", equalTo(0));
        as(admin).get(HISTORY + "?search=radio&fecha_hasta=2022-01-02").then().body("count", equalTo(2));
        as(admin)
                .get(radios + "&page_size=2&page=2")
                .then()
                .body("results.objeto_repr", contains("Radio cuatro", "Radio tres"))
                .body("next", containsString("page=3"))
                .body("previous", containsString("page_size=2"));
        as(admin)
                .header("Accept-Language", "en")
                .get(radios + "&page_size=6")
                .then()
                .body("results[5].accion_display", equalTo("Create"));
    }

    @Test
    void a_look_at_a_letters_code_is_in_the_history_in_words() {
        entry("ver_codigo", "correo", "Correo #6", "{\"para\": \"ana@example.com\"}", "2022-03-01 12:00+00");
        as(admin)
                .get(HISTORY + "?fecha_desde=2022-03-01&fecha_hasta=2022-03-01")
                .then()
                .statusCode(200)
                .body("results[0].accion", equalTo("ver_codigo"))
                .body("results[0].accion_display", equalTo("Ver código"))
                .body("results[0].modulo_display", equalTo("Correo"))
                .body("results[0].detalles.para", equalTo("ana@example.com"));
    }

    @Test
    void nobody_wipes_the_history() {
        entry("crear", "producto", "Radio eterna", "{}", "2022-02-01 12:00+00");
        long before = given.number("SELECT count(*) FROM audit_logs");
        long id = given.number("SELECT max(id) FROM audit_logs");
        as(admin).delete(HISTORY + id + "/").then().statusCode(403).body("code", equalTo("historial_intocable"));
        as(admin).delete(HISTORY + "clear_all/").then().statusCode(403).body("code", equalTo("historial_intocable"));
        assertEquals(before, given.number("SELECT count(*) FROM audit_logs"));
    }
}
