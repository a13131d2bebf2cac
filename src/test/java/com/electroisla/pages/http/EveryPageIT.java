package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.InviteStaff.Inviter;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.logs.HeardLines;
import com.electroisla.pages.Form;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules for every page and every form of the program, which are found by its classes and its pages. */
@QuarkusTest
class EveryPageIT extends PersonTest {
    private static final int HANDFUL = 10;
    /** Pages for people who are not signed in, reached by a link or by a letter. */
    private static final Set<String> DOORS = Set.of(
            "/entrar/",
            "/entrar/codigo/",
            "/registro/",
            "/recuperar/",
            "/recuperar/codigo/",
            "/invitacion/",
            "/clave/",
            "/admin/login/");

    private static final Pattern ID = Pattern.compile("<[a-z][^>]*\\sid=\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)\"");
    /** Values with which a form gets as far as checking the owner of the id in its address. */
    private static final Map<String, String> SENSIBLE = Map.ofEntries(
            Map.entry("cantidad", "1"),
            Map.entry("campo", "precio"),
            Map.entry("precio", "10"),
            Map.entry("version", "x"),
            Map.entry("nombre", "x"),
            Map.entry("categoria", "x"),
            Map.entry("desde", "confirmado"),
            Map.entry("hacia", "en_preparacion"),
            Map.entry("mensajero", "0"),
            Map.entry("rol", "cliente"),
            Map.entry("tipo", "entrada"),
            Map.entry("motivo", "x"),
            Map.entry("descuento", "0"),
            Map.entry("username", "alguien"),
            Map.entry("password", "no es una"),
            Map.entry("email", "x@example.com"),
            Map.entry("era", "cliente"),
            Map.entry("direccion_entrega", "Calle 23"),
            Map.entry("telefono", "555-0100"),
            Map.entry("codigo", "000000"),
            Map.entry("password_actual", "no es una"));

    private final PageRoutes routes = PageRoutes.all();

    private static final Map<String, String> MAILED =
            Map.of("/invitacion/", "codigo_invitacion", "/clave/", "codigo_enlace_clave");

    /** Links that wait for their readers, whose pages nobody reaches by links. */
    private void haveLinksMailed(Person admin) {
        Actor actor = new Actor(admin.id(), "127.0.0.1", "prueba");
        shop.accounts()
                .invitations()
                .invite(
                        UUID.randomUUID() + "@example.com",
                        Role.TRABAJADOR,
                        new Inviter(actor, "ana", Locale.ENGLISH),
                        anyForm(admin));
        given.sql("UPDATE auth_user SET email = id || '@example.com' WHERE id = ?", admin.id());
        shop.accounts().resetLinks().send(admin.id(), actor, Locale.ENGLISH, anyForm(admin));
    }

    private static IdempotencyKey anyForm(Person person) {
        return Applied.key(person.id(), "/prueba", UUID.randomUUID().toString(), "");
    }

    /** The address of a page; of one that a mailed link opens, with that link. */
    private String address(String page) {
        return MAILED.containsKey(page)
                ? page + "?codigo="
                        + given.text(
                                "SELECT valores ->> 'codigo' FROM correos WHERE tipo = ? ORDER BY id DESC LIMIT 1",
                                MAILED.get(page))
                : page;
    }

    /** A buyer with all that an account can have: an address, another open session and a second factor. */
    private void livesHere(int buyer) {
        given.sql("""
                INSERT INTO direcciones (usuario_id, nombre, direccion, telefono, principal, created_at, updated_at)
                VALUES (?, 'Casa', 'Calle 23', '555', true, now(), now())
                """, buyer);
        given.sql("""
                INSERT INTO segundos_factores (usuario_id, secreto, activado_at, ultimo_paso)
                VALUES (?, sha256('x'), now(), 0)
                """, buyer);
    }

