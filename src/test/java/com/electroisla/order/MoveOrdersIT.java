package com.electroisla.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.MoveOrders.Outcome;
import com.electroisla.order.Orders.Viewer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order's states: each step starts from the state that the user saw, and only a permitted role may take it. */
class MoveOrdersIT {
    private final ShopFixture fixture = new ShopFixture();
    private final MoveOrders moves = fixture.shop.moveOrders();
    private final Viewer clerk = viewer(Role.TRABAJADOR);
    private final Viewer courier = viewer(Role.MENSAJERO);
    private final int buyer = fixture.buyerWith(fixture.productWithStock(10), 1);
    private final long order = paidOrder();

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void an_order_goes_its_way_and_every_step_is_audited() {
        assertEquals(Outcome.DONE, move(clerk, OrderState.CONFIRMED, OrderState.PREPARING));
        assertEquals(new Applied.Now<>(Outcome.DONE), assign(null, courier.userId(), "a"));
        assertEquals(Outcome.DONE, move(courier, OrderState.PREPARING, OrderState.ON_THE_WAY));
        assertEquals(Outcome.DONE, move(courier, OrderState.ON_THE_WAY, OrderState.DELIVERED));

        assertEquals("entregado", state());
        assertEquals(
                1, fixture.number("SELECT count(*) FROM pedidos WHERE fecha_entrega IS NOT NULL AND id = ?", order));
        assertEquals(
                List.of("estado", "asignar", "estado", "estado"),
                fixture.texts("SELECT accion FROM audit_logs WHERE modulo = 'pedido' ORDER BY id"));
    }

    @Test
    void each_role_has_its_own_steps() {
        assertEquals(
                Set.of(OrderState.PREPARING, OrderState.CANCELLED), MoveOrders.next(OrderState.CONFIRMED, Role.ADMIN));
        assertEquals(Set.of(), MoveOrders.next(OrderState.CONFIRMED, Role.MENSAJERO));
        assertEquals(Set.of(OrderState.ON_THE_WAY), MoveOrders.next(OrderState.PREPARING, Role.MENSAJERO));
        assertEquals(Set.of(), MoveOrders.next(OrderState.PREPARING, Role.CLIENTE));
        assertEquals(Set.of(), MoveOrders.next(OrderState.DELIVERED, Role.ADMIN));
    }

    @Test
    void who_may_not_is_told_and_who_may_not_even_see_it_finds_nothing() {
        assertEquals(Outcome.NOT_ALLOWED, move(clerk, OrderState.CONFIRMED, OrderState.DELIVERED));
        assertEquals(
                Outcome.NOT_ALLOWED, move(new Viewer(buyer, Role.CLIENTE), OrderState.CONFIRMED, OrderState.CANCELLED));
        assertEquals(
                Outcome.NOT_FOUND,
                move(courier, OrderState.PREPARING, OrderState.ON_THE_WAY),
                "it is not this courier's");
        assertEquals(
                new Applied.Now<>(Outcome.NOT_ALLOWED),
                moves.assign(order, null, courier.userId(), courier, actor(courier), form(courier, "a")));
        assertEquals("confirmado", state());
    }

    @Test
    void a_courier_brings_their_own_purchase_nowhere_as_long_as_it_is_not_theirs_to_deliver() {
        Viewer buysToo = new Viewer(buyer, Role.MENSAJERO);
        assertEquals(Outcome.DONE, move(clerk, OrderState.CONFIRMED, OrderState.PREPARING));
        assertEquals(Outcome.NOT_ALLOWED, move(buysToo, OrderState.PREPARING, OrderState.ON_THE_WAY));
        assertEquals("en_preparacion", state());
    }

    @Test
    void an_order_that_has_moved_on_since_it_was_seen_stays_where_it_is() {
        assertEquals(Outcome.DONE, move(clerk, OrderState.CONFIRMED, OrderState.PREPARING));
        assertEquals(Outcome.CHANGED_MEANWHILE, move(clerk, OrderState.CONFIRMED, OrderState.PREPARING));
        assertEquals(Outcome.CHANGED_MEANWHILE, move(clerk, OrderState.CONFIRMED, OrderState.CANCELLED));
        assertEquals("en_preparacion", state());
    }

    @Test
    void one_form_moves_an_order_once() {
        IdempotencyKey form = form(clerk, "una vez");
        assertEquals(
                new Applied.Now<>(Outcome.DONE),
                moves.move(order, OrderState.CONFIRMED, OrderState.PREPARING, clerk, actor(clerk), form));
        assertEquals(
                new Applied.Before<>(true, ""),
                moves.move(order, OrderState.CONFIRMED, OrderState.PREPARING, clerk, actor(clerk), form));
        assertEquals(1, fixture.number("SELECT count(*) FROM audit_logs WHERE accion = 'estado'"));
    }

    @Test
    void a_courier_who_was_changed_meanwhile_is_not_changed_again() {
        Viewer other = viewer(Role.MENSAJERO);
        assertEquals(new Applied.Now<>(Outcome.DONE), assign(null, courier.userId(), "a"));
        assertEquals(new Applied.Now<>(Outcome.CHANGED_MEANWHILE), assign(null, other.userId(), "b"));
        assertEquals(new Applied.Now<>(Outcome.DONE), assign(null, courier.userId(), "c"), "it is so already");
        assertEquals(new Applied.Now<>(Outcome.DONE), assign(courier.userId(), null, "d"));
        assertEquals(1, fixture.number("SELECT count(*) FROM pedidos WHERE mensajero_id IS NULL AND id = ?", order));
    }

    private long paidOrder() {
        fixture.checkout(buyer);
        fixture.pay(buyer);
        return fixture.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private Viewer viewer(Role role) {
        return new Viewer(fixture.person(role.text()), role);
    }

    private static Actor actor(Viewer who) {
        return new Actor(who.userId(), "127.0.0.1", "prueba");
    }

    private IdempotencyKey form(Viewer who, String key) {
        return Applied.key(who.userId(), "/admin/pedidos/" + order, key, "");
    }

    private Outcome move(Viewer who, OrderState from, OrderState to) {
        return moves.move(order, from, to, who, actor(who));
    }

    private Applied<Outcome> assign(@Nullable Integer seen, @Nullable Integer courierId, String form) {
        return moves.assign(order, seen, courierId, clerk, actor(clerk), form(clerk, form));
    }

    private String state() {
        return fixture.text("SELECT estado FROM pedidos WHERE id = ?", order);
    }
}
