package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.ConfirmSignUp;
import com.electroisla.accounts.Guest;
import com.electroisla.accounts.GuestCookie;
import com.electroisla.accounts.Guests;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.ManageAccounts;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.SignUp;
import com.electroisla.accounts.Visitor;
import com.electroisla.audit.Actor;
import com.electroisla.cart.CartRequest;
import com.electroisla.idempotency.Applied;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.shopfront.GuestBuyers.Introduced;
import com.electroisla.shopfront.GuestBuyers.Introduction;
import com.electroisla.shopfront.GuestBuyers.Joined;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestBuyersIT {
    private static final Locale SPANISH = Locale.of("es");

    private final ShopFixture given = new ShopFixture();
    private final GuestBuyers guests = given.shop.guestBuyers();
    private final AtomicInteger browsers = new AtomicInteger();

    @AfterAll
    void close() {
        given.close();
    }

    private static Client from(int host) {
        return new Client(InetAddress.ofLiteral("192.0.2." + host), "prueba");
    }

    /** A browser of its own with an empty cart. */
    private GuestCookie browser() {
        int number = browsers.incrementAndGet();
        var cookie = new GuestCookie("%043d".formatted(number), "s%042d".formatted(number));
        assertInstanceOf(Guests.Begun.Opened.class, guests.begin(cookie.token(), from(number % 200)));
        return cookie;
    }

    private Guest guest(GuestCookie cookie) {
        return guests.find(cookie).orElseThrow();
    }

    private Introduced introduce(GuestCookie cookie, String email, int host) {
        return guests.introduce(
                guest(cookie), cookie, new Introduction("Ana Paz", email, SPANISH, from(host)), "prueba");
    }

    private static CartRequest.Caller caller(int user) {
        return new CartRequest.Caller(user, "192.0.2.9", "prueba");
    }

    private String cart(int user) {
        return given.text("""
                SELECT COALESCE(string_agg(p.nombre || ' ' || i.quantity, ', ' ORDER BY p.nombre), '')
                  FROM cart_items i JOIN carts c ON c.id = i.cart_id JOIN productos p ON p.id = i.product_id
                 WHERE c.user_id = ?
                """, user);
    }

    /** A guest with an order, under this address. */
    private int guestWithOrder(String email) {
        GuestCookie cookie = browser();
        int user = guest(cookie).userId();
        assertInstanceOf(Introduced.Ready.class, introduce(cookie, email, browsers.get() % 200));
        given.inCart(user, given.productWithStock(5), 2);
        given.checkout(user);
        assertInstanceOf(ReservationOutcome.Ordered.class, given.pay(user));
        return user;
    }

    private String letterLink(int user) {
        given.shop.distributeEvents().run();
        return given.text("""
                SELECT c.valores ->> 'enlace' FROM correos c JOIN pedidos o ON c.clave = 'pedido_creado/' || o.id
                 WHERE o.usuario_id = ?
                """, user);
    }

    @Test
    void an_account_with_a_guests_address_neither_sees_the_guests_letters_nor_deletes_them() {
        int guest = guestWithOrder("vecina@example.com");
        String link = letterLink(guest);
        int stranger = account("fisgona", "vecina@example.com");

        assertFalse(
                new OwnData(given.shop.database()).of(stranger).orElseThrow().contains("pedido_creado"));
        var who = new Visitor(0, stranger, "fisgona", Role.CLIENTE, false);
        assertInstanceOf(
                DeleteAccount.Deleted.Done.class,
                given.shop.deleteAccount().delete(who, "isla.Bonita7", SPANISH, from(1)));

        assertEquals(link, letterLink(guest));
        int owner = account("vecina", "vecina@example.com");
        assertTrue(guests.takeOver(link, owner) > 0);
        assertTrue(new OwnData(given.shop.database()).of(owner).orElseThrow().contains("pedido_creado"));
    }

    private int account(String username, String email) {
        return given.shop
                .manageAccounts()
                .create(username, email, "isla.Bonita7", Role.CLIENTE)
                .orElseThrow()
                .id();
    }

    @Test
    void a_guests_cart_is_added_to_the_accounts_once_also_from_two_tabs_and_is_empty_then() throws Exception {
        long lamp = given.product("Lámpara", "10.00", 1500);
        long fan = given.product("Ventilador", "20.00", 30);
        GuestCookie cookie = browser();
        int guest = guest(cookie).userId();
        given.inCart(guest, lamp, 700);
        given.inCart(guest, fan, 2);
        int account = given.anyBuyer();
        given.inCart(account, lamp, 400);
        List<Joined> joined = new ArrayList<>();
        try (var tabs = Executors.newFixedThreadPool(2)) {
            List<Future<Optional<Joined>>> both = List.of(
                    tabs.submit(() -> guests.join(cookie, caller(account))),
                    tabs.submit(() -> guests.join(cookie, caller(account))));
            for (Future<Optional<Joined>> each : both) {
                each.get().ifPresent(joined::add);
            }
        }
        assertEquals("Lámpara 999, Ventilador 2", cart(account));
        assertEquals("", cart(guest));
        assertEquals(1, joined.size());
        assertEquals(List.of("Ventilador"), joined.getFirst().cart().whole());
        assertEquals(List.of("Lámpara"), joined.getFirst().cart().cut());
        assertEquals(Optional.empty(), guests.find(cookie));
    }

    @Test
    void what_is_sold_out_or_off_sale_does_not_come_along_and_is_named() {
        long gone = given.product("Agotado", "10.00", 0);
        long off = given.product("Retirado", "10.00", 5);
        GuestCookie cookie = browser();
        given.inCart(guest(cookie).userId(), gone, 1);
        given.inCart(guest(cookie).userId(), off, 1);
        given.takeOffSale(off);
        int account = given.anyBuyer();
        Joined joined = guests.join(cookie, caller(account)).orElseThrow();
        assertEquals("", cart(account));
        assertEquals(List.of("Agotado", "Retirado"), joined.cart().cut());
    }

    @Test
    void what_a_guest_holds_stays_held_at_the_sign_in_and_is_paid_by_the_account() {
        long last = given.product("Último", "10.00", 1);
        GuestCookie cookie = browser();
        int guest = guest(cookie).userId();
        introduce(cookie, "aguanta@example.com", 1);
        given.inCart(guest, last, 1);
        given.checkout(guest);
        int account = given.anyBuyer();
        Joined joined =
                guests.join(new GuestCookie(cookie.next(), ""), caller(account)).orElseThrow();
        assertTrue(joined.held());
        assertEquals("Último 1", cart(account));
        assertTrue(given.shop.reservationHistory().lastCheckout(account).isLive());
        assertTrue(given.shop.reservationHistory().lastCheckout(guest).isEmpty());
        assertInstanceOf(ReservationOutcome.Ordered.class, given.pay(account));
        assertEquals("1/0/1", given.figures(last));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void a_payment_under_way_comes_along_at_the_sign_in_and_its_money_sells_to_the_account() {
        long last = given.product("Último en pago", "10.00", 1);
        GuestCookie cookie = browser();
        int guest = guest(cookie).userId();
        introduce(cookie, "pagando@example.com", 4);
        given.inCart(guest, last, 1);
        given.checkout(guest);
        var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);
        long payment = assertInstanceOf(
                        ReservationOutcome.PaymentBegun.class,
                        ShopFixture.submit(
                                given.shop,
                                new ReservationRequest.BeginPayment(
                                        guest, details, null, "prueba", Duration.ofMinutes(35), "clave")))
                .payment()
                .id();
        int account = given.anyBuyer();
        assertTrue(
                guests.join(new GuestCookie(cookie.next(), ""), caller(account)).isPresent());

        assertEquals(new ReservationOutcome.PaymentUnderWay(payment), given.pay(account));
        var word = new ProviderWord.Paid(payment, "uno", new BigDecimal("10.00"));
        assertEquals(
                new ReservationOutcome.NotThisBuyers(),
                ShopFixture.submit(given.shop, new ReservationRequest.HearPayment(guest, payment, word)));
        assertInstanceOf(
                ReservationOutcome.PaymentSold.class,
                ShopFixture.submit(given.shop, new ReservationRequest.HearPayment(account, payment, word)));
        assertEquals("1/0/1", given.figures(last));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void the_payments_and_refunds_behind_a_guests_orders_are_the_accounts_when_it_takes_them_over() {
        int guest = guestWithOrder("pagadora@example.com");
        given.sql("""
                INSERT INTO pagos (usuario_id, estado, proveedor, importe, metodo_pago, direccion_entrega, telefono,
                                   vence, creado_at, actualizado_at, pedido_id)
                SELECT usuario_id, 'pagado', 'prueba', total, 'tarjeta', '', '', now(), now(), now(), id
                  FROM pedidos WHERE usuario_id = ?
                """, guest);
        given.sql("""
                INSERT INTO reembolsos (pago_id, usuario_id, importe, motivo, estado, debido_at)
                SELECT id, usuario_id, importe, 'cobro_repetido', 'debido', now() FROM pagos WHERE usuario_id = ?
                """, guest);
        String link = letterLink(guest);
        int account = account("pagadora", "pagadora@example.com");
        assertEquals(1, guests.takeOver(link, account));
        assertEquals(1, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", account));
        assertEquals(1, given.number("SELECT count(*) FROM reembolsos WHERE usuario_id = ?", account));
    }

    @Test
    void holds_of_both_are_paid_together_and_those_that_ran_out_stay_behind() {
        long lamp = given.product("De la cuenta", "10.00", 5);
        long fan = given.product("Del invitado", "20.00", 5);
        int account = given.buyerWith(lamp, 1);
        given.checkout(account);
        GuestCookie cookie = browser();
        int guest = guest(cookie).userId();
        given.inCart(guest, fan, 2);
        given.checkout(guest);
        guests.join(cookie, caller(account));
        assertEquals(
                new BigDecimal("50.00"),
                given.shop.reservationHistory().lastCheckout(account).total());
        assertInstanceOf(ReservationOutcome.Ordered.class, given.pay(account));
        assertEquals("5/0/1 5/0/2", given.figures(lamp) + " " + given.figures(fan));

        GuestCookie late = browser();
        int idle = guest(late).userId();
        given.inCart(idle, fan, 1);
        given.checkout(idle);
        given.clock.advance(Duration.ofMinutes(16));
        assertFalse(guests.join(late, caller(account)).orElseThrow().held());
        given.shop.expireReservations().run();
        assertEquals("5/0/2", given.figures(fan));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void the_checkout_gives_the_cart_another_token_and_the_first_one_opens_nothing_any_more() {
        GuestCookie victim = browser();
        var planted = new GuestCookie(victim.token(), "a".repeat(43));
        assertTrue(guests.find(planted).isPresent());
        introduce(victim, "victima@example.com", 2);
        assertEquals(Optional.empty(), guests.find(planted));
        assertEquals(Optional.empty(), guests.join(planted, caller(given.anyBuyer())));
        // The browser's second click comes with the first cookie still.
        assertEquals(Optional.of(victim.next()), guest(victim).cookie());
        assertInstanceOf(Introduced.Ready.class, introduce(victim, "Victima@Example.com", 2));
        assertEquals(
                "victima@example.com",
                given.text(
                        "SELECT email FROM invitados WHERE usuario_id = ?",
                        guest(victim).userId()));
    }

    @Test
    void whoever_types_another_address_is_another_guest_with_the_same_cart() {
        long lamp = given.product("Compartida", "10.00", 9);
        GuestCookie first = browser();
        int before = guest(first).userId();
        introduce(first, "una@example.com", 3);
        given.inCart(before, lamp, 2);
        given.checkout(before);
        var second = new GuestCookie(first.next(), "z".repeat(43));
        var ready = assertInstanceOf(Introduced.Ready.class, introduce(second, "otra@example.com", 3));
        assertEquals("z".repeat(43), ready.token());
        assertTrue(ready.userId() != before);
        assertEquals(" / Compartida 2", cart(before) + " / " + cart(ready.userId()));
        assertTrue(given.shop.reservationHistory().lastCheckout(ready.userId()).isLive());
        assertEquals("9/2/0", given.figures(lamp));
    }

    @Test
    void one_person_who_is_many_guests_holds_no_more_than_the_limit_by_address_and_by_email() {
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(Introduced.Ready.class, introduce(browser(), "muchos" + i + "@example.com", 250));
        }
        GuestCookie next = browser();
        assertInstanceOf(Introduced.TooMany.class, introduce(next, "muchos10@example.com", 250));
        assertInstanceOf(Introduced.Ready.class, introduce(next, "muchos10@example.com", 251));
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(Introduced.Ready.class, introduce(browser(), "UNO@example.com", 30 + i));
        }
        GuestCookie late = browser();
        assertInstanceOf(Introduced.TooMany.class, introduce(late, "uno@example.com", 60));
        given.clock.advance(Duration.ofMinutes(16));
        assertInstanceOf(Introduced.Ready.class, introduce(late, "uno@example.com", 60));
    }

    @Test
    void one_address_begins_no_more_carts_than_the_limit() {
        Client address = from(252);
        for (int i = 0; i < 60; i++) {
            assertInstanceOf(Guests.Begun.Opened.class, guests.begin("t%042d".formatted(i), address));
        }
        assertInstanceOf(Guests.Begun.TooMany.class, guests.begin("u".repeat(43), address));
        assertInstanceOf(Guests.Begun.Opened.class, guests.begin("t%042d".formatted(7), address), "the same again");
        assertEquals(
                0,
                given.number("SELECT count(*) FROM carts c JOIN invitados i ON i.usuario_id = c.user_id "
                        + "JOIN auth_user u ON u.id = i.usuario_id WHERE i.huella = sha256('" + "u".repeat(43) + "')"));
    }

    @Test
    void names_and_addresses_are_judged_like_those_of_accounts() {
        for (String email : List.of("", "nada", "ana@isla", "añá@example.com", "ana@\u200bexample.com")) {
            assertInstanceOf(Introduced.Invalid.class, introduce(browser(), email, 4), email);
        }
        assertTrue(Guests.problem("", "ana@example.com").isPresent());
        assertTrue(Guests.problem("a".repeat(151), "ana@example.com").isPresent());
        assertEquals(Optional.empty(), Guests.problem("Ana", "ana+isla@example.com"));
    }

    @Test
    void a_guest_never_signs_in_recovers_or_gets_a_role_and_stands_in_no_accounts_way() {
        int guest = guestWithOrder("doble@example.com");
        String name = given.text("SELECT username FROM auth_user WHERE id = ?", guest);
        assertEquals("invitado:" + guest, name);
        for (String password :
                List.of("!", "", "isla.Bonita7", given.text("SELECT password FROM auth_user WHERE id = ?", guest))) {
            assertInstanceOf(
                    LogInOutcome.Refused.class, given.shop.accounts().login().logIn(name, password, from(5)), password);
        }
        assertFalse(given.shop.manageAccounts().changePassword(guest, "isla.Bonita7"));
        assertEquals(
                ManageAccounts.Change.GUEST,
                given.shop
                        .manageAccounts()
                        .setRole(
                                guest,
                                Role.CLIENTE,
                                Role.ADMIN,
                                new Actor(guest, "127.0.0.1", "prueba"),
                                Applied.key(1, "/", "clave-" + guest, "")));
        assertTrue(given.shop.manageAccounts().usernameProblem(name).isPresent());
        given.shop.accounts().recovery().ask("doble@example.com", SPANISH, from(5));
        assertEquals(0, given.number("SELECT count(*) FROM correos WHERE tipo = 'codigo_recuperacion'"));

        int account = account("doble", "doble@example.com");
        assertInstanceOf(
                LogInOutcome.LoggedIn.class,
                given.shop.accounts().login().logIn("doble@example.com", "isla.Bonita7", from(6)));
        assertEquals(0, given.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", account));
    }

    @Test
    void the_letters_link_opens_the_order_and_only_an_account_with_the_same_address_takes_it_over() {
        int guest = guestWithOrder("carta@example.com");
        long order = given.number("SELECT id FROM pedidos WHERE usuario_id = ?", guest);
        String link = letterLink(guest);
        assertEquals(order, guests.open(link).orElseThrow().order());
        assertEquals(Optional.empty(), guests.open(link.substring(1) + "A"));
        assertEquals(Optional.empty(), guests.open(Long.toString(order)));
        assertEquals(
                0,
                given.number("SELECT count(*) FROM enlaces_pedido WHERE encode(huella, 'escape') LIKE '%"
                        + link.substring(0, 10) + "%'"));

        assertEquals(0, guests.takeOver(link, account("ajena", "ajena@example.com")));
        assertEquals(0, guests.takeOver("x".repeat(43), account("nadie", "nadie@example.com")));
        int owner = account("carta", "CARTA@example.com");
        assertEquals(1, guests.takeOver(link, owner));
        assertEquals(owner, given.number("SELECT usuario_id FROM pedidos WHERE id = ?", order));
        assertEquals(Optional.empty(), guests.open(link));
        assertEquals(0, guests.takeOver(link, owner));

        long product = given.number("SELECT producto_id FROM detalles_pedido WHERE pedido_id = ?", order);
        given.shop.cancelOrder().cancel(new CancelOrder.Buyer(owner, SPANISH), order);
        assertEquals("5/0/0", given.figures(product));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void a_guest_whose_orders_an_account_got_is_no_buyer_who_is_kept() {
        int guest = guestWithOrder("antigua@example.com");
        given.shop
                .database()
                .useTransaction(handle ->
                        handle.execute("UPDATE invitados SET cerrado_at = now() WHERE usuario_id = ?", guest));
        guests.takeOver(letterLink(guest), account("antigua", "antigua@example.com"));
        assertEquals(
                1, given.number("SELECT count(*) FROM invitados WHERE usuario_id = ? AND cerrado_at IS NULL", guest));
    }

    @Test
    void a_link_ends_after_half_a_year() {
        String link = letterLink(guestWithOrder("vieja@example.com"));
        given.clock.advance(Duration.ofDays(181));
        assertEquals(Optional.empty(), guests.open(link));
        given.clock.advance(Duration.ofDays(-181));
        assertTrue(guests.open(link).isPresent());
    }

    @Test
    void a_sign_up_that_is_confirmed_by_mail_takes_over_the_orders_of_all_guests_with_its_address() {
        int one = guestWithOrder("nueva@example.com");
        int two = guestWithOrder("Nueva@example.com");
        int other = guestWithOrder("nueva@example.org");
        given.shop
                .accounts()
                .signUpByMail()
                .begin(new SignUp("nueva", "nueva@example.com", "isla.Bonita7", "", ""), SPANISH, from(7));
        assertEquals(2, given.number("SELECT count(*) FROM pedidos WHERE usuario_id IN (?, ?)", one, two));
        String code = given.text(
                "SELECT valores ->> 'codigo' FROM correos WHERE para = ? AND tipo = 'codigo_registro'",
                "nueva@example.com");
        var opened = assertInstanceOf(
                ConfirmSignUp.Confirmed.Opened.class,
                given.shop.accounts().confirmSignUp().confirm("nueva@example.com", code, from(7)));
        assertEquals(
                2,
                given.number(
                        "SELECT count(*) FROM pedidos WHERE usuario_id = ?",
                        opened.profile().id()));
        assertEquals(1, given.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", other));
        assertEquals(
                2,
                given.number(
                        "SELECT count(*) FROM stock_reservations WHERE usuario_id = ? AND status = 'confirmed'",
                        opened.profile().id()));
    }

    @Test
    void an_account_that_nobody_confirmed_by_mail_gets_no_order_of_a_guest() {
        int guest = guestWithOrder("sin@example.com");
        given.shop.accounts().registration().register("sin", "sin@example.com", "isla.Bonita7", from(8));
        assertEquals(1, given.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", guest));
    }
}
