package com.electroisla.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.inventory.AdjustStock.Outcome;
import com.electroisla.inventory.Adjustment;
import com.electroisla.order.Orders.Viewer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Units come back once: by hand or by cancelling, never by both. And an order moves only from the state that its row
 * has.
 */
class ReturnedUnitsIT {
    private ShopFixture fixture;
    private int clerk;
    private Actor staff;
    private Viewer viewer;
    private long lamp;

    @BeforeEach
    void open() {
        fixture = new ShopFixture();
        clerk = fixture.person("trabajador");
        staff = new Actor(clerk, "127.0.0.1", "prueba");
        viewer = new Viewer(clerk, Role.TRABAJADOR);
        lamp = fixture.productWithStock(10);
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), fixture.differences());
        fixture.close();
    }

    @Test
    void what_came_back_by_hand_does_not_come_back_again_when_the_order_is_cancelled() {
        long order = orderOf(lamp, 3);
        assertEquals("10/0/3", fixture.figures(lamp));

        assertInstanceOf(Outcome.Done.class, takeBack(2, order));
        assertEquals("10/0/1", fixture.figures(lamp));
        assertEquals(MoveOrders.Outcome.DONE, move(order, OrderState.CONFIRMED, OrderState.CANCELLED));

        assertEquals("10/0/0", fixture.figures(lamp));
        assertEquals(
                "-2,-1",
                fixture.text(
                        "SELECT string_agg(delta_vendido::text, ',' ORDER BY id) FROM "
                                + "movimientos_stock WHERE pedido_id = ?",
                        order));
    }

    @Test
    void no_more_comes_back_than_the_order_took_and_nothing_of_a_cancelled_one() {
        orderOf(lamp, 4);
        long order = orderOf(lamp, 3);
        assertEquals(new Outcome.MoreThanLeft(order, 3), takeBack(4, order));
        assertInstanceOf(Outcome.Done.class, takeBack(3, order));
        assertEquals(new Outcome.MoreThanLeft(order, 0), takeBack(1, order));
        assertEquals(MoveOrders.Outcome.DONE, move(order, OrderState.CONFIRMED, OrderState.CANCELLED));
        assertEquals("10/0/4", fixture.figures(lamp));

        long cancelled = orderOf(lamp, 2);
        move(cancelled, OrderState.CONFIRMED, OrderState.CANCELLED);
        assertEquals(new Outcome.MoreThanLeft(cancelled, 0), takeBack(1, cancelled));
        assertEquals("10/0/4", fixture.figures(lamp));
    }

    @Test
    void a_return_without_its_order_or_from_one_without_the_product_is_refused() {
        long order = orderOf(fixture.productWithStock(5), 1);
        orderOf(lamp, 1);

        assertEquals(new Outcome.NeedsOrder(), adjust(new Adjustment(Adjustment.Kind.RETURN, 1, "vuelve")));
        assertEquals(new Outcome.NotInOrder(order), takeBack(1, order));
        assertEquals(new Outcome.NotInOrder(999_999), takeBack(1, 999_999));
        assertEquals("10/0/1", fixture.figures(lamp));
    }

    @Test
    void units_sold_before_stock_was_counted_come_back_as_a_larger_total_and_once() {
        long order = fixture.number("""
                INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, updated_at,
                    usuario_id)
                VALUES ('pendiente', 'efectivo', 9, 'x', 'x', now(), now(), ?) RETURNING id
                """, fixture.anyBuyer());
        fixture.sql(
                "INSERT INTO detalles_pedido (cantidad, precio_unitario, subtotal, pedido_id, "
                        + "producto_id) VALUES (5, 1, 5, ?, ?)",
                order,
                lamp);

        assertInstanceOf(Outcome.Done.class, takeBack(2, order));
        assertEquals("12/0/0", fixture.figures(lamp));
        assertEquals(MoveOrders.Outcome.DONE, move(order, OrderState.PENDING, OrderState.CANCELLED));
        assertEquals("15/0/0", fixture.figures(lamp));
    }

    @Test
    void cancelling_an_order_that_has_moved_on_since_the_form_was_shown_changes_nothing_and_audits_nothing() {
        long order = orderOf(lamp, 1);
        fixture.sql("UPDATE pedidos SET estado = 'en_preparacion' WHERE id = ?", order);

        assertEquals(MoveOrders.Outcome.CHANGED_MEANWHILE, move(order, OrderState.CONFIRMED, OrderState.CANCELLED));

        assertEquals("en_preparacion", fixture.text("SELECT estado FROM pedidos WHERE id = ?", order));
        assertEquals(0, fixture.number("SELECT count(*) FROM audit_logs WHERE accion = 'estado'"));
        assertEquals(MoveOrders.Outcome.DONE, move(order, OrderState.PREPARING, OrderState.CANCELLED));
        assertEquals(
                "en_preparacion",
                fixture.text("SELECT detalles->'antes'->>'estado' FROM audit_logs WHERE accion = 'estado'"));
    }

    private long orderOf(long product, int units) {
        int buyer = fixture.buyerWith(product, units);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        return fixture.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private Outcome takeBack(int units, long order) {
        return adjust(new Adjustment(Adjustment.Kind.RETURN, units, "vuelve", order));
    }

    private Outcome adjust(Adjustment adjustment) {
        return fixture.shop.adjustStock().run(lamp, adjustment, Set.of(), staff);
    }

    private MoveOrders.Outcome move(long order, OrderState from, OrderState to) {
        return fixture.shop.moveOrders().move(order, from, to, viewer, staff);
    }
}