    /** A buyer with an order, a letter about it that failed, holds that can be paid, and two lines in the cart. */
    private Person buyer() {
        long fan = given.product("Ventilador", "10", 100);
        int buyer = given.buyerWith(fan, 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        shop.distributeEvents().run();
        given.sql("UPDATE correos SET estado = 'fallido', fallo = 'x' WHERE tipo NOT LIKE 'codigo%'");
        given.sql("UPDATE correos SET estado = 'pendiente', siguiente_at = 'infinity' "
                + "WHERE id = (SELECT min(id) FROM correos WHERE tipo NOT LIKE 'codigo%')");
        given.inCart(buyer, fan, 2);
        fixture.checkout(buyer);
        given.inCart(buyer, given.product("Nevera", "10", 3), 5);
        given.sql("""
                INSERT INTO diferencias (aspecto, sujeto, cifra, esperado, mal_desde, encontrada_at)
                VALUES ('pedido_total', 'pedido/' || CAST(? AS int), 1, 2, now(), now())
                """, buyer);
        livesHere(buyer);
        given.refundOwed(buyer, "10.00");
        return signedIn(buyer);
    }

    /** The pages of a buyer with a payment that a provider has begun, and with one that it has not. */
    private Map<String, String> payments() {
        Map<String, String> pages = new LinkedHashMap<>();
        for (boolean begun : List.of(true, false)) {
            int buyer = given.buyerWith(given.product("Lavadora", "10", 9), 1);
            fixture.checkout(buyer);
            long payment = as(buyer)
                    .body(PAYMENT)
                    .post("/api/pagos/")
                    .then()
                    .statusCode(201)
                    .extract()
                    .jsonPath()
                    .getLong("id");
            if (!begun) {
                given.sql("UPDATE pagos SET referencia = NULL, url = NULL WHERE id = ?", payment);
            }
            Person payer = signedIn(buyer);
            for (String path : List.of("/pagos/", "/pagos/prueba/")) {
                String page = payer.asks().get(path + payment + "/").asString();
                pages.put("payer " + begun + " " + path, page);
            }
        }
        return pages;
    }

    /** The address of a guest's order, which only a letter leads to. */
    private String letterLink(String email) {
        int guest = given.guest(email);
        given.inCart(guest, given.product("Linterna", "10", 3), 1);
        fixture.checkout(guest);
        fixture.pay(guest);
        return given.orderLink(guest);
    }

    private String addressOf(Person person) {
        return given.text("SELECT email FROM auth_user WHERE id = ?", person.id());
    }

    /** Every page that this user reaches by links, one of each kind. */
    private Map<String, String> walk(Person person, String from) {
        Map<String, String> pages = new LinkedHashMap<>();
        Deque<String> ahead = new ArrayDeque<>(List.of(from));
        Set<String> seen = new TreeSet<>(List.of(PageRoutes.of(from)));
        while (!ahead.isEmpty()) {
            String path = ahead.poll();
            Response answer = person.asks().get(path);
            String type = String.valueOf(answer.contentType());
            if (answer.statusCode() == 200 && type.startsWith("text/html")) {
                pages.put(path, answer.asString());
                Matcher link = LINK.matcher(answer.asString());
                while (link.find()) {
                    String next = link.group(1).replaceAll("\\?.*", "");
                    boolean inReach = !next.startsWith("/recursos/")
                            && (from.equals("/") || next.startsWith(from) || next.startsWith("/cuenta/"));
                    if (inReach && seen.add(PageRoutes.of(next))) {
                        ahead.add(next);
                    }
                }
            }
        }
        return pages;
    }

    private Map<String, FoundForm> forms(Map<String, String> pages) {
        Map<String, FoundForm> forms = new LinkedHashMap<>();
        pages.values()
                .forEach(page -> FoundForm.on(page)
                        .forEach(form -> forms.merge(
                                PageRoutes.of(form.action()),
                                form,
                                (one, other) -> one.typed().size() + one.given().size()
                                                >= other.typed().size()
                                                        + other.given().size()
                                        ? one
                                        : other)));
        return forms;
    }

    /** A request with a form that has a one-time key of its own. */
    private static RequestSpecification sends(Person person, Map<String, String> fields) {
        return person.sends(fields).formParam(Form.KEY, UUID.randomUUID().toString());
    }

    private List<String> logged(Runnable what) {
        try (HeardLines security = HeardLines.of("electroisla.security")) {
            what.run();
            return security.lines();
        }
    }

    @Test
    void a_form_without_its_token_or_with_anothers_changes_nothing_is_403_and_in_the_security_log() {
        Person admin = signedIn(given.person("admin"));
        for (String route : routes.posts()) {
            String path = route.replace("{id}", "1");
            List<String> lines = logged(() -> {
                admin.asks().formParams(SENSIBLE).post(path).then().statusCode(403);
                admin.asks()
                        .formParams(SENSIBLE)
                        .formParam("csrf_token", Csrf.tokenFor("de otro"))
                        .post(path)
                        .then()
                        .statusCode(403);
                admin.asks()
                        .header("X-CSRF-Token", Csrf.tokenFor("de otro"))
                        .formParams(SENSIBLE)
                        .post(path)
                        .then()
                        .statusCode(403);
            });
            String line = "formulario rechazado sin token CSRF: " + path + " usuario=";
            assertEquals(3, lines.stream().filter(each -> each.startsWith(line)).count(), () -> path + " " + lines);
        }
    }

    @Test
    void the_secret_in_the_address_of_a_guests_order_is_not_in_the_security_log() {
        String secret = "aB3_".repeat(11).substring(1);
        Person anybody = signedIn(given.anyBuyer());
        List<String> lines = logged(() -> anybody.asks()
                .formParams(SENSIBLE)
                .post("/pedido/" + secret + "/cancelar/")
                .then()
                .statusCode(403));
        assertEquals(
                1,
                lines.stream()
                        .filter(each -> each.contains("/pedido/***/cancelar/ usuario="))
                        .count(),
                lines::toString);
        assertEquals(
                List.of(), lines.stream().filter(each -> each.contains(secret)).toList());
    }

    @Test
    void what_belongs_to_others_or_to_nobody_is_not_found_or_leads_back_and_is_in_the_security_log() {
        Person owner = buyer();
        Person stranger = signedIn(given.anyBuyer());
        Person courier = signedIn(given.person("mensajero"));
        Person admin = signedIn(given.person("admin"));
        long order = given.number("SELECT id FROM pedidos WHERE usuario_id = ?", owner.id());
        long line = given.number(
                "SELECT min(i.id) FROM cart_items i JOIN carts c ON c.id = i.cart_id WHERE c.user_id = ?", owner.id());
        List<String> open = new ArrayList<>();
        for (String route : routes.gets()) {
            // Products on sale are visible to everybody.
            if (route.contains("{id}") && !route.equals("/productos/{id}/")) {
                expectNotFound(
                        open,
                        "GET",
                        route,
                        route.startsWith("/admin/") ? admin : stranger,
                        route.startsWith("/admin/") ? 999_999_999L : order);
            }
        }
        for (String route : routes.posts()) {
            if (route.contains("{id}")) {
                long id = route.startsWith("/admin/") ? 999_999_999L : route.startsWith("/carrito/") ? line : order;
                expectNotFound(open, "POST", route, route.startsWith("/admin/") ? admin : stranger, id);
            }
        }
        for (String route : List.of("/admin/pedidos/{id}/")) {
            expectNotFound(open, "GET", route, courier, order);
        }
        expectNotFound(open, "POST", "/admin/pedidos/{id}/estado/", courier, order);
        assertEquals(List.of(), open);
        assertEquals("confirmado", given.text("SELECT estado FROM pedidos WHERE id = ?", order));
        assertEquals(1, given.number("SELECT count(*) FROM cart_items WHERE id = ?", line));
    }

    private void expectNotFound(List<String> open, String verb, String route, Person who, long id) {
        String path = route.replace("{id}", Long.toString(id));
        List<Integer> status = new ArrayList<>();
        List<String> lines = logged(() -> status.add(
                verb.equals("GET")
                        ? who.asks().get(path).statusCode()
                        : sends(who, SENSIBLE).post(path).statusCode()));
        String expected = "página de algo ajeno o inexistente: " + path.replaceAll("/$", "");
        // A late form leads back to the page of its object, and no further.
        int kindly = verb.equals("POST") ? 303 : 404;
        if (status.getFirst() != kindly || lines.stream().noneMatch(line -> line.startsWith(expected))) {
            open.add(verb + " " + path + " " + status + " " + lines);
        }
    }

    @Test
    void each_role_opens_what_is_its_own_and_nothing_else_in_the_admin() {
        Map<String, List<String>> opens = new TreeMap<>();
        for (String role : List.of("cliente", "mensajero", "trabajador", "admin")) {
            Person person = signedIn(given.person(role));
            for (String route : routes.gets()) {
                if (route.startsWith("/admin/") && !route.equals("/admin/login/")) {
                    String path = route.replace("{id}", "999999999");
                    List<String> lines = logged(() -> {
                        if (person.asks().get(path).statusCode() != 403) {
                            opens.computeIfAbsent(role, _ -> new ArrayList<>())
                                    .add(route.split("/").length > 2 ? route.split("/")[2] : "");
                        }
                    });
                    assertTrue(lines.isEmpty() || lines.getFirst().startsWith("página "), () -> route + lines);
                }
            }
        }
        assertEquals(Set.of("mensajero", "trabajador", "admin"), opens.keySet());
        assertEquals(Set.of("", "pedidos"), Set.copyOf(opens.get("mensajero")));
        assertEquals(
                Set.of(
                        "",
                        "productos",
                        "stock-reservations",
                        "pedidos",
                        "pagos",
                        "reembolsos",
                        "informe",
                        "carritos",
                        "diferencias",
                        "correos"),
                Set.copyOf(opens.get("trabajador")));
        assertEquals(
                Set.of(
                        "",
                        "productos",
                        "stock-reservations",
                        "pedidos",
                        "pagos",
                        "reembolsos",
                        "informe",
                        "carritos",
                        "diferencias",
                        "correos",
                        "usuarios",
                        "auditoria"),
                Set.copyOf(opens.get("admin")));
    }

    @Test
    void script_text_in_any_field_of_any_form_is_shown_as_text() {
        Person admin = signedIn(given.person("admin"));
        haveLinksMailed(admin);
        // The newest letter is the one that the walk opens: one that can be sent again.
        Person buyer = buyer();
        Map<String, FoundForm> shop = forms(walk(buyer, "/"));
        Map<String, FoundForm> panel = forms(walk(admin, "/admin/"));
        String link = letterLink(addressOf(buyer));
        shop.putAll(forms(Map.of(link, buyer.asks().get(link).asString())));
        shop.putAll(forms(payments()));
        Map<String, FoundForm> doors = new LinkedHashMap<>();
        for (String door : DOORS) {
            doors.putAll(forms(Map.of(door, RestAssured.get(address(door)).asString())));
        }
        Set<String> found = new TreeSet<>();
        List.of(shop, panel, doors).forEach(each -> found.addAll(each.keySet()));
        Set<String> unfound = new TreeSet<>(routes.posts());
        unfound.removeAll(found);
        assertEquals(Set.of(), unfound, "forms that no walk through the pages finds");

        Map<String, String> marks = new LinkedHashMap<>();
        Set<String> shown = new LinkedHashSet<>();
        submitAll(buyer, shop, marks, shown);
        // A new sign-in replaces the session.
        doors.forEach((_, form) -> submit(signedIn(given.anyBuyer()), form, marks, shown));
        submitAll(admin, panel, marks, shown);
        given.sql("DELETE FROM ajustes_cuentas");
        given.sql("DELETE FROM sesiones_web WHERE usuario_id = ?", admin.id());
        Person again = signedIn(admin.id());
        for (String list : List.of("/admin/productos/?q=script", "/admin/productos/?orden=-id")) {
            look(again.asks().get(list), marks, shown);
        }
        walk(again, "/admin/").keySet().forEach(path -> look(again.asks().get(path), marks, shown));
        long product = given.number("SELECT max(id) FROM productos WHERE nombre LIKE '<script>%'");
        for (String path : List.of(
                "/",
                "/?search=script",
                "/productos/" + product + "/",
                "/admin/productos/" + product + "/",
                "/admin/productos/" + product + "/kardex/",
                "/admin/auditoria/",
                "/admin/diferencias/?estado=terminadas",
                "/admin/pedidos/" + given.number("SELECT max(id) FROM pedidos") + "/")) {
            look(again.asks().get(path), marks, shown);
        }
        Set<String> never = new TreeSet<>(marks.keySet());
        never.removeAll(shown);
        // Secrets are never shown again, and an invalid number is answered without it.
        never.removeIf(field -> field.matches(".* (password.*)|.*/rapido/ precio|/carrito/.* cantidad"
                + "|/(cuenta/segundo-factor|entrar)/.* codigo|/cuenta/segundo-factor/ codigo|/invitacion/ username"));
        assertEquals(Set.of(), never, "typed, and neither refused nor shown anywhere");
    }

    private void submitAll(Person person, Map<String, FoundForm> forms, Map<String, String> marks, Set<String> shown) {
        forms.values().stream()
                .sorted(Comparator.comparing(form -> rank(form.action())))
                .forEach(form -> submit(person, form, marks, shown));
    }

    /** The order of the actions: a payment needs the holds that others end; signing out comes last. */
    private static int rank(String action) {
        // A repair may end what can be accepted, and a provider gives what can be marked as given.
        if (action.endsWith("/borrar/") || action.endsWith("/reparar/") || action.endsWith("/proveedor/")) {
            return 2;
        }
        if (action.endsWith("/exigir/")) {
            return 3;
        }
        if (action.equals("/salir/") || action.endsWith("/sesiones/")) {
            return 2;
        }
        return action.equals("/reserva/pagar/") ? 0 : 1;
    }

    /**
     * Submits a form twice: with script text in free fields and valid values elsewhere, and with nothing but script
     * text.
     */
    private void submit(Person person, FoundForm form, Map<String, String> marks, Set<String> shown) {
        Map<String, String> sensible = new HashMap<>(form.given());
        Map<String, String> hostile = new HashMap<>();
        form.given()
                .forEach((name, value) ->
                        hostile.put(name, name.equals("aplicar") ? value : mark(form, name, new HashMap<>())));
        for (String name : form.typed()) {
            String mark = mark(form, name, marks);
            boolean text = List.of(
                            "nombre",
                            "descripcion",
                            "categoria",
                            "motivo",
                            "direccion_entrega",
                            "telefono",
                            "notas",
                            "como")
                    .contains(name);
            sensible.put(name, text ? mark : SENSIBLE.getOrDefault(name, ""));
            hostile.put(name, mark);
        }
        // A new key for each time that it is sent.
        sensible.remove(Form.KEY);
        hostile.remove(Form.KEY);
        // Of the list's actions on many, only those chosen here; none exports.
        sensible.remove("accion");
        for (Map<String, String> fields : List.of(hostile, sensible)) {
            Response answer = sends(person, fields).post(form.action());
            assertTrue(answer.statusCode() < 500, () -> form + " " + answer.statusCode());
            look(answer, marks, shown);
            String next = answer.header("Location");
            if (next != null) {
                look(
                        person.asks().cookies(answer.cookies()).get(next.replaceFirst("https?://[^/]+", "")),
                        marks,
                        shown);
            }
        }
    }

    private static String mark(FoundForm form, String name, Map<String, String> marks) {
        return marks.computeIfAbsent(
                PageRoutes.of(form.action()) + " " + name, _ -> "<script>" + (10 + marks.size()) + "</script>");
    }

    private static void look(Response answer, Map<String, String> marks, Set<String> shown) {
        if (!String.valueOf(answer.contentType()).startsWith("text/html")) {
            return;
        }
        String page = answer.asString();
        assertEquals(Map.of(), repeated(Map.of("answer", page)));
        assertFalse(Pattern.compile("<script>[0-9]").matcher(page).find(), page);
        marks.forEach((field, mark) -> {
            if (page.contains(mark.replace("<", "&lt;").replace(">", "&gt;"))) {
                shown.add(field);
            }
        });
    }

    @Test
    void no_page_has_an_id_twice_whoever_looks_at_it_nor_after_a_part_of_it_was_exchanged() {
        Person buyer = buyer();
        Person worker = signedIn(given.person("trabajador"));
        Person courier = signedIn(given.person("mensajero"));
        Person admin = signedIn(given.person("admin"));
        given.sql("UPDATE pedidos SET mensajero_id = ? WHERE usuario_id = ?", courier.id(), buyer.id());
        String link = letterLink(addressOf(buyer));
        Map<String, String> pages = new LinkedHashMap<>(payments());
        haveLinksMailed(admin);
        Set<String> open = new TreeSet<>(DOORS);
        open.addAll(List.of("/", "/no-hay-nada/"));
        for (String door : open) {
            pages.put(
                    "nobody " + door,
                    RestAssured.given().accept("text/html").get(address(door)).asString());
        }
        Map.of("buyer", buyer, "worker", worker, "courier", courier, "admin", admin)
                .forEach((who, person) -> walk(person, who.equals("buyer") ? "/" : "/admin/")
                        .forEach((path, page) -> pages.put(who + " " + path, page)));
        pages.put("buyer " + link, buyer.asks().get(link).asString());
        pages.put("nobody " + link, RestAssured.get(link).asString());
        for (String content : List.of("nombre,precio\nFarol,caro", "nombre,precio\nFarol,10")) {
            pages.put(
                    "import of " + content,
                    admin.sends(Map.of("contenido", content))
                            .post("/admin/productos/importar/")
                            .asString());
        }
        for (String list : List.of("/admin/productos/", "/admin/stock-reservations/")) {
            String part = admin.asks()
                    .header("HX-Request", "true")
                    .header("HX-Target", "lista")
                    .get(list)
                    .asString();
            assertFalse(part.contains("<main"), list);
            // Replaced by itself, the part leaves the page unchanged, so ids that are unique there stay so.
            assertTrue(
                    withoutKeys(pages.get("admin " + list))
                            .contains(withoutKeys(part).strip()),
                    list);
        }
        long product = given.number("SELECT max(id) FROM productos");
        for (String price : List.of("caro", "12")) {
            Map<String, String> sent = new HashMap<>(SENSIBLE);
            sent.put("precio", price);
            Response row =
                    sends(admin, sent).header("HX-Request", "true").post("/admin/productos/" + product + "/rapido/");
            assertEquals("producto-" + product, ids(row.asString()).getFirst(), price);
            assertEquals(Map.of(), repeated(Map.of(price, row.asString())));
        }
        assertTrue(
                pages.keySet()
                        .containsAll(List.of(
                                "admin /admin/usuarios/",
                                "admin /admin/usuarios/equipo/",
                                "admin /cuenta/segundo-factor/",
                                "buyer /cuenta/sesiones/",
                                "admin /admin/productos/importar/",
                                "courier /admin/pedidos/",
                                "buyer /reserva/")),
                pages.keySet()::toString);
        assertEquals(Map.of(), repeated(pages));
    }

    /** The page without one-time keys, which are new whenever it is shown. */
    private static String withoutKeys(String page) {
        return page.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "");
    }

