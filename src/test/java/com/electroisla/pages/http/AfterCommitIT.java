package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.groupcommit.CommitProxy;
import com.electroisla.http.server.FailingAnswers;
import com.electroisla.reservation.FailingSockets;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A failure between COMMIT and the answer: checkout, payment, release and the forms of the staff never answer as if
 * nothing had happened, nor ask for another try.
 */
@QuarkusTest
class AfterCommitIT extends PersonTest {
    private static final String CHANGED = "10/1/0";

    /** The limit of additions is counted apart from the cart. */
    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.ADD_LIMIT, "off");
    }

    /**
     * A call that is ready to be sent.
     *
     * @param page whether a browser sends it
     * @param batched whether a batch decides it, which can look up whether it was committed
     * @param effect what the call changes, and the value of that once it was done once
     */
    private record Call(
            String name,
            boolean page,
            boolean batched,
            Supplier<Response> send,
            Supplier<String> effect,
            String once) {}

    private List<Call> calls() {
        Person admin = signedIn(given.person("admin"));
        return List.of(
                checkout(),
                payment(),
                checkoutPage(),
                paymentPage(),
                cancelledOrder(),
                release(admin),
                entry(admin),
                moved(admin),
                renamed(admin));
    }

    private Call checkout() {
        long product = given.productWithStock(10);
        int buyer = given.buyerWith(product, 1);
        return new Call(
                "checkout",
                false,
                true,
                () -> as(buyer).post("/api/carrito/checkout/"),
                () -> given.figures(product),
                CHANGED);
    }

    private Call payment() {
        long product = given.productWithStock(10);
        int buyer = given.buyerWith(product, 1);
        fixture.checkout(buyer);
        return new Call(
                "payment",
                false,
                true,
                () -> as(buyer).body(PAYMENT).post("/api/pedidos/"),
                () -> given.figures(product),
                "10/0/1");
    }

    private Call checkoutPage() {
        long product = given.productWithStock(10);
        Person buyer = signedIn(given.buyerWith(product, 1));
        Supplier<Response> send = form(buyer, "/carrito/", "/reserva/", Map.of());
        return new Call("checkout on its page", true, true, send, () -> given.figures(product), CHANGED);
    }

    private Call paymentPage() {
        long product = given.productWithStock(10);
        Person buyer = signedIn(given.buyerWith(product, 1));
        fixture.checkout(buyer.id());
        Map<String, String> typed =
                Map.of("direccion_entrega", "Calle 1", "telefono", "555", "notas", "", "metodo_pago", "efectivo");
        Supplier<Response> send = form(buyer, "/reserva/", "/reserva/pagar/", typed);
        return new Call("payment on its page", true, true, send, () -> given.figures(product), "10/0/1");
    }

    private Call cancelledOrder() {
        long product = given.productWithStock(10);
        long order = orderOf(product);
        int buyer = (int) given.number("SELECT usuario_id FROM pedidos WHERE id = ?", order);
        return new Call(
                "an order that is cancelled",
                false,
                false,
                () -> as(buyer).post("/api/pedidos/" + order + "/cancelar/"),
                () -> given.figures(product),
                "10/0/0");
    }

    private long orderOf(long product) {
        int buyer = given.buyerWith(product, 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        return given.number("SELECT id FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private Call release(Person admin) {
        long product = given.productWithStock(10);
        fixture.checkout(given.buyerWith(product, 1));
        Supplier<Response> send = form(
                admin,
                "/admin/stock-reservations/?estado=pending&producto=" + product,
                "/admin/stock-reservations/liberar/",
                Map.of());
        return new Call("the release of a hold", true, false, send, () -> given.figures(product), "10/0/0");
    }

    private Call entry(Person admin) {
        long product = given.productWithStock(10);
        String page = "/admin/productos/" + product + "/";
        Supplier<Response> send =
                form(admin, page, page + "ajuste/", Map.of("tipo", "entrada", "cantidad", "7", "motivo", "Compra"));
        return new Call("an entry of stock", true, false, send, () -> given.figures(product), "17/0/0");
    }

    private Call moved(Person admin) {
        long order = orderOf(given.productWithStock(10));
        String page = "/admin/pedidos/" + order + "/";
        Supplier<Response> send = form(admin, page, page + "estado/", Map.of("hacia", "en_preparacion"));
        return new Call(
                "an order that goes on its way",
                true,
                false,
                send,
                () -> given.text("SELECT estado FROM pedidos WHERE id = ?", order),
                "en_preparacion");
    }

    private Call renamed(Person admin) {
        long product = given.product("Horno", "10", 10);
        String page = "/admin/productos/" + product + "/";
        Supplier<Response> send = form(
                admin,
                page,
                page,
                Map.of("nombre", "Horno " + product, "precio", "10", "categoria", "otros", "descuento", "0"));
        return new Call(
                "a product that is renamed",
                true,
                false,
                send,
                () -> given.text("SELECT nombre FROM productos WHERE id = ?", product),
                "Horno " + product);
    }

    /** The form as the page has it now, to be sent as a browser does. */
    private static Supplier<Response> form(Person person, String page, String action, Map<String, String> typed) {
        Map<String, String> fields =
                new LinkedHashMap<>(person.form(page, action).given());
        fields.putAll(typed);
        RequestSpecification filled = person.sends(fields).header("Accept", "text/html");
        return () -> filled.post(action);
    }

    private static void assertUnknown(Call call, Response answer) {
        assertEquals(503, answer.statusCode(), answer.asString());
        assertTrue(
                answer.asString()
                        .contains(
                                call.page()
                                        ? "No sabemos si la operación llegó a completarse"
                                        : "resultado_desconocido"),
                answer.asString());
    }

    private static DynamicTest test(Call call, Runnable failure) {
        return DynamicTest.dynamicTest(call.name(), () -> {
            failure.run();
            Response answer = call.send().get();
            assertAll(() -> assertEquals(call.once(), call.effect().get()), () -> assertUnknown(call, answer));
        });
    }

    @TestFactory
    Stream<DynamicTest> an_error_while_the_answer_is_built_is_an_unknown_outcome() {
        return calls().stream()
                .map(call -> test(call, () -> FailingAnswers.failNext(new StackOverflowError("no room for words"))));
    }

    @TestFactory
    Stream<DynamicTest> a_failure_while_the_answer_is_built_is_one_too() {
        return Stream.of(entry(signedIn(given.person("admin"))), checkout())
                .map(call -> test(call, () -> FailingAnswers.failNext(new IllegalStateException("no words"))));
    }

    @Test
    void without_a_change_a_fault_is_a_fault_and_reading_is_never_unknown() {
        Person admin = signedIn(given.person("admin"));
        FailingAnswers.failNext(new StackOverflowError("no room for words"));
        assertEquals(500, admin.asks().get("/admin/productos/").statusCode());
        int buyer = given.anyBuyer();
        FailingAnswers.failNext(new StackOverflowError("no room for words"));
        assertEquals(
                500,
                as(buyer)
                        .body("{\"nombre\":\"taladro\",\"cantidad\":1}")
                        .post("/api/prueba/eco/")
                        .statusCode());
    }

    @TestFactory
    Stream<DynamicTest> a_link_that_dies_between_commit_and_its_answer_is_looked_up_or_unknown() throws Exception {
        var proxy = new CommitProxy(fixture.target);
        return broken(proxy.target(), () -> proxy.cutNext(CommitProxy.Cut.AFTER_COMMIT), proxy);
    }

    @TestFactory
    Stream<DynamicTest> an_error_while_the_answer_to_commit_is_read_is_looked_up_or_unknown() {
        FailingSockets.reset();
        JdbcTarget failing = with(fixture.target, "socketFactory=" + FailingSockets.class.getName());
        return broken(failing, FailingSockets::failAtNextCommit, FailingSockets::reset);
    }

    private static JdbcTarget with(JdbcTarget target, String option) {
        return new JdbcTarget(
                target.url() + (target.url().contains("?") ? "&" : "?") + option, target.user(), target.password());
    }

    /** The calls to a server behind a link that fails at the next COMMIT. */
    private Stream<DynamicTest> broken(JdbcTarget link, Runnable failing, AutoCloseable last) {
        List<Call> calls = calls();
        // Without prepared statements every COMMIT is sent by its name, which the link sees.
        var linked = new Database(with(link, "prepareThreshold=0"), 8, Database.Purpose.SERVER);
        Shop cut = Shop.open(shop.settings(), linked, clock);
        // News of stock are committed too, a moment later.
        cut.stockNews().close();
        RunningServer.start(cut);
        return Stream.concat(
                calls.stream()
                        .map(call -> DynamicTest.dynamicTest(call.name(), () -> {
                            failing.run();
                            Response answer = call.send().get();
                            assertEquals(call.once(), call.effect().get(), answer.asString());
                            if (call.batched()) {
                                assertTrue(List.of(200, 201, 303).contains(answer.statusCode()), answer.asString());
                            } else {
                                assertUnknown(call, answer);
                            }
                        })),
                Stream.of(DynamicTest.dynamicTest("the link is given up", () -> {
                    RunningServer.start(shop);
                    cut.close();
                    linked.close();
                    last.close();
                })));
    }
}
