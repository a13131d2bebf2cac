package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Texts that are one character longer than the database takes, in every field of every surface: refused with the
 * field's name, and nothing is changed.
 */
@QuarkusTest
class TooLongTextsIT extends PersonTest {
    /** Tables of attempts, and of what somebody typed into a form that is shown again; no state of the shop. */
    private static final List<String> JOURNALS =
            List.of("login_attempts", "lotes_confirmados", "claves_firma", "limites", "entregas_escritas");

    private static final String PASSWORD = "isla.Bonita7";

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.LOGIN_LIMIT, "off", Setting.REGISTRATION_LIMIT, "off", Setting.ADD_LIMIT, "off");
    }

    /**
     * A field of a surface.
     *
     * @param longest the number of characters that fit
     * @param send sends a text in the field, in a request that is valid otherwise
     * @param told words of the refusal that a person finds the fault by
     */
    private record Field(String surface, int longest, Function<String, Response> send, int status, String told) {}

    private final List<Field> fields = new ArrayList<>();
    private long product;
    private Person staff;
    private Person buyer;

    private void field(String surface, int longest, Function<String, Response> send, int status, String told) {
        fields.add(new Field(surface, longest, send, status, told));
    }

    @TestFactory
    Stream<DynamicTest> one_character_too_many_is_refused_by_its_field_and_changes_nothing() {
        product = given.product("Horno", "10.00", 10);
        staff = signedIn(given.person("admin"));
        buyer = signedIn(given.buyerWith(product, 1));
        fixture.checkout(buyer.id());
        registrations();
        payments();
        productForms();
        oldFrontEnd();
        files();
        queries();
        String everything = everything();
        return fields.stream()
                .map(field -> DynamicTest.dynamicTest(field.surface(), () -> {
                    Response answer = field.send().apply("x".repeat(field.longest() + 1));
                    assertAll(
                            () -> assertEquals(field.status(), answer.statusCode(), answer.asString()),
                            () -> assertTrue(answer.asString().contains(field.told()), answer.asString()),
                            () -> assertEquals(everything, everything()));
                }));
    }

    /** A fingerprint of every row of every table. */
    private String everything() {
        return String.join(
                "\n",
                given.texts(
                        given.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").stream()
                                .filter(table -> !JOURNALS.contains(table))
                                .map(table -> "SELECT '" + table + " ' || count(*) || ' ' || "
                                        + "COALESCE(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM "
                                        + table + " t")
                                .collect(Collectors.joining(" UNION ALL "))));
    }

    private void registrations() {
        Map<String, Object> sound = Map.of("username", "ana", "email", "ana@example.com", "password", PASSWORD);
        for (String call : List.of("/api/registro/", "/api/auth/register-with-verification/")) {
            field(call + " username", 150, text -> json(0, call, sound, "username", text), 400, "«username»");
            field(call + " email", 254, text -> json(0, call, sound, "email", address(text)), 400, "«email»");
        }
        String codes = "/api/auth/register-with-verification/";
        field(codes + " first_name", 150, text -> json(0, codes, sound, "first_name", text), 400, "«first_name»");
        field(codes + " last_name", 150, text -> json(0, codes, sound, "last_name", text), 400, "«last_name»");
        for (String call : List.of("check-email", "forgot-password", "resend-verification")) {
            String path = "/api/auth/" + call + "/";
            field(path + " email", 254, text -> json(0, path, Map.of(), "email", address(text)), 400, "«email»");
        }
        field("sign-up page, username", 150, text -> signUp("username", text), 400, "«username»");
        field("sign-up page, email", 254, text -> signUp("email", address(text)), 400, "«email»");
    }

    /** An address of the text's length. */
    private static String address(String text) {
        return text.substring("@example.com".length()) + "@example.com";
    }

    private static Response signUp(String field, String text) {
        Map<String, String> typed =
                new LinkedHashMap<>(Map.of("username", "ana", "email", "ana@example.com", "password", PASSWORD));
        typed.put(field, text);
        String visit = "V".repeat(43);
        typed.putAll(FoundForm.on(RestAssured.get("/registro/").asString())
                .getFirst()
                .given());
        return RestAssured.given()
                .urlEncodingEnabled(true)
                .cookie("electro_isla_visita", visit)
                .formParam("csrf_token", Csrf.tokenFor(visit))
                .formParams(typed)
                .post("/registro/");
    }

    /** @param user 0 for nobody */
    private Response json(int user, String path, Map<String, Object> sound, String field, String text) {
        Map<String, Object> body = new LinkedHashMap<>(sound);
        body.put(field, text);
        String written = body.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return (user == 0 ? RestAssured.given().contentType("application/json") : as(user))
                .body(written)
                .request(path.startsWith("/api/admin") ? "PATCH" : "POST", path);
    }

    private void payments() {
        Map<String, Object> sound =
                Map.of("metodo_pago", "efectivo", "direccion_entrega", "Calle 23", "telefono", "555", "notas", "Tocar");
        Map<String, Integer> bounds =
                Map.of("direccion_entrega", 500, "telefono", 20, "notas", 2_000, "metodo_pago", 20);
        bounds.forEach((name, longest) -> {
            field(
                    "/api/pedidos/ " + name,
                    longest,
                    text -> json(buyer.id(), "/api/pedidos/", sound, name, text),
                    400,
                    "«" + name + "»");
            field("payment page, " + name, longest, text -> pay(name, text), 400, "demasiado largo");
        });
        field(
                "/api/pedidos/ Idempotency-Key",
                255,
                text -> as(buyer.id())
                        .header("Idempotency-Key", text)
                        .body(PAYMENT)
                        .post("/api/pedidos/"),
                400,
                "«Idempotency-Key»");
        field(
                "a path that is kept with its key",
                300,
                text -> as(buyer.id()).header("Idempotency-Key", "a").post("/api/pedidos/" + text + "/cancelar/"),
                404,
                "no_encontrado");
    }

    private Response pay(String field, String text) {
        Map<String, String> typed = new LinkedHashMap<>(
                Map.of("direccion_entrega", "Calle 1", "telefono", "555", "notas", "", "metodo_pago", "efectivo"));
        typed.put(field, text);
        return buyer.fills("/reserva/", "/reserva/pagar/", typed);
    }

    private void productForms() {
        String page = "/admin/productos/" + product + "/";
        String blank = "/admin/productos/nuevo/";
        productBounds().forEach((name, longest) -> {
            String told = Map.of(
                            "nombre", "máximo 200",
                            "categoria", "máximo 50",
                            "descripcion", "máximo 20000",
                            "imagen_url", "máximo 2000")
                    .get(name);
            field("product's form, " + name, longest, text -> save(page, name, text), 422, told);
            field("form of a new product, " + name, longest, text -> save(blank, name, text), 422, told);
        });
        field(
                "adjustment, motivo",
                500,
                text -> staff.fills(page, page + "ajuste/", Map.of("tipo", "entrada", "cantidad", "1", "motivo", text)),
                422,
                "máximo 500");
    }

    private static Map<String, Integer> productBounds() {
        return Map.of("nombre", 200, "categoria", 50, "descripcion", 20_000, "imagen_url", 2_000);
    }

    private Response save(String page, String field, String text) {
        Map<String, String> typed = new LinkedHashMap<>(Map.of(
                "nombre", "Otro horno",
                "precio", "10.00",
                "descuento", "0",
                "categoria", "otros",
                "descripcion", "",
                "imagen_url", ""));
        typed.put(field, field.equals("imagen_url") ? "/" + text.substring(1) : text);
        return staff.fills(page, page, typed);
    }

    private void oldFrontEnd() {
        String one = "/api/admin/productos/" + product + "/";
        productBounds().forEach((name, longest) -> {
            if (!name.equals("imagen_url")) { // an address is shown there and never sent
                field(
                        one + " " + name,
                        longest,
                        text -> json(staff.id(), one, Map.of(), name, text),
                        400,
                        "«" + name + "»");
                field(
                        "old form of a new product, " + name,
                        longest,
                        text -> oldForm(name, text),
                        400,
                        "«" + name + "»");
            }
        });
        field(
                "/api/admin/users/ rol",
                20,
                text -> json(staff.id(), "/api/admin/users/" + buyer.id() + "/", Map.of(), "rol", text),
                400,
                "«rol»");
    }

    private Response oldForm(String field, String text) {
        Map<String, String> sent = new LinkedHashMap<>(
                Map.of("nombre", "Otro horno", "descripcion", "", "categoria", "otros", "precio", "10.00"));
        sent.put(field, text);
        var request = RestAssured.given().header("Authorization", "Bearer " + tokenOf(staff.id()));
        sent.forEach(request::multiPart);
        return request.post("/api/admin/productos/");
    }

    private void files() {
        productBounds().forEach((name, longest) -> {
            String told = "Línea 2, " + name + ": tiene " + (longest + 1) + " caracteres y caben " + longest;
            field("CSV, " + name, longest, text -> imports("c.csv", csv(name, text)), 422, told);
            field("XLSX, " + name, longest, text -> imports("c.xlsx", xlsx(name, text)), 422, told);
        });
    }

    private static Map<String, String> row(String field, String text) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("nombre", "Otro horno");
        row.put("precio", "10.00");
        row.put(field, field.equals("imagen_url") ? "/" + text.substring(1) : text);
        return row;
    }

    private static byte[] csv(String field, String text) {
        Map<String, String> row = row(field, text);
        return (String.join(",", row.keySet()) + "\n" + String.join(",", row.values()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xlsx(String field, String text) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "prueba", "1.0")) {
            var sheet = workbook.newWorksheet("hoja");
            int column = 0;
            for (Map.Entry<String, String> cell : row(field, text).entrySet()) {
                sheet.value(0, column, cell.getKey());
                sheet.value(1, column++, cell.getValue());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private Response imports(String name, byte[] file) {
        return staff.asks()
                .multiPart("csrf_token", Csrf.tokenFor(staff.session()))
                .multiPart("archivo", name, file)
                .post("/admin/productos/importar/");
    }

    private void queries() {
        field("catalogue, search", 200, text -> RestAssured.get("/api/productos/?search=" + text), 400, "«search»");
        field(
                "catalogue, categoria",
                50,
                text -> RestAssured.get("/api/productos/?categoria=" + text),
                400,
                "«categoria»");
    }

    @Test
    void what_a_client_says_of_itself_is_cut_to_what_fits() {
        String agent = "a".repeat(5_000);
        Map<String, String> attempt = Map.of("username", "x".repeat(1_000), "password", "y");
        RestAssured.given()
                .contentType("application/json")
                .header("User-Agent", agent)
                .body("{\"username\":\"" + attempt.get("username") + "\",\"password\":\"y\"}")
                .post("/api/login/")
                .then()
                .statusCode(401);
        assertEquals(
                "150 500",
                given.text("SELECT length(username) || ' ' || length(user_agent) FROM login_attempts "
                        + "WHERE username LIKE 'xxx%'"));
        long oven = given.product("Horno largo", "10.00", 10);
        Person worker = signedIn(given.person("trabajador"));
        String page = "/admin/productos/" + oven + "/";
        Map<String, String> fields =
                new LinkedHashMap<>(worker.form(page, page + "ajuste/").given());
        fields.putAll(Map.of("tipo", "entrada", "cantidad", "1", "motivo", "Compra"));
        worker.sends(fields)
                .header("User-Agent", agent)
                .post(page + "ajuste/")
                .then()
                .statusCode(303);
        assertEquals(
                500, given.number("SELECT max(length(user_agent)) FROM audit_logs WHERE usuario_id = ?", worker.id()));
    }

    /** As an operator may have done before this program came, whose triggers name the column. */
    private void widenNames() {
        given.sql("""
                DO $$
                DECLARE
                    definitions text[] := ARRAY(SELECT pg_get_triggerdef(oid) FROM pg_trigger
                                                 WHERE tgrelid = 'productos'::regclass AND NOT tgisinternal
                                                   AND pg_get_triggerdef(oid) LIKE '%nombre%');
                    name text;
                    definition text;
                BEGIN
                    FOR name IN SELECT tgname FROM pg_trigger
                                 WHERE tgrelid = 'productos'::regclass AND NOT tgisinternal
                                   AND pg_get_triggerdef(oid) LIKE '%nombre%' LOOP
                        EXECUTE format('DROP TRIGGER %I ON productos', name);
                    END LOOP;
                    ALTER TABLE productos ALTER COLUMN nombre TYPE varchar(1000);
                    FOREACH definition IN ARRAY definitions LOOP
                        EXECUTE definition;
                    END LOOP;
                END $$""");
    }

    /** The old shop's own log of carts takes 255 characters of a name, and an operator may have widened the name. */
    @Test
    void a_product_whose_name_another_program_made_longer_is_bought_and_looked_after_like_any_other() {
        long oven = given.product("Horno de nombre largo", "10.00", 10);
        widenNames();
        given.sql("UPDATE productos SET nombre = ? WHERE id = ?", "Ñ".repeat(600), oven);
        int user = given.anyBuyer();
        as(user).body(line(oven, 1)).post("/api/carrito/agregar/").then().statusCode(201);
        as(user).post("/api/carrito/checkout/").then().statusCode(200);
        as(user).body(PAYMENT).post("/api/pedidos/").then().statusCode(201);
        assertEquals(
                255, given.number("SELECT max(length(product_name)) FROM cart_audit_logs WHERE user_id = ?", user));
        Person worker = signedIn(given.person("trabajador"));
        String page = "/admin/productos/" + oven + "/";
        worker.fills(page, page + "ajuste/", Map.of("tipo", "entrada", "cantidad", "1", "motivo", "Compra"))
                .then()
                .statusCode(303);
        assertEquals("11/0/1", given.figures(oven));
        assertEquals(
                500, given.number("SELECT max(length(objeto_repr)) FROM audit_logs WHERE usuario_id = ?", worker.id()));
    }
}
