package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.OwnEmail.Asked;
import com.electroisla.accounts.OwnEmail.Confirming;
import com.electroisla.accounts.RegisterOutcome;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.Visitor;
import com.electroisla.accounts.WebSession;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.shopfront.DeleteAccount.Deleted;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The end of an account, what is kept of it, the file with all of it, and its change of address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteAccountIT {
    private static final String PASSWORD = "isla.Bonita7";
    private static final Client CLIENT = new Client(InetAddress.ofLiteral("192.0.2.1"), "prueba/1.0");

    private ShopFixture fixture;

    @BeforeAll
    void open() {
        fixture = new ShopFixture();
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    private Visitor visitor(String name, Role role) {
        var _ = fixture.shop
                .accounts()
                .manage()
                .create(name, name + "@example.com", PASSWORD, role)
                .orElseThrow();
        WebSession session = ((LogInOutcome.LoggedIn<WebSession>)
                        fixture.shop.accounts().login().logInBrowser(name, PASSWORD, CLIENT))
                .session();
        return fixture.shop.accounts().webSessions().visitor(session.token()).orElseThrow();
    }

    private Deleted delete(Visitor who, String password) {
        return fixture.shop.deleteAccount().delete(who, password, Locale.ENGLISH, CLIENT);
    }

    private static IdempotencyKey form() {
        return Applied.key(1, "/prueba", UUID.randomUUID().toString(), "");
    }

    /** Whatever a person leaves in the shop, with {@code Calle Secreta} wherever an address stands. */
    private void lives(Visitor who, long product) {
        int user = who.userId();
        fixture.inCart(user, product, 1);
        fixture.checkout(user);
        fixture.pay(user);
        fixture.sql(
                "UPDATE pedidos SET estado = 'entregado', direccion_entrega = 'Calle Secreta', notas = 'Calle Secreta' "
                        + "WHERE usuario_id = ?",
                user);
        fixture.sql("UPDATE user_profiles SET direccion = 'Calle Secreta' WHERE user_id = ?", user);
        fixture.sql("""
                INSERT INTO direcciones (usuario_id, nombre, direccion, telefono, principal, created_at, updated_at)
                VALUES (?, '', 'Calle Secreta', '1', true, now(), now())
                """, user);
        fixture.sql("INSERT INTO favoritos (created_at, producto_id, usuario_id) VALUES (now(), ?, ?)", product, user);
        fixture.inCart(user, product, 2);
        fixture.checkout(user);
    }

    @Test
    void a_deleted_account_leaves_its_orders_without_a_name_and_gives_its_holds_back() {
        long lamp = fixture.product("Lámpara de nadie", "10.00", 9);
        Visitor ana = visitor("anadeja", Role.CLIENTE);
        lives(ana, lamp);
        assertEquals("9/2/1", fixture.figures(lamp));
        String data = new OwnData(fixture.shop.database()).of(ana.userId()).orElseThrow();
        for (String part :
                List.of("anadeja@example.com", "Calle Secreta", "Lámpara de nadie", "\"total\": \"10.00\"")) {
            assertTrue(data.contains(part), part);
        }
        assertFalse(data.contains("pbkdf2") || data.contains("codigo"), data);

        assertInstanceOf(Deleted.WrongPassword.class, delete(ana, "no es esa"));
        assertInstanceOf(Deleted.Done.class, delete(ana, PASSWORD));

        assertEquals("9/0/1", fixture.figures(lamp));
        assertEquals(1, fixture.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", ana.userId()));
        assertEquals(
                0,
                fixture.number("SELECT count(*) FROM sesiones_web WHERE usuario_id = ?", ana.userId())
                        + fixture.number("SELECT count(*) FROM direcciones WHERE usuario_id = ?", ana.userId())
                        + fixture.number("SELECT count(*) FROM favoritos WHERE usuario_id = ?", ana.userId())
                        + fixture.number("SELECT count(*) FROM login_attempts WHERE username = 'anadeja'"));
        String all = fixture.text("""
                SELECT concat((SELECT json_agg(u) FROM auth_user u WHERE id = :id), (SELECT json_agg(p) FROM pedidos p
                    WHERE usuario_id = :id), (SELECT json_agg(p) FROM user_profiles p WHERE user_id = :id),
                    (SELECT json_agg(r) FROM stock_reservations r WHERE usuario_id = :id))
                """.replace(":id", Integer.toString(ana.userId())));
        assertFalse(all.contains("anadeja") || all.contains("Secreta") || all.contains("127.0.0.1"), all);
        assertInstanceOf(
                LogInOutcome.Refused.class, fixture.shop.accounts().login().logIn("anadeja", PASSWORD, CLIENT));
        assertEquals(List.of("cuenta_borrada"), fixture.texts("SELECT tipo FROM correos WHERE para LIKE 'anadeja%'"));
        assertInstanceOf(
                RegisterOutcome.Registered.class,
                fixture.shop.accounts().registration().register("anadeja", "anadeja@example.com", PASSWORD, CLIENT));
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void an_order_on_its_way_and_a_place_in_the_staff_stop_the_deletion() {
        long lamp = fixture.product("Lámpara en camino", "10.00", 9);
        Visitor beto = visitor("betodeja", Role.CLIENTE);
        fixture.inCart(beto.userId(), lamp, 1);
        fixture.checkout(beto.userId());
        fixture.pay(beto.userId());
        long order = fixture.number("SELECT id FROM pedidos WHERE usuario_id = ?", beto.userId());
        assertEquals(new Deleted.OrderOpen(order), delete(beto, PASSWORD));
        assertEquals(1, fixture.number("SELECT count(*) FROM auth_user WHERE username = 'betodeja'"));
        assertInstanceOf(Deleted.Staff.class, delete(visitor("tomasdeja", Role.TRABAJADOR), PASSWORD));
        Visitor promoted = visitor("carladeja", Role.CLIENTE);
        fixture.sql("UPDATE user_profiles SET rol = 'admin' WHERE user_id = ?", promoted.userId());
        assertInstanceOf(Deleted.WrongPassword.class, delete(promoted, PASSWORD));
        assertEquals(1, fixture.number("SELECT count(*) FROM auth_user WHERE username = 'carladeja'"));
    }

    @Test
    void a_payment_under_way_stops_the_deletion_and_one_that_is_over_forgets_where_its_buyer_lives() {
        long lamp = fixture.product("Lámpara a medio pagar", "10.00", 9);
        Visitor ana = visitor("anapaga", Role.CLIENTE);
        fixture.inCart(ana.userId(), lamp, 1);
        fixture.checkout(ana.userId());
        var details = new OrderDetails(PaymentMethod.CARD, "Calle Secreta", "555-0100", "timbre");
        long payment = assertInstanceOf(
                        ReservationOutcome.PaymentBegun.class,
                        ShopFixture.submit(
                                fixture.shop,
                                new ReservationRequest.BeginPayment(
                                        ana.userId(), details, null, "prueba", Duration.ofMinutes(35), null)))
                .payment()
                .id();
        assertInstanceOf(Deleted.PaymentOpen.class, delete(ana, PASSWORD));
        assertTrue(new OwnData(fixture.shop.database())
                .of(ana.userId())
                .orElseThrow()
                .contains("Calle Secreta"));

        ShopFixture.submit(fixture.shop, new ReservationRequest.CancelPayment(ana.userId(), payment));
        assertInstanceOf(Deleted.Done.class, delete(ana, PASSWORD));
        assertEquals(
                "cancelado",
                fixture.text(
                        "SELECT concat_ws('', estado, direccion_entrega, telefono, notas) FROM pagos WHERE id = ?",
                        payment));
    }

    @Test
    void nothing_changes_before_the_new_address_is_confirmed_by_its_owner_and_late_or_used_links_open_nothing() {
        Visitor ana = visitor("anamuda", Role.CLIENTE);
        Visitor thief = visitor("ladronmuda", Role.CLIENTE);
        assertInstanceOf(Asked.WrongPassword.class, ask(ana, "otra@example.com", "no es esa"));
        assertInstanceOf(Asked.Same.class, ask(ana, "ANAMUDA@example.com", PASSWORD));
        assertInstanceOf(Asked.Done.class, ask(ana, "otra@example.com", PASSWORD));
        String first = mailed("otra@example.com");
        assertInstanceOf(Confirming.Over.class, confirm(thief, first));
        assertInstanceOf(Asked.Done.class, ask(ana, "tercera@example.com", PASSWORD));
        String second = mailed("tercera@example.com");
        assertInstanceOf(Confirming.Over.class, confirm(ana, first));
        assertEquals("anamuda@example.com", email(ana));
        assertEquals(new Confirming.Done("tercera@example.com"), confirm(ana, second));
        assertEquals("tercera@example.com", email(ana));

        assertInstanceOf(Asked.Done.class, ask(ana, "cuarta@example.com", PASSWORD));
        fixture.clock.advance(Duration.ofHours(24));
        assertInstanceOf(Confirming.Over.class, confirm(ana, mailed("cuarta@example.com")));
    }

    @Test
    void an_address_that_somebody_has_is_answered_like_any_other_and_its_owner_is_told() {
        Visitor ana = visitor("anacopia", Role.CLIENTE);
        visitor("duena", Role.CLIENTE);
        assertInstanceOf(Asked.Done.class, ask(ana, "Duena@example.com", PASSWORD));
        assertEquals(
                List.of("cuenta_existente"),
                fixture.texts("SELECT tipo FROM correos WHERE lower(para) = 'duena@example.com'"));
        assertEquals("anacopia@example.com", email(ana));
    }

    @Test
    void of_a_change_of_address_and_a_registration_with_it_at_the_same_moment_one_gets_it() throws Exception {
        for (int round = 0; round < 5; round++) {
            String wanted = "disputada" + round + "@example.com";
            Visitor ana = visitor("rival" + round, Role.CLIENTE);
            ask(ana, wanted, PASSWORD);
            String token = mailed(wanted);
            String name = "nuevo" + round;
            List<Callable<Object>> rivals = List.of(
                    () -> confirm(ana, token),
                    () -> fixture.shop.accounts().registration().register(name, wanted, PASSWORD, CLIENT));
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (Future<Object> each : threads.invokeAll(rivals)) {
                    each.get();
                }
            }
            assertEquals(1, fixture.number("SELECT count(*) FROM auth_user WHERE lower(email) = ?", wanted));
        }
    }

    private Asked ask(Visitor who, String email, String password) {
        return fixture.shop.accounts().ownEmail().ask(who, email, password, Locale.ENGLISH, CLIENT, form());
    }

    private Confirming confirm(Visitor who, String token) {
        return fixture.shop.accounts().ownEmail().confirm(who, token, Locale.ENGLISH, CLIENT);
    }

    private String mailed(String to) {
        return fixture.text(
                "SELECT valores ->> 'codigo' FROM correos WHERE tipo = 'codigo_cambio_correo' AND para = ? "
                        + "ORDER BY id DESC LIMIT 1",
                to);
    }

    private String email(Visitor who) {
        return fixture.text("SELECT email FROM auth_user WHERE id = ?", who.userId());
    }
}
