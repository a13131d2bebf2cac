package com.electroisla.oldfront.http;

import static com.electroisla.oldfront.http.FrontEndCall.Who.ADMIN;
import static com.electroisla.oldfront.http.FrontEndCall.Who.ANYBODY;
import static com.electroisla.oldfront.http.FrontEndCall.Who.DELIVERY;
import static com.electroisla.oldfront.http.FrontEndCall.Who.SHOP;
import static com.electroisla.oldfront.http.FrontEndCall.Who.SIGNED_IN;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.oldfront.http.FrontEndCall.Who;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every call of the old front end, in an order in which all of them can be made one after the other. */
final class FrontEndCalls {
    /** Calls that it shares with the API, which describes them under other tags. */
    static final Set<String> SHARED = Set.of(
            "GET /api/productos/",
            "GET /api/productos/{id}/",
            "GET /api/carrito/",
            "POST /api/carrito/agregar/",
            "DELETE /api/carrito/items/{id}/");

    private static final String PASSWORD = "Isla#verde7";
    private static final String NEW = "Brisa%lenta42x";
    private static final String ANA = "ana@example.com";
    private static final String LEO = "leo@example.com";
    private static final int WEEK = (int) Duration.ofDays(7).toSeconds();
    private static final String PRODUCT_FORM = "{'nombre':'Estufa','descripcion':'De gas','precio':'45.50',"
            + "'descuento':'10','stock':'7','stock_total':'7','categoria':'otros','activo':'true',"
            + "'en_carrusel':'false','en_carousel_card':'true','en_all_products':'true'}";

    private static final String PRODUCT = "id int, nombre text, descripcion text, precio text, descuento int, "
            + "categoria text, imagen_url text?, stock int, activo bool, en_carrusel bool, en_carousel_card bool, "
            + "en_all_products bool";
    private static final String STAFF_ORDER = "id int, usuario_nombre text, usuario_email text, estado text, "
            + "metodo_pago text, telefono text, direccion_entrega text, notas text?, mensajero_nombre text?, "
            + "created_at time, total text";
    private static final String ORDERED =
            "id int, producto_nombre text, producto_imagen text?, cantidad int, subtotal text";
    private static final String PERSON =
            "accessToken text, user.id int, user.email text, user.nombre text, " + "user.rol text";
    private static final String CART =
            "items[0].id int, items[0].product.id int, items[0].quantity int, " + "total number, total_items int";

    /** The people who make the calls that need a token, by role. */
    private final Map<String, Integer> people;

    private final ShopFixture given;
    private final long lamp;
    private final long fan;
    private final long spare;
    private final int another;
    private final int neighbour;
    private final long order;

    /** Fills the shop with something for each call to find. */
    FrontEndCalls(ShopFixture given) {
        this.given = given;
        given.shop.manageAccounts().create("ana", ANA, PASSWORD, Role.CLIENTE);
        people = Map.of(
                "cliente", given.anyBuyer(),
                "mensajero", given.person("mensajero"),
                "trabajador", given.person("trabajador"),
                "admin", given.person("admin"));
        lamp = given.product("Lámpara", "12.50", 20, 9);
        fan = given.product("Ventilador", "20.00", 3);
        spare = given.product("De más", "1.00", 1);
        given.sql("UPDATE productos SET en_carrusel = true, imagen = 'productos/l.png' WHERE id = ?", lamp);
        another = given.buyerWith(fan, 1);
        neighbour = given.anyBuyer();
        given.inCart(buyer(), lamp, 1);
        given.checkout(buyer());
        given.pay(buyer());
        order = given.number("SELECT max(id) FROM pedidos");
        given.inCart(buyer(), fan, 1);
        given.inCart(person("admin"), fan, 1);
        given.sql("INSERT INTO favoritos (created_at, producto_id, usuario_id) VALUES (now(), ?, ?)", lamp, buyer());
        given.sql("""
                INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, ip_address, "timestamp",
                    usuario_id) VALUES ('editar', 'producto', 1, 'Lámpara', '{}', '10.0.0.9', now(), ?)
                """, person("admin"));
    }

    int person(String role) {
        return people.getOrDefault(role, 0);
    }

    private int buyer() {
        return person("cliente");
    }

    /** The code that was mailed last to this address. */
    private String code(String email) {
        return given.text(
                "SELECT COALESCE((SELECT valores ->> 'codigo' FROM correos WHERE para = ? "
                        + "AND valores ->> 'codigo' IS NOT NULL ORDER BY id DESC LIMIT 1), '000000')",
                email);
    }

    List<FrontEndCall> all() {
        return Stream.of(session(), catalogue(), cart(), favourites(), products(), peopleAndOrders(), figures(), end())
                .flatMap(List::stream)
                .toList();
    }

    private static FrontEndCall get(String path, Who who) {
        return new FrontEndCall("GET", path, who);
    }

    private static FrontEndCall post(String path, Who who) {
        return new FrontEndCall("POST", path, who);
    }