    /** The ids that occur more than once on their page. */
    private static Map<String, List<String>> repeated(Map<String, String> pages) {
        Map<String, List<String>> repeated = new TreeMap<>();
        pages.forEach((where, page) -> {
            List<String> ids = new ArrayList<>(ids(page));
            Set.copyOf(ids).forEach(ids::remove);
            if (!ids.isEmpty()) {
                repeated.put(where, ids);
            }
        });
        return repeated;
    }

    private static List<String> ids(String page) {
        return ID.matcher(page).results().map(found -> found.group(1)).toList();
    }

    @Test
    void no_page_costs_more_than_a_handful_of_statements_however_much_there_is_to_show() {
        Person buyer = buyer();
        Person admin = signedIn(given.person("admin"));
        Map<String, String> ids = new HashMap<>();
        ids.put(
                "/admin/pedidos/{id}/",
                given.text("SELECT max(id)::text FROM pedidos WHERE usuario_id = ?", buyer.id()));
        ids.put("/pedidos/{id}/", ids.get("/admin/pedidos/{id}/"));
        ids.put(
                "/admin/stock-reservations/{id}/",
                given.text("SELECT max(id)::text FROM stock_reservations WHERE usuario_id = ?", buyer.id()));
        ids.put(
                "/cuenta/direcciones/{id}/",
                given.text("SELECT max(id)::text FROM direcciones WHERE usuario_id = ?", buyer.id()));
        ids.put("/pedido/{id}/", letterLink("enlace@example.com").split("/")[2]);
        fixture.checkout(buyer.id());
        String payment = as(buyer.id())
                .body(PAYMENT)
                .post("/api/pagos/")
                .then()
                .statusCode(201)
                .extract()
                .path("id")
                .toString();
        for (String route : List.of("/pagos/{id}/", "/pagos/prueba/{id}/", "/admin/pagos/{id}/")) {
            ids.put(route, payment);
        }
        ids.put("/admin/reembolsos/{id}/", given.text("SELECT max(id)::text FROM reembolsos"));
        ids.put("/admin/correos/{id}/", given.text("SELECT max(id)::text FROM correos"));
        String product =
                given.text("SELECT max(producto_id)::text FROM stock_reservations WHERE usuario_id = ?", buyer.id());
        Map<String, Long> before = costs(buyer, admin, ids, product);
        assertEquals(Map.of(), tooMuch(before));
        for (int i = 0; i < 12; i++) {
            buyerOfMuch(Long.parseLong(product), buyer.id());
        }
        assertEquals(before, costs(buyer, admin, ids, product));
    }

