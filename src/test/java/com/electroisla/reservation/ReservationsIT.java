package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.Json;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.Orders;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.CartEmpty;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NothingToCancel;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.wiring.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReservationsIT {
    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void a_purchase_moves_units_from_free_to_reserved_to_sold() {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 2);

        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        assertEquals("5/2/0", fixture.figures(product));

        var ordered = assertInstanceOf(Ordered.class, fixture.pay(buyer));
        assertEquals("5/0/2", fixture.figures(product));
        assertEquals("199.98", ordered.order().total().toPlainString());
        assertEquals(
                "confirmado",
                fixture.text(
                        "SELECT estado FROM pedidos WHERE id = ?",
                        ordered.order().id()));
        assertEquals(0, fixture.number("SELECT count(*) FROM cart_items"));
        assertEquals(
                3, fixture.number("SELECT stock FROM productos WHERE id = ?", product), "the legacy column follows");
    }

    @Test
    void an_expired_hold_is_free_for_the_next_buyer_without_any_sweep_and_its_payment_sells_nothing() {
        long product = fixture.productWithStock(1);
        int first = fixture.buyerWith(product, 1);
        int second = fixture.buyerWith(product, 1);
        fixture.checkout(first);
        assertInstanceOf(NotEnoughStock.class, fixture.checkout(second));

        fixture.clock.advance(Duration.ofMinutes(15));

        assertInstanceOf(Reserved.class, fixture.checkout(second));
        var refused = assertInstanceOf(HoldsExpired.class, fixture.pay(first));
        assertEquals(
                List.of(product),
                refused.lost().stream()
                        .map(ReservationOutcome.LostHold::productId)
                        .toList());
        assertInstanceOf(Ordered.class, fixture.pay(second));
        assertEquals("1/0/1", fixture.figures(product));
    }

    /** A buyer who holds one unit of each. */
    private int buyerWhoHolds(long one, long other) {
        int buyer = fixture.buyerWith(one, 1);
        fixture.inCart(buyer, other, 1);
        fixture.checkout(buyer);
        return buyer;
    }

    @Test
    void payment_names_what_a_sweep_has_already_ended_even_when_the_other_line_still_lives() {
        long kept = fixture.productWithStock(1);
        long lost = fixture.productWithStock(1);
        int buyer = buyerWhoHolds(kept, lost);
        fixture.sql(
                "UPDATE stock_reservations SET expires_at = now() - interval '1 second' WHERE producto_id = ?", lost);
        assertEquals(1, fixture.shop.expireReservations().run(hold -> {}));

        var refused = assertInstanceOf(HoldsExpired.class, fixture.pay(buyer));

        assertEquals(
                List.of(lost),
                refused.lost().stream()
                        .map(ReservationOutcome.LostHold::productId)
                        .toList());
        assertEquals("1/1/0", fixture.figures(kept));
        assertEquals(0, fixture.number("SELECT count(*) FROM pedidos"));
    }

    @Test
    void what_an_earlier_checkout_lost_is_held_against_no_later_one_and_named_to_nobody_who_has_paid() {
        long product = fixture.productWithStock(2);
        int buyer = fixture.buyerWith(product, 1);
        fixture.checkout(buyer);
        fixture.clock.advance(Duration.ofMinutes(15));
        assertEquals(1, fixture.shop.expireReservations().run(hold -> {}));
        assertEquals(
                1,
                assertInstanceOf(HoldsExpired.class, fixture.pay(buyer)).lost().size());

        fixture.checkout(buyer);
        assertInstanceOf(Ordered.class, fixture.pay(buyer));

        assertEquals(
                List.of(),
                assertInstanceOf(HoldsExpired.class, fixture.pay(buyer)).lost());
    }

    @Test
    void a_line_that_the_buyer_took_out_before_a_second_checkout_is_not_missed_by_the_payment() {
        long kept = fixture.productWithStock(1);
        long takenOut = fixture.productWithStock(1);
        int buyer = buyerWhoHolds(kept, takenOut);
        fixture.sql("DELETE FROM cart_items WHERE product_id = ?", takenOut);
        fixture.checkout(buyer);
        assertEquals("1/0/0", fixture.figures(takenOut));

        assertInstanceOf(Ordered.class, fixture.pay(buyer));
        assertEquals("1/0/1", fixture.figures(kept));
    }

    @Test
    void what_the_old_shop_holds_after_a_checkout_of_ours_ran_out_can_be_paid() {
        long product = fixture.productWithStock(2);
        int buyer = fixture.buyerWith(product, 1);
        fixture.checkout(buyer);
        fixture.clock.advance(Duration.ofMinutes(15));
        assertEquals(1, fixture.shop.expireReservations().run(hold -> {}));
        fixture.sql("UPDATE productos SET stock_reservado = 1 WHERE id = ?", product);
        fixture.sql("""
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at)
                VALUES (?, ?, 1, 'pending', now(), now() + interval '1 hour')""", buyer, product);

        assertInstanceOf(Ordered.class, fixture.pay(buyer));
    }

    @Test
    void what_was_given_up_is_lost_to_nobody() {
        long product = fixture.productWithStock(1);
        int buyer = fixture.buyerWith(product, 1);
        fixture.checkout(buyer);
        assertInstanceOf(Cancelled.class, fixture.cancel(fixture.shop, buyer));

        assertEquals(
                List.of(),
                assertInstanceOf(HoldsExpired.class, fixture.pay(buyer)).lost());
        assertTrue(fixture.shop.reservationHistory().lastCheckout(buyer).isEmpty());
    }

    @Test
    void a_second_checkout_renews_the_same_row_on_this_or_another_instance() {
        Shop other = fixture.openInstance();
        long product = fixture.productWithStock(3);
        int buyer = fixture.buyerWith(product, 2);
        var first = assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        fixture.clock.advance(Duration.ofMinutes(10));

        var renewed = assertInstanceOf(Reserved.class, fixture.checkout(other, buyer));

        assertEquals(first.lines().getFirst().id(), renewed.lines().getFirst().id());
        assertEquals("3/2/0", fixture.figures(product));
        fixture.clock.advance(Duration.ofMinutes(10));
        assertInstanceOf(Ordered.class, fixture.pay(buyer));
    }

    @Test
    void a_changed_quantity_is_taken_anew_and_the_old_row_cancelled() {
        long product = fixture.productWithStock(3);
        int buyer = fixture.buyerWith(product, 2);
        fixture.checkout(buyer);
        fixture.inCart(buyer, product, 3);

        assertInstanceOf(Reserved.class, fixture.checkout(buyer));

        assertEquals("3/3/0", fixture.figures(product));
        assertEquals(
                "cancelled,pending",
                fixture.text("SELECT string_agg(status, ',' ORDER BY id) FROM stock_reservations"));
    }

    @Test
    void a_refused_checkout_leaves_the_earlier_hold() {
        long product = fixture.productWithStock(3);
        int buyer = fixture.buyerWith(product, 2);
        fixture.checkout(buyer);
        fixture.inCart(buyer, product, 4);

        var refused = assertInstanceOf(NotEnoughStock.class, fixture.checkout(buyer));

        assertEquals(3, refused.shortages().getFirst().available(), "what lies free and the buyer's own two");
        assertEquals("3/2/0", fixture.figures(product));
        assertInstanceOf(Ordered.class, fixture.pay(buyer));
    }

    @Test
    void cancelling_frees_the_units_and_a_second_time_finds_nothing() {
        long product = fixture.productWithStock(1);
        int buyer = fixture.buyerWith(product, 1);
        fixture.checkout(buyer);

        assertEquals(new Cancelled(1), fixture.cancel(fixture.shop, buyer));
        assertEquals("1/0/0", fixture.figures(product));
        assertInstanceOf(NothingToCancel.class, fixture.cancel(fixture.shop, buyer));
    }

    @Test
    void a_cart_that_a_crash_took_back_before_the_batch_came_to_it_is_made_again() {
        int buyer = fixture.anyBuyer();
        fixture.sql("DELETE FROM carts WHERE user_id = ?", buyer);
        fixture.sql("CREATE SEQUENCE hechos");
        fixture.sql("""
                CREATE FUNCTION el_primero_se_pierde() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN
                    IF nextval(''hechos'') = 1 THEN DELETE FROM carts WHERE id = NEW.id; END IF;
                    RETURN NULL;
                END'""");
        fixture.sql("CREATE TRIGGER se_pierde AFTER INSERT ON carts FOR EACH ROW EXECUTE FUNCTION "
                + "el_primero_se_pierde()");

        assertInstanceOf(CartEmpty.class, fixture.checkout(buyer));

        assertEquals(2, fixture.number("SELECT last_value FROM hechos"));
    }

    @Test
    void someone_without_a_cart_has_an_empty_one_and_someone_deleted_is_gone() {
        assertInstanceOf(CartEmpty.class, fixture.checkout(fixture.anyBuyer()));
        assertInstanceOf(UserGone.class, fixture.checkout(999_999));
    }

    @Test
    void a_hold_of_the_old_shop_without_price_or_checkout_is_paid_at_todays_price() {
        long product = fixture.productWithStock(4);
        int buyer = fixture.anyBuyer();
        fixture.sql("""
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, producto_id, usuario_id)
                VALUES (2, 'pending', now(), now() + interval '10 minutes', ?, ?)
                """, product, buyer);
        fixture.sql("UPDATE productos SET stock_reservado = 2 WHERE id = ?", product);

        var ordered = assertInstanceOf(Ordered.class, fixture.pay(buyer));

        assertEquals("199.98", ordered.order().total().toPlainString());
        assertEquals("4/0/2", fixture.figures(product));
    }

    @Test
    void the_price_of_the_checkout_is_charged_even_if_it_changes_before_payment() {
        long product = fixture.productWithStock(4);
        int buyer = fixture.buyerWith(product, 1);
        fixture.sql("UPDATE productos SET precio = 80.00 WHERE id = ?", product);

        var reserved = assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        assertEquals("80.00", reserved.priceChanges().getFirst().after().toPlainString());
        fixture.sql("UPDATE productos SET precio = 10.00 WHERE id = ?", product);

        assertEquals(
                "80.00",
                assertInstanceOf(Ordered.class, fixture.pay(buyer))
                        .order()
                        .total()
                        .toPlainString());
    }

    @Test
    void a_cancelled_order_returns_its_units_once() {
        long product = fixture.productWithStock(4);
        int buyer = fixture.buyerWith(product, 3);
        fixture.checkout(buyer);
        long order = assertInstanceOf(Ordered.class, fixture.pay(buyer)).order().id();
        var viewer = new Orders.Viewer(buyer, Role.CLIENTE);

        var first = fixture.shop
                .database()
                .inTransaction(
                        handle -> fixture.shop.orders().cancel(handle, viewer, order, fixture.clock.now(handle)));
        var second = fixture.shop
                .database()
                .inTransaction(
                        handle -> fixture.shop.orders().cancel(handle, viewer, order, fixture.clock.now(handle)));

        assertInstanceOf(Orders.CancelOutcome.Cancelled.class, first);
        assertInstanceOf(Orders.CancelOutcome.TooLate.class, second);
        assertEquals("4/0/0", fixture.figures(product));
    }

    @Test
    void cancelling_an_order_from_before_the_inventory_raises_the_total_and_never_loses_an_uncounted_stock() {
        long counted = fixture.productWithStock(4);
        long uncounted = fixture.number("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                    en_carousel_card, en_all_products, created_at, updated_at)
                VALUES ('Antiguo', '', 5, 0, 7, 'otros', true, false, false, true, now(), now()) RETURNING id
                """);
        int buyer = fixture.anyBuyer();
        long order = fixture.number("""
                INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, updated_at,
                    usuario_id)
                VALUES ('pendiente', 'efectivo', 10, 'x', '5', now(), now(), ?) RETURNING id
                """, buyer);
        fixture.sql(
                "INSERT INTO detalles_pedido (cantidad, precio_unitario, subtotal, pedido_id, producto_id) "
                        + "VALUES (2, 5, 10, ?, ?), (3, 5, 15, ?, ?)",
                order,
                counted,
                order,
                uncounted);

        fixture.shop
                .database()
                .inTransaction(handle -> fixture.shop
                        .orders()
                        .cancel(handle, new Orders.Viewer(buyer, Role.CLIENTE), order, fixture.clock.now(handle)));

        assertEquals("6/0/0", fixture.figures(counted));
        assertEquals("0/0/0", fixture.figures(uncounted));
        assertEquals(10, fixture.number("SELECT stock FROM productos WHERE id = ?", uncounted));
    }

    @Test
    void the_sweep_releases_what_ran_out_names_it_and_leaves_the_rest() {
        long product = fixture.productWithStock(5);
        int early = fixture.buyerWith(product, 2);
        int late = fixture.buyerWith(product, 1);
        fixture.checkout(early);
        fixture.clock.advance(Duration.ofMinutes(10));
        fixture.checkout(late);
        fixture.clock.advance(Duration.ofMinutes(5));

        List<ExpiredHold> released = new ArrayList<>();
        assertEquals(1, fixture.shop.expireReservations().run(released::add));

        assertEquals(2, released.getFirst().quantity());
        assertEquals("5/1/0", fixture.figures(product));
        assertEquals(0, fixture.shop.expireReservations().run(released::add));
    }

    @Test
    void a_repeat_under_the_same_key_gets_the_same_bytes_and_changes_nothing() {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 2);
        var key = IdempotencyKey.of(buyer, "POST", "/api/carrito/checkout/", "k-1", new byte[0]);

        Answer first = submitWithKey(fixture.shop, buyer, key);
        fixture.clock.advance(Duration.ofMinutes(1));
        Answer repeat = submitWithKey(fixture.openInstance(), buyer, key);

        assertEquals(new String(first.body()), new String(repeat.body()));
        assertEquals(1, fixture.number("SELECT count(DISTINCT expires_at) FROM stock_reservations"));
        Answer other = submitWithKey(
                fixture.shop, buyer, IdempotencyKey.of(buyer, "POST", "/api/carrito/checkout/", "k-1", new byte[] {1}));
        assertEquals(422, other.status());
        fixture.clock.advance(Duration.ofHours(24));
        assertNotEquals(
                new String(first.body()),
                new String(submitWithKey(fixture.shop, buyer, key).body()),
                "a day later the key is new");
    }

    @Test
    void a_refusal_is_kept_under_its_key_too() {
        long product = fixture.productWithStock(1);
        int buyer = fixture.buyerWith(product, 2);
        var key = IdempotencyKey.of(buyer, "POST", "/api/carrito/checkout/", "k-2", new byte[0]);
        assertEquals(409, submitWithKey(fixture.shop, buyer, key).status());
        fixture.sql("UPDATE productos SET stock_total = 9 WHERE id = ?", product);

        assertEquals(409, submitWithKey(fixture.shop, buyer, key).status());
        assertEquals("9/0/0", fixture.figures(product));
    }

    private static Answer submitWithKey(Shop instance, int buyer, IdempotencyKey key) {
        return ShopFixture.<ReservationOutcome>answer(
                keeping -> instance.reservations().submit(new ReserveCart(buyer, null, "prueba"), keeping),
                Optional.of(key),
                outcome -> switch (outcome) {
                    case Reserved reserved ->
                        Answer.ok(Map.of(
                                "reservas",
                                reserved.lines().stream()
                                        .map(line -> line.id() + "@" + line.expiresAt())
                                        .toList()));
                    case NotEnoughStock refused -> new Answer(409, Json.write(Map.of("error", "x")), Map.of());
                    default -> throw new AssertionError(outcome);
                });
    }

    @Test
    void a_user_deleted_by_the_old_shop_is_refused_alone() {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 1);
        fixture.sql("ALTER TABLE stock_reservations DROP CONSTRAINT IF EXISTS poison; ALTER TABLE "
                + "stock_reservations ADD CONSTRAINT poison CHECK (usuario_id <> " + buyer + ")");
        int healthy = fixture.buyerWith(product, 1);

        assertInstanceOf(Reply.Failed.class, fixture.shop.reservations().submit(new ReserveCart(buyer, null, "")));
        assertInstanceOf(Reserved.class, fixture.checkout(healthy));
    }

    @Test
    void deleting_a_user_as_the_old_shop_does_frees_what_was_held_and_keeps_what_was_sold() {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 2);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        fixture.inCart(buyer, product, 1);
        fixture.checkout(buyer);

        fixture.sql("DELETE FROM stock_reservations WHERE usuario_id = ?", buyer);

        assertEquals("5/0/2", fixture.figures(product));
    }

    @Test
    void a_product_whose_figure_drifted_below_its_holds_stops_neither_the_sweep_nor_its_buyers() {
        long drifted = fixture.productWithStock(5);
        long healthy = fixture.productWithStock(5);
        int payer = fixture.buyerWith(drifted, 2);
        fixture.checkout(payer);
        fixture.checkout(fixture.buyerWith(drifted, 1));
        fixture.checkout(fixture.buyerWith(healthy, 1));
        fixture.sql("UPDATE productos SET stock_reservado = 1 WHERE id = ?", drifted);
        fixture.sql(
                "UPDATE stock_reservations SET expires_at = now() - interval '1 second' WHERE usuario_id <> ?", payer);

        assertEquals(2, fixture.shop.expireReservations().run(hold -> {}));
        assertEquals("5/0/0", fixture.figures(healthy));
        assertEquals(1, fixture.differences().size(), "the drift is named, not hidden");
        assertInstanceOf(Ordered.class, fixture.pay(payer));
        assertEquals("5/0/2", fixture.figures(drifted));
    }

    @Test
    void a_release_by_the_staff_is_audited_as_what_became_of_each_hold() {
        long product = fixture.productWithStock(5);
        int slow = fixture.buyerWith(product, 1);
        fixture.checkout(slow);
        fixture.clock.advance(Duration.ofMinutes(16));
        int quick = fixture.buyerWith(product, 2);
        fixture.checkout(quick);
        List<Long> holds = List.of(
                fixture.number("SELECT id FROM stock_reservations WHERE usuario_id = ?", slow),
                fixture.number("SELECT id FROM stock_reservations WHERE usuario_id = ?", quick));

        assertEquals(
                2, fixture.shop.releaseHolds().release(holds, new Actor(fixture.person("trabajador"), null, null)));

        assertEquals(
                List.of("expired", "cancelled"),
                fixture.texts("SELECT detalles -> 'despues' ->> 'status' FROM audit_logs WHERE accion = 'liberar' "
                        + "ORDER BY objeto_id"));
        assertEquals(
                List.of("expired", "cancelled"), fixture.texts("SELECT status FROM stock_reservations ORDER BY id"));
    }
}