    private static FrontEndCall patch(String path, Who who) {
        return new FrontEndCall("PATCH", path, who);
    }

    private static FrontEndCall delete(String path, Who who) {
        return new FrontEndCall("DELETE", path, who);
    }

    /** The fields of an object within the answer. */
    private static String in(String object, String fields) {
        return Stream.of(fields.split(", ")).map(field -> object + "." + field).collect(Collectors.joining(", "));
    }

    private List<FrontEndCall> session() {
        return List.of(
                get("/api/auth/csrf-token/", ANYBODY),
                post("/api/auth/login/", ANYBODY)
                        .sends("{'username':'" + ANA + "','password':'" + PASSWORD + "'}")
                        .answers(200, PERSON)
                        .cookie(WEEK),
                post("/api/auth/refresh/", ANYBODY).answers(200, PERSON).cookie(WEEK),
                post("/api/auth/check-email/", ANYBODY)
                        .sends("{'email':'" + ANA + "'}")
                        .answers(200, "exists false"),
                post("/api/auth/register-with-verification/", ANYBODY)
                        .sends("{'username':'leo','email':'" + LEO + "','password':'" + PASSWORD
                                + "','first_name':'Leo','last_name':'Gil'}")
                        .answers(201, "email text, message text, expires_in_minutes int"),
                post("/api/auth/resend-verification/", ANYBODY)
                        .sends("{'email':'" + LEO + "'}")
                        .answers(200, "expires_in_minutes int"),
                get("/api/auth/verification-status/", ANYBODY)
                        .query("email=" + LEO)
                        .wrongQueries("", "?email=", "?email=%00")
                        .answers(
                                200,
                                "is_verified bool, verification_expires_at time, resend_count int, "
                                        + "resend_available_in_seconds int, can_resend bool"),
                post("/api/auth/verify-email/", ANYBODY)
                        .sends(() -> "{'email':'" + LEO + "','codigo':'" + code(LEO) + "'}"),
                post("/api/auth/forgot-password/", ANYBODY)
                        .sends("{'email':'" + ANA + "'}")
                        .answers(200, "message text"),
                post("/api/auth/reset-password/", ANYBODY)
                        .sends(() -> "{'email':'" + ANA + "','codigo':'" + code(ANA) + "','password':'" + NEW
                                + "','password_confirm':'" + NEW + "'}"));
    }

    private List<FrontEndCall> catalogue() {
        return List.of(
                get("/api/carrusel/", ANYBODY).answers(200, "count int", in("data[0]", PRODUCT)),
                get("/api/catalogo/productos/", ANYBODY).answers(200, "count int", in("data[0]", PRODUCT)),
                get("/api/productos/", ANYBODY).answers(200, in("results[0]", PRODUCT)),
                get("/api/productos/{id}/", ANYBODY)
                        .at(lamp)
                        .answers(
                                200,
                                in("producto", PRODUCT),
                                in("productos_relacionados[0]", "id int, nombre text, precio text, imagen_url text?"),
                                "favoritos_count int"));
    }

    private List<FrontEndCall> cart() {
        long line = given.lineOf(buyer());
        return List.of(
                post("/api/carrito/agregar/", SIGNED_IN)
                        .sends("{'product_id':" + lamp + ",'quantity':2}")
                        .answers(201, CART),
                get("/api/carrito/", SIGNED_IN).answers(200, CART),
                post("/api/carrito/bulk-update/", SIGNED_IN)
                        .sends("{'updates':{'" + lamp + "':1}}")
                        .withWrongField(200)
                        .answers(
                                200, "message text", in("cart.items[0].product", "id int"), in("cart", "total number")),
                post("/api/carrito/items/sync/", ANYBODY)
                        .sends("{'" + lamp + "':7}")
                        .withWrongField(204)
                        .answers(204),
                delete("/api/carrito/items/{id}/", SIGNED_IN)
                        .at(line)
                        .foreign(buyer(), given.lineOf(another), 404)
                        .foreign(person("admin"), given.lineOf(another), 404)
                        .answers(200, CART));
    }

    private List<FrontEndCall> favourites() {
        return List.of(
                post("/api/favoritos/agregar/{id}/", SIGNED_IN).at(fan).answers(201, "favoritos_count int"),
                get("/api/favoritos/es-favorito/{id}/", SIGNED_IN).at(fan).answers(200, "es_favorito bool"),
                get("/api/favoritos/verificar-batch/", SIGNED_IN)
                        .query("ids=" + lamp + "," + fan)
                        .wrongQueries("?ids=a", "?ids=1,,2", "?ids=-1", "?ids=1%00")
                        .answers(200, "favoritos." + lamp + " bool", "favoritos." + fan + " bool"),
                get("/api/mis-favoritos/", SIGNED_IN)
                        .answers(
                                200,
                                "count int",
                                in(
                                        "favoritos[0]",
                                        "id int, nombre text, precio text, descuento int, imagen_url text?")),
                delete("/api/favoritos/remover/{id}/", SIGNED_IN).at(fan).answers(200, "favoritos_count int"),
                get("/api/mis-pedidos/", SIGNED_IN)
                        .answers(
                                200,
                                "count int",
                                in(
                                        "pedidos[0]",
                                        "id int, estado text, created_at time, direccion_entrega text, "
                                                + "telefono text, metodo_pago text, total number"),
                                in(
                                        "pedidos[0].detalles[0]",
                                        "id int, cantidad int, precio_unitario number, subtotal number"),
                                in("pedidos[0].detalles[0].producto", "id int, nombre text, imagen_url text")));
    }