    private void buyerOfMuch(long product, int buyer) {
        int other = given.buyerWith(product, 1);
        given.inCart(other, given.product("Cosa", "3", 9), 2);
        fixture.checkout(other);
        fixture.pay(other);
        given.inCart(other, product, 1);
        fixture.checkout(other);
        given.inCart(buyer, given.product("Otra cosa", "3", 9), 2);
    }

    private Map<String, Long> costs(Person buyer, Person admin, Map<String, String> ids, String product) {
        Map<String, Long> costs = new TreeMap<>();
        for (String route : routes.gets()) {
            if (!route.equals("/vivo/")) {
                String path = route.replace("{id}", ids.getOrDefault(route, product));
                Person who = route.startsWith("/admin/") ? admin : buyer;
                // Statements of other threads are not the page's: the least of three counts.
                for (int i = 0; i < 3; i++) {
                    long begun = database.statementsBegun();
                    assertEquals(200, who.asks().get(path).statusCode(), path);
                    costs.merge(route, database.statementsBegun() - begun, Math::min);
                }
            }
        }
        return costs;
    }

    private static Map<String, Long> tooMuch(Map<String, Long> costs) {
        Map<String, Long> found = new TreeMap<>(costs);
        found.values().removeIf(cost -> cost <= HANDFUL);
        return found;
    }
}
