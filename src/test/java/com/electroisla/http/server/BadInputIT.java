package com.electroisla.http.server;

import static com.electroisla.http.server.RawRequest.get;
import static com.electroisla.http.server.RawRequest.of;
import static com.electroisla.http.server.RawRequest.post;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.catalog.Products;
import com.electroisla.http.Cursor;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.RawRequest.RawAnswer;
import com.electroisla.settings.Setting;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Invalid input to every call of the API: the exact status and code, in JSON with a message and no internals; and the
 * whole database stays as it was.
 */
@QuarkusTest
class BadInputIT extends SignedInTest {
    private static final String SQL = "'; DROP TABLE productos; --";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String DEEP = "[".repeat(30_000);
    private static final String HUGE = "9".repeat(400);
    private static final String OVER_64_KIB = " ".repeat(65_537);

    /** Internals: a class name, a stack trace, a statement, the database's own messages. */
    private static final Pattern INSIDE =
            Pattern.compile("exception|\\bjava|com\\.|\\bat \\w+\\.|select |insert |update "
                    + "|relation|constraint|postgres|psql|jdbc|jackson|quarkus|vertx");

    /** @param claim the fault in the request, for the name of the test */
    private record Row(String claim, RawRequest request, int status, String code) {
        String sentence() {
            return request.line()
                            .replace(" HTTP/1.1", "")
                            .transform(line -> line.length() > 80 ? line.substring(0, 80) + "…" : line)
                    + " — " + claim + " → " + status + " " + code;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Row> rows = new ArrayList<>();

    private DatabaseContents contents;
    private Map<String, String> unchanged = Map.of();

    private long product;
    private long retired;
    /** A buyer with one line in the cart and a hold for it. */
    private int buyer;
    /** A buyer with an empty cart, no hold and no order. */
    private int newcomer;
    /** A buyer whose cart has more units than there are. */
    private int greedy;

    private long line;
    private long anothersLine;
    private long anothersOrder;

    /** Limits are tested elsewhere; here they would stop the table in the middle. */
    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.ADD_LIMIT, "off", Setting.LOGIN_LIMIT, "off", Setting.REGISTRATION_LIMIT, "off");
    }

    @BeforeAll
    void fill_the_shop() {
        product = given.product("Lámpara", "99.99", 5);
        retired = given.product("Retirado", "5.00", 5);
        given.takeOffSale(retired);
        newcomer = given.anyBuyer();
        as(newcomer).get("/api/carrito/").then().statusCode(200);
        greedy = given.buyerWith(product, 9);
        int another = given.buyerWith(product, 1);
        as(another).post("/api/carrito/checkout/").then().statusCode(200);
        anothersOrder = as(another)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
        given.inCart(another, product, 1);
        anothersLine = given.lineOf(another);
        buyer = given.buyerWith(product, 1);
        line = given.lineOf(buyer);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        contents = new DatabaseContents(given);
    }