    private List<FrontEndCall> products() {
        return List.of(
                get("/api/admin/productos/", SHOP)
                        .wrongQueries("?activo=quizas", "?page_size=0")
                        .answers(200, in("results[0]", PRODUCT + ", imagen text?, creado_por_username text")),
                post("/api/admin/productos/", SHOP).sendsForm(PRODUCT_FORM).answers(201, PRODUCT),
                patch("/api/admin/productos/{id}/", SHOP)
                        .at(lamp)
                        .sendsForm(PRODUCT_FORM)
                        .answers(200, PRODUCT),
                delete("/api/admin/productos/{id}/", ADMIN).at(spare).answers(204));
    }

    private List<FrontEndCall> peopleAndOrders() {
        int admin = person("admin");
        return List.of(
                get("/api/admin/users/", SHOP)
                        .wrongQueries("?rol=jefe", "?activo=1")
                        .answers(
                                200,
                                in(
                                        "results[0]",
                                        "id int, username text, email_parcial text?, first_name text, "
                                                + "last_name text, is_active bool, rol text, fecha_registro time")),
                patch("/api/admin/users/{id}/", ADMIN)
                        .at(neighbour)
                        .sends("{'rol':'mensajero','is_active':true}")
                        .foreign(admin, admin, 403)
                        .answers(200, "id int, rol text, is_active bool"),
                get("/api/admin/pedidos/", DELIVERY)
                        .wrongQueries("?estado=perdido")
                        .answers(200, in("results[0]", STAFF_ORDER), in("results[0].detalles[0]", ORDERED)),
                patch("/api/admin/pedidos/{id}/", DELIVERY)
                        .at(order)
                        .sends("{'estado':'en_preparacion'}")
                        .foreign(person("mensajero"), order, 404)
                        .answers(200, "estado text"));
    }

    private static List<FrontEndCall> figures() {
        return List.of(
                get("/api/admin/dashboard/stats/", DELIVERY)
                        .wrongQueries("?fecha_desde=ayer", "?fecha_hasta=2026-02-30")
                        .answers(
                                200,
                                in("usuarios", "total int, activos int, nuevos_7d int"),
                                in("productos", "total int, activos int, nuevos_7d int")),
                get("/api/admin/estadisticas/ventas/", SHOP)
                        .answers(
                                200,
                                in("ventas_por_mes[0]", "mes text, total number"),
                                in(
                                        "productos_mas_vendidos[0]",
                                        "producto__nombre text, cantidad_vendida int, ingresos number"),
                                in("metodos_pago[0]", "metodo_pago text, count int"),
                                "ticket_promedio number"),
                get("/api/admin/estadisticas/usuarios/", SHOP)
                        .answers(
                                200,
                                in("usuarios_por_mes[0]", "mes text, nuevos int"),
                                in("usuarios_por_rol[0]", "rol text, count int"),
                                in("usuarios_mas_activos[0]", "username text, pedidos_count int"),
                                "tasa_retencion number"),
                get("/api/admin/estadisticas/productos/", SHOP)
                        .answers(
                                200,
                                in("productos_por_categoria[0]", "categoria text, count int"),
                                in("stock_bajo[0]", "nombre text, stock int"),
                                "productos_sin_stock int, valor_inventario number"),
                get("/api/admin/estadisticas/reporte/", SHOP)
                        .answers(
                                200,
                                in(
                                        "resumen",
                                        "total_usuarios int, total_productos int, total_pedidos int, "
                                                + "ingresos_totales number, pedidos_mes int, ingresos_mes number")));
    }

    private List<FrontEndCall> end() {
        return List.of(
                get("/api/admin/historial/", ADMIN)
                        .wrongQueries("?fecha_desde=ayer", "?page=0")
                        .answers(
                                200,
                                in(
                                        "results[0]",
                                        "id int, usuario_nombre text, usuario_nombre_completo text, "
                                                + "accion text, accion_display text, modulo text, modulo_display text, "
                                                + "objeto_repr text, ip_address text?, timestamp time, detalles map")),
                delete("/api/admin/historial/{id}/", ADMIN)
                        .at(given.number("SELECT min(id) FROM audit_logs"))
                        .withoutRow(403)
                        .answers(403, "error text"),
                delete("/api/admin/historial/clear_all/", ADMIN).answers(403, "error text"),
                post("/api/auth/logout/", ANYBODY).cookie(0));
    }
}