    @TestFactory
    Stream<DynamicTest> every_bad_request_is_refused_in_plain_words_and_changes_nothing() {
        noToken();
        falseTokens();
        bodies("/api/registro/", "");
        registration();
        bodies("/api/login/", "");
        signIn();
        bodies("/api/token/refresh/", "");
        refresh();
        catalogue();
        bodies("/api/carrito/agregar/", tokenOf(newcomer));
        add();
        lines();
        checkout();
        bodies("/api/carrito/bulk-update/", tokenOf(newcomer));
        numbersOfAGigabyte();
        for (String path : List.of("/api/pedidos/", "/api/pagos/")) {
            bodies(path, tokenOf(buyer));
            payment(path);
        }
        row(
                "a way to pay without a provider",
                post("/api/pagos/").token(tokenOf(buyer)).json(PAYMENT.replace("tarjeta", "efectivo")),
                400,
                "metodo_no_disponible");
        orders();
        lists("/api/reservas/");
        lists("/api/pedidos/");
        addresses();
        assertTrue(rows.size() >= 200, "rows: " + rows.size());
        unchanged = contents.now();
        assertTrue(unchanged.size() >= 15, unchanged::toString);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.sentence(), () -> assertRefused(row)));
    }

    private void assertRefused(Row row) throws IOException {
        Map<String, String> before = unchanged;
        RawAnswer answer = row.request().send(address());
        String body = answer.body().toLowerCase(Locale.ROOT);
        unchanged = contents.now();
        assertAll(
                row.sentence(),
                () -> assertEquals(row.status(), answer.status(), answer.body()),
                () -> assertTrue(
                        answer.head().toLowerCase(Locale.ROOT).contains("content-type: application/json"),
                        answer.head()),
                () -> assertEquals(
                        row.code(), JSON.readTree(answer.body()).path("code").asText()),
                () -> assertFalse(
                        JSON.readTree(answer.body()).path("error").asText().isBlank(), answer.body()),
                () -> assertFalse(INSIDE.matcher(body).find(), answer.body()),
                () -> assertEquals(before, unchanged));
    }

    private void row(String claim, RawRequest request, int status, String code) {
        rows.add(new Row(claim, request, status, code));
    }

    private void noToken() {
        Stream.of(
                        post("/api/logout/"),
                        get("/api/carrito/"),
                        post("/api/carrito/agregar/").json(line(product, 1)),
                        of("PATCH", "/api/carrito/items/" + line + "/").json("{\"quantity\":2}"),
                        of("DELETE", "/api/carrito/items/" + line + "/"),
                        post("/api/carrito/vaciar/"),
                        post("/api/carrito/bulk-update/").json("{\"updates\":{\"" + product + "\":1}}"),
                        post("/api/carrito/checkout/"),
                        post("/api/carrito/checkout/cancelar/"),
                        get("/api/reservas/"),
                        post("/api/pedidos/").json(PAYMENT),
                        get("/api/mis-pedidos/"),
                        get("/api/mis-favoritos/"),
                        get("/api/favoritos/es-favorito/" + product + "/"),
                        get("/api/favoritos/verificar-batch/?ids=" + product),
                        post("/api/favoritos/agregar/" + product + "/"),
                        of("DELETE", "/api/favoritos/remover/" + product + "/"),
                        get("/api/pedidos/"),
                        get("/api/pedidos/" + anothersOrder + "/"),
                        post("/api/pedidos/" + anothersOrder + "/cancelar/"))
                .forEach(request -> row("no token", request, 401, "no_autenticado"));
    }

    private void falseTokens() {
        String good = tokenOf(buyer);
        Map<String, String> authorizations = new TreeMap<>(Map.ofEntries(
                Map.entry("an expired token", "Bearer " + tokens.expired(buyer)),
                Map.entry("a token signed with a stranger's key", "Bearer " + tokens.signedByStranger(buyer)),
                Map.entry(
                        "a stranger's signature under our key's id",
                        "Bearer " + tokens.signedByStrangerInOurName(buyer)),
                Map.entry("a token with alg none", "Bearer " + tokens.unsigned(buyer)),
                Map.entry(
                        "another user's id written into one's own token",
                        "Bearer " + tokens.withAnotherSubject(newcomer, buyer)),
                Map.entry("a token cut short", "Bearer " + good.substring(0, good.length() - 9)),
                Map.entry("garbage for a token", "Bearer x.y.z"),
                Map.entry("SQL for a token", "Bearer " + SQL),
                Map.entry("a token of 3000 characters", "Bearer " + "a".repeat(3_000)),
                Map.entry("an empty token", "Bearer "),
                Map.entry("another scheme", "Basic YTpi"),
                Map.entry("a token without its scheme", good)));
        authorizations.forEach((claim, authorization) -> {
            row(
                    claim,
                    post("/api/carrito/checkout/cancelar/").header("Authorization", authorization),
                    401,
                    "no_autenticado");
            row(
                    claim,
                    post("/api/pedidos/").header("Authorization", authorization).json(PAYMENT),
                    401,
                    "no_autenticado");
            row(claim, post("/api/logout/").header("Authorization", authorization), 401, "no_autenticado");
        });
    }

    /** Bodies that no call accepts. */
    private void bodies(String path, String token) {
        RawRequest request = token.isEmpty() ? post(path) : post(path).token(token);
        RawRequest json = request.header("Content-Type", "application/json");
        row("no body", json, 400, "json_invalido");
        row("a body of white space", json.body(" \r\n"), 400, "json_invalido");
        row("null", json.body("null"), 400, "json_invalido");
        row("an array for an object", json.body("[]"), 400, "json_invalido");
        row("a text for an object", json.body("\"hola\""), 400, "json_invalido");
        row("a number for an object", json.body("1"), 400, "json_invalido");
        row("half an object", json.body("{\"a\":"), 400, "json_invalido");
        row("single quotes", json.body("{'a':1}"), 400, "json_invalido");
        row("something after the object", json.body("{} {}"), 400, "json_invalido");
        row("a name twice", json.body("{\"a\":1,\"a\":2}"), 400, "json_invalido");
        row("broken UTF-8", json.body("{\"a\":\"\u00c3\u0028\"}"), 400, "json_invalido");
        row("a NUL between the tokens", json.body("{\"a\":\0}"), 400, "json_invalido");
        row("30,000 levels", json.body(DEEP), 400, "json_invalido");
        row("30,000 levels in a field", json.body("{\"a\":" + DEEP), 400, "json_invalido");
        row("one byte over 64 KiB", json.body(OVER_64_KIB), 413, "cuerpo_demasiado_grande");
        row("no content type", request.body("{}"), 415, "tipo_no_soportado");
        row("text/plain", request.header("Content-Type", "text/plain").body("{}"), 415, "tipo_no_soportado");
        row(
                "a form",
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .body("a=1"),
                415,
                "tipo_no_soportado");
        row(
                "an upload",
                request.header("Content-Type", "multipart/form-data; boundary=x")
                        .body("--x--"),
                415,
                "tipo_no_soportado");
        row(
                "a method of no use here",
                of("PUT", path).token(token.isEmpty() ? "x" : token).json("{}"),
                405,
                "metodo_no_permitido");
    }

    /** One wrong field at a time, in an otherwise valid body; each a 400 that names it. */
    private void fields(RawRequest request, Function<String, String> bodyWith, String... wrongValues) {
        for (String wrong : wrongValues) {
            String shown = wrong.length() > 40 ? wrong.substring(0, 40) + "…" : wrong;
            row(bodyWith.apply(shown), request.json(bodyWith.apply(wrong)), 400, "solicitud_invalida");
        }
    }

    /** Fields that take any value; a number with such an exponent would fill the memory when it is written out. */
    private void numbersOfAGigabyte() {
        int staff = given.person("trabajador");
        RawRequest change = of("PATCH", "/api/admin/productos/" + product + "/").token(tokenOf(staff));
        RawRequest cart = post("/api/carrito/bulk-update/").token(tokenOf(newcomer));
        RawRequest pay = post("/api/pedidos/").token(tokenOf(buyer));
        for (String number : List.of("1e999999999", "1e-999999999", "-1.5e22", "0." + "1".repeat(41))) {
            fields(change, any -> "{\"x\":" + any + "}", number);
            fields(change, price -> "{\"precio\":" + price + "}", number);
            fields(cart, quantity -> "{\"updates\":{\"" + product + "\":" + quantity + "}}", number);
            fields(pay, amount -> PAYMENT.replaceFirst("}$", ",\"importe\":" + amount + "}"), number);
        }
        fields(change, any -> "{\"x\":" + any + "}", HUGE, "[1e999999999]");
        String forged = new Cursor(2, 5, product, "1e999999999")
                .encode(Products.fingerprint(QueryParameters.parse("ordering=precio")));
        row(
                "a forged cursor's key",
                get("/api/productos/?ordering=precio&cursor=" + forged),
                400,
                "solicitud_invalida");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private void registration() {
        RawRequest request = post("/api/registro/");
        fields(
                request,
                username -> "{\"username\":" + username + ",\"email\":\"ana@example.com\","
                        + "\"password\":\"clave-larga-9\"}",
                "null",
                quoted(""),
                quoted(" "),
                "7",
                "true",
                "[\"ana\"]",
                "{}",
                quoted("a".repeat(151)),
                quoted("ana\\u0000"),
                quoted("\\ud800"),
                quoted(SQL),
                quoted(SCRIPT));
        fields(
                request,
                email -> "{\"username\":\"ana\",\"email\":" + email + ",\"password\":\"clave-larga-9\"}",
                "null",
                quoted(""),
                "1.5",
                "[]",
                quoted("nadie"),
                quoted("a@b@c.com"),
                quoted("a".repeat(250) + "@b.com"),
                quoted(SQL + "@x.com"),
                quoted("a\\nb@x.com"));
        fields(
                request,
                password -> "{\"username\":\"ana\",\"email\":\"ana@example.com\",\"password\":" + password + "}",
                "null",
                quoted(""),
                quoted("corta"),
                quoted("12345678901"),
                quoted("password123"),
                quoted("x9".repeat(65)),
                "12345678",
                "{}",
                quoted("clave\\u0000larga"));
        fields(
                request,
                json -> json,
                "{}",
                "{\"username\":\"ana\"}",
                "{\"username\":\"ana\",\"email\":\"ana@example.com\"}");
        row(
                "a name that is taken",
                request.json("{\"username\":\"cliente1\","
                        + "\"email\":\"a@example.com\","
                        + "\"password\":\"clave-larga-9\"}"),
                409,
                "usuario_ya_existe");
    }

    private void signIn() {
        RawRequest request = post("/api/login/");
        fields(
                request,
                username -> "{\"username\":" + username + ",\"password\":\"x\"}",
                "null",
                quoted(""),
                "1",
                "[]",
                "{}",
                quoted("a\\u0000"));
        fields(
                request,
                password -> "{\"username\":\"cliente1\",\"password\":" + password + "}",
                "null",
                quoted(""),
                "1",
                "true",
                "[\"x\"]",
                quoted("\\u0000"));
        fields(request, json -> json, "{}", "{\"username\":\"cliente1\"}", "{\"password\":\"x\"}");
        for (String username : List.of("cliente1", "nadie", "' OR '1'='1", "a".repeat(60_000))) {
            String shown = username.length() > 40 ? "a name of 60,000 letters" : username;
            row(
                    "a wrong password for " + shown,
                    request.json("{\"username\":\"" + username + "\",\"password\":\"' OR 1=1 --\"}"),
                    401,
                    "credenciales_invalidas");
        }
    }

    private void refresh() {
        RawRequest request = post("/api/token/refresh/");
        fields(
                request,
                token -> "{\"refresh_token\":" + token + "}",
                "null",
                quoted(""),
                "1",
                "[]",
                "{}",
                quoted("\\u0000"));
        fields(request, json -> json, "{}", "{\"refreshToken\":\"x\"}");
        for (String token : List.of("x", SQL, SCRIPT, "a".repeat(60_000), tokenOf(buyer))) {
            row(
                    "no refresh token of ours",
                    request.json("{\"refresh_token\":\"" + token + "\"}"),
                    401,
                    "refresh_invalido");
        }
    }

    private void catalogue() {
        for (String query : List.of(
                "page=0",
                "page=-1",
                "page=1.5",
                "page_size=0",
                "page_size=101",
                "page_size=" + HUGE,
                "ordering=clave",
                "ordering=precio;DROP%20TABLE%20productos",
                "disponible=quizas",
                "cursor=x")) {
            row("a query that makes no sense", get("/api/productos/?" + query), 400, "solicitud_invalida");
        }
        for (String query : List.of("search=%00", "search=%FF", "search=%zz", "categoria=%C3%28")) {
            row("a query that cannot be read", get("/api/productos/?" + query), 400, "peticion_malformada");
        }
        row("past the end", get("/api/productos/?page=" + HUGE), 404, "pagina_no_encontrada");
        for (String id : List.of(
                "0",
                "-1",
                "abc",
                "1.0",
                "9223372036854775808",
                HUGE,
                "%00",
                "1%20OR%201=1",
                "%3Cscript%3E",
                Long.toString(retired))) {
            row("no product on sale", get("/api/productos/" + id + "/"), 404, "producto_no_encontrado");
        }
        row(
                "nothing is made here",
                post("/api/productos/").token(tokenOf(buyer)).json("{}"),
                405,
                "metodo_no_permitido");
        row(
                "nothing is deleted here",
                of("DELETE", "/api/productos/" + product + "/").token(tokenOf(buyer)),
                405,
                "metodo_no_permitido");
    }

    private void add() {
        RawRequest request = post("/api/carrito/agregar/").token(tokenOf(newcomer));
        fields(
                request,
                id -> "{\"product_id\":" + id + ",\"quantity\":1}",
                "null",
                "\"1\"",
                "1.5",
                "1e2",
                "true",
                "[1]",
                "{\"id\":1}",
                quoted(SQL),
                quoted(SCRIPT),
                "9223372036854775808",
                HUGE,
                "1e999999999");
        fields(
                request,
                quantity -> "{\"product_id\":" + product + ",\"quantity\":" + quantity + "}",
                "null",
                "0",
                "-1",
                "1000",
                "2147483648",
                HUGE,
                "-" + HUGE,
                "1.0",
                "1.5",
                "1e0",
                "1e999999999",
                "\"2\"",
                quoted(SQL),
                "true",
                "[2]",
                "{}");
        fields(
                request,
                json -> json,
                "{}",
                "{\"product_id\":1}",
                "{\"quantity\":1}",
                "{\"productId\":1,\"quantity\":1}");
        for (long id : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, retired}) {
            row("product " + id + ", which is not on sale", request.json(line(id, 1)), 404, "producto_no_encontrado");
        }
        row("more than there is", request.json(line(product, 999)), 400, "stock_insuficiente");
        row(
                "a key of 256 characters",
                request.header("Idempotency-Key", "k".repeat(256)).json(line(product, 1)),
                400,
                "solicitud_invalida");
    }

    private void lines() {
        String token = tokenOf(buyer);
        fields(
                of("PATCH", "/api/carrito/items/" + line + "/").token(token),
                quantity -> "{\"quantity\":" + quantity + "}",
                "null",
                "0",
                "-1",
                "1000",
                "1.5",
                "\"2\"",
                HUGE,
                "[]",
                "{}",
                quoted(SQL));
        row(
                "no quantity",
                of("PATCH", "/api/carrito/items/" + line + "/").token(token).json("{}"),
                400,
                "solicitud_invalida");
        row(
                "more than there is",
                of("PATCH", "/api/carrito/items/" + line + "/").token(token).json("{\"quantity\":999}"),
                400,
                "stock_insuficiente");
        row(
                "no content type",
                of("PATCH", "/api/carrito/items/" + line + "/").token(token).body("{\"quantity\":2}"),
                415,
                "tipo_no_soportado");
        for (String id : List.of(
                Long.toString(anothersLine),
                "0",
                "-1",
                "abc",
                "9223372036854775808",
                HUGE,
                "1%20OR%201=1",
                "%00",
                "%3Cscript%3E")) {
            String claim = id.equals(Long.toString(anothersLine)) ? "another user's line" : "no line";
            row(
                    claim,
                    of("PATCH", "/api/carrito/items/" + id + "/").token(token).json("{\"quantity\":1}"),
                    404,
                    "linea_no_encontrada");
            row(claim, of("DELETE", "/api/carrito/items/" + id + "/").token(token), 404, "linea_no_encontrada");
        }
        row(
                "a line is not shown alone",
                get("/api/carrito/items/" + line + "/").token(token),
                405,
                "metodo_no_permitido");
        row("a cart is not replaced", of("PUT", "/api/carrito/").token(token).json("{}"), 405, "metodo_no_permitido");
        row("emptied by looking", get("/api/carrito/vaciar/").token(token), 405, "metodo_no_permitido");
        row(
                "a key of 256 characters",
                post("/api/carrito/vaciar/").token(token).header("Idempotency-Key", "k".repeat(256)),
                400,
                "solicitud_invalida");
    }

    private void checkout() {
        for (String path : List.of("/api/carrito/checkout/", "/api/carrito/checkout/cancelar/")) {
            row("by looking", get(path).token(tokenOf(buyer)), 405, "metodo_no_permitido");
            row(
                    "a key of 256 characters",
                    post(path).token(tokenOf(buyer)).header("Idempotency-Key", "k".repeat(256)),
                    400,
                    "solicitud_invalida");
            row(
                    "a body over 64 KiB",
                    post(path).token(tokenOf(buyer)).json(OVER_64_KIB),
                    413,
                    "cuerpo_demasiado_grande");
            row(
                    "a form",
                    post(path)
                            .token(tokenOf(buyer))
                            .header("Content-Type", "multipart/form-data; boundary=x")
                            .body("--x--"),
                    415,
                    "tipo_no_soportado");
        }
        row("an empty cart", post("/api/carrito/checkout/").token(tokenOf(newcomer)), 400, "carrito_vacio");
        row("more than there is", post("/api/carrito/checkout/").token(tokenOf(greedy)), 409, "stock_insuficiente");
        row("nothing is held", post("/api/carrito/checkout/cancelar/").token(tokenOf(newcomer)), 404, "sin_reservas");
    }

    private void payment(String path) {
        RawRequest request = post(path).token(tokenOf(buyer));
        fields(
                request,
                method -> "{\"metodo_pago\":" + method + ",\"direccion_entrega\":\"Calle 1\",\"telefono\":\"5\"}",
                "null",
                quoted(""),
                quoted("bitcoin"),
                quoted("TARJETA"),
                "1",
                "[\"tarjeta\"]",
                "{}",
                quoted("tarjeta\\u0000"),
                quoted(SQL));
        fields(
                request,
                address -> "{\"metodo_pago\":\"efectivo\",\"direccion_entrega\":" + address + ",\"telefono\":\"5\"}",
                "null",
                quoted(""),
                quoted(" \\t "),
                "23",
                "[]",
                "{}",
                quoted("a".repeat(501)),
                quoted("Calle\\u0000"),
                quoted("\\ud800 y \\udc00"));
        fields(
                request,
                phone -> "{\"metodo_pago\":\"efectivo\",\"direccion_entrega\":\"Calle 1\",\"telefono\":" + phone + "}",
                "null",
                quoted(""),
                "5550100",
                quoted("5".repeat(21)),
                "{\"n\":1}",
                quoted("\\u0000"),
                quoted("\\udfff"));
        fields(
                request,
                notes -> "{\"metodo_pago\":\"efectivo\",\"direccion_entrega\":\"Calle "
                        + "1\",\"telefono\":\"5\",\"notas\":" + notes + "}",
                "7",
                "false",
                "[]",
                quoted("a".repeat(2_001)),
                quoted("\\u0000"),
                quoted("\\ud83d"));
        fields(
                request,
                json -> json,
                "{}",
                "{\"metodo_pago\":\"tarjeta\"}",
                "{\"direccion_entrega\":\"Calle 1\",\"telefono\":\"5\"}");
        row(
                "a key of 256 characters",
                request.header("Idempotency-Key", "k".repeat(256)).json(PAYMENT),
                400,
                "solicitud_invalida");
        row("nothing is held", post(path).token(tokenOf(newcomer)).json(PAYMENT), 409, "reserva_expirada");
        for (String text : List.of(SQL, SCRIPT)) {
            row(
                    "nothing is held, and " + text,
                    post(path).token(tokenOf(newcomer)).json(PAYMENT.replace("Tocar fuerte", text)),
                    409,
                    "reserva_expirada");
        }
    }

    private void orders() {
        String token = tokenOf(buyer);
        for (String id : List.of(
                Long.toString(anothersOrder),
                "0",
                "-1",
                "abc",
                "9223372036854775807",
                "9223372036854775808",
                HUGE,
                "1%20OR%201=1",
                "%00",
                "%FF")) {
            String claim = id.equals(Long.toString(anothersOrder)) ? "another user's order" : "no order";
            row(claim, get("/api/pedidos/" + id + "/").token(token), 404, "pedido_no_encontrado");
            row(claim, post("/api/pedidos/" + id + "/cancelar/").token(token), 404, "pedido_no_encontrado");
        }
        row(
                "an order is not deleted",
                of("DELETE", "/api/pedidos/" + anothersOrder + "/").token(token),
                405,
                "metodo_no_permitido");
        row(
                "an order is not changed",
                of("PATCH", "/api/pedidos/" + anothersOrder + "/").token(token).json("{\"estado\":\"entregado\"}"),
                405,
                "metodo_no_permitido");
        row(
                "cancelled by looking",
                get("/api/pedidos/" + anothersOrder + "/cancelar/").token(token),
                405,
                "metodo_no_permitido");
    }

    private void lists(String path) {
        for (String query : List.of(
                "page=0",
                "page=-1",
                "page=abc",
                "page=1.5",
                "page_size=0",
                "page_size=101",
                "page_size=" + HUGE,
                "cursor=x")) {
            row(
                    "a query that makes no sense",
                    get(path + "?" + query).token(tokenOf(buyer)),
                    400,
                    "solicitud_invalida");
        }
        row("a query that cannot be read", get(path + "?page=%FF").token(tokenOf(buyer)), 400, "peticion_malformada");
        row("past the end", get(path + "?page=2").token(tokenOf(newcomer)), 404, "pagina_no_encontrada");
        row("past all counting", get(path + "?page=" + HUGE).token(tokenOf(newcomer)), 404, "pagina_no_encontrada");
        row("a method of no use here", of("PUT", path).token(tokenOf(buyer)).json("{}"), 405, "metodo_no_permitido");
    }

    private void addresses() {
        for (String path : List.of(
                "/api/",
                "/api/nada",
                "/api/carrito/nada/",
                "/api/carrito/agregar/1",
                "/api/pedidos/1/2/3",
                "/api/carrito/../../etc/passwd",
                "/api/" + "a/".repeat(500))) {
            row("no such path", get(path).token(tokenOf(buyer)), 404, "no_encontrado");
        }
        row("a broken escape in the path", get("/api/carrito/%zz").token(tokenOf(buyer)), 400, "peticion_malformada");
        row("a method nobody knows", of("BREW", "/api/carrito/").token(tokenOf(buyer)), 405, "metodo_no_permitido");
        row(
                "an address of 9,000 characters",
                get("/api/pedidos/?" + "a".repeat(9_000)).token(tokenOf(buyer)),
                414,
                "url_demasiado_larga");
        row(
                "headers of 17,000 characters",
                get("/api/pedidos/").header("X-Largo", "a".repeat(17_000)),
                431,
                "cabeceras_demasiado_grandes");
    }
}
