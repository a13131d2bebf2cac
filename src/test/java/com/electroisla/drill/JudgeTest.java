package com.electroisla.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.drill.Ending.Done;
import com.electroisla.drill.Ending.Refused;
import com.electroisla.drill.Ending.Told;
import com.electroisla.drill.Ending.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The drill's judge can fail: each kind of broken promise is found, and correct data is not reported. */
class JudgeTest {
    private static final int ANA = 1;
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant LATER = BEGAN.plusSeconds(5);
    private static final Instant OVER = BEGAN.plusSeconds(10);
    private static final Instant NOW = BEGAN.plusSeconds(60);

    private final List<Step> steps = new ArrayList<>();
    private final List<Facts.CartRow> cart = new ArrayList<>();
    private final List<Facts.HoldRow> holds = new ArrayList<>();
    private final List<Facts.OrderRow> orders = new ArrayList<>();
    private final List<Facts.ReturnRow> returns = new ArrayList<>();
    private Facts.ProductRow product = new Facts.ProductRow(5, 10, 0, 0);

    @Test
    void what_was_told_and_is_there_is_right() {
        anaBuysTwo();
        assertEquals(List.of(), differences());
    }

    @Test
    void a_lost_hold_is_found() {
        anaHoldsTwo();
        holds.clear();
        figures(0, 0);
        assertFound("la reserva 10 se contestó y no está");
    }

    @Test
    void a_lost_order_is_found() {
        anaBuysTwo();
        orders.clear();
        assertFound("el pedido 7 se contestó y no está");
    }

    @Test
    void a_lost_and_a_doubled_cart_line_are_found() {
        did(new Act.Add(5, 2), new Told.Cart(Map.of(5L, 2)));
        assertFound("el carrito tiene {} y según las respuestas tiene {5=2}");
        cart.add(new Facts.CartRow(ANA, 5, 4));
        assertFound("el carrito tiene {5=4} y según las respuestas tiene {5=2}");
    }

    @Test
    void a_doubled_order_is_found() {
        anaBuysTwo();
        orders.add(new Facts.OrderRow(8, ANA, "confirmado", Map.of(5L, 2)));
        assertFound("el pedido 8 no lo anunció ninguna respuesta");
    }

    @Test
    void a_doubled_order_line_is_found() {
        anaBuysTwo();
        orders.set(0, new Facts.OrderRow(7, ANA, "confirmado", Map.of(5L, 4)));
        assertFound("el pedido 7 tiene {5=4} y se contestó {5=2}");
    }

    @Test
    void a_doubled_hold_is_found() {
        anaHoldsTwo();
        holds.add(hold(11, "pending"));
        figures(4, 0);
        assertFound("la reserva 11 (pending) no la anunció ninguna respuesta");
    }

    @Test
    void a_refusal_that_took_effect_is_found() {
        did(new Act.Add(5, 2), new Told.Cart(Map.of(5L, 2)));
        steps.add(new Step(new Act.Add(5, 1), new Refused(503, "base_de_datos_no_disponible")));
        cart.add(new Facts.CartRow(ANA, 5, 3));
        assertFound("el carrito tiene {5=3} y según las respuestas tiene {5=2}");

        cart.set(0, new Facts.CartRow(ANA, 5, 2));
        steps.add(new Step(new Act.Checkout(), new Refused(503, "servicio_ocupado")));
        holds.add(hold(10, "pending"));
        figures(2, 0);
        assertFound("la reserva 10 (pending) no la anunció ninguna respuesta");
    }

    @Test
    void a_refused_payment_that_took_effect_is_found() {
        anaHoldsTwo();
        steps.add(new Step(new Act.Pay(), new Refused(409, "reserva_expirada")));
        holds.set(0, sold(10, 7));
        orders.add(new Facts.OrderRow(7, ANA, "confirmado", Map.of(5L, 2)));
        cart.clear();
        figures(0, 2);
        assertFound("el pedido 7 no lo anunció ninguna respuesta");
    }

    @Test
    void a_drifted_counter_is_found() {
        anaHoldsTwo();
        figures(3, 0);
        assertFound("stock_reservado es 3 y las reservas suman 2");
        figures(2, 1);
        assertFound("stock_vendido es 1 y lo vendido suma 0");
    }

    @Test
    void an_answer_that_forgets_an_earlier_one_is_found() {
        did(new Act.Add(5, 2), new Told.Cart(Map.of(5L, 2)));
        did(new Act.Add(6, 1), new Told.Cart(Map.of(6L, 1)));
        cart.add(new Facts.CartRow(ANA, 5, 2));
        cart.add(new Facts.CartRow(ANA, 6, 1));
        assertFound("las respuestas anteriores dan {5=2, 6=1}");
    }

    @Test
    void a_renewal_that_was_lost_is_found() {
        anaHoldsTwo();
        did(new Act.Checkout(), new Told.Holds(List.of(new Ending.Hold(10, 5, 2, OVER.plusSeconds(5)))));
        assertFound("y se contestó " + OVER.plusSeconds(5));
    }

    @Test
    void a_hold_that_was_replaced_must_have_ended() {
        anaHoldsTwo();
        did(new Act.Checkout(), new Told.Holds(List.of(new Ending.Hold(11, 5, 2, OVER))));
        holds.add(hold(11, "pending"));
        figures(4, 0);
        assertFound("la reserva 10 está pending y según las respuestas");
    }

    @Test
    void holds_given_up_are_counted() {
        anaHoldsTwo();
        did(new Act.GiveUp(), new Told.GivenUp(1));
        figures(0, 0);
        holds.set(0, hold(10, "expired"));
        assertFound("se contestaron 1 reservas canceladas y son 0");
        holds.set(0, hold(10, "cancelled"));
        assertEquals(List.of(), differences());
    }

    @Test
    void an_order_gives_its_units_back_once() {
        anaBuysTwo();
        did(new Act.ReturnOrder(7), new Told.Returned(7));
        assertFound("el pedido 7 está confirmado y se contestó cancelado");
        orders.set(0, new Facts.OrderRow(7, ANA, "cancelado", Map.of(5L, 2)));
        assertFound("devolvió {} y le tocaba {5=2}");
        returns.add(new Facts.ReturnRow(7, 5, 2, NOW));
        figures(0, 0);
        assertEquals(List.of(), differences());
        returns.add(new Facts.ReturnRow(7, 5, 2, NOW));
        assertFound("devolvió {5=4} y le tocaba {5=2}");
    }

    @Test
    void an_unknown_payment_is_right_done_or_undone_and_wrong_half_done() {
        anaHoldsTwo();
        steps.add(new Step(new Act.Pay(), new Unknown()));
        assertEquals(List.of(), differences());

        holds.set(0, sold(10, 7));
        orders.add(new Facts.OrderRow(7, ANA, "confirmado", Map.of(5L, 2)));
        figures(0, 2);
        assertFound("el pedido 7 no lo anunció ninguna respuesta");
        cart.clear();
        assertEquals(List.of(), differences());

        orders.add(new Facts.OrderRow(8, ANA, "confirmado", Map.of(5L, 2)));
        assertFound("el pedido 8");
    }

    @Test
    void an_unknown_checkout_is_right_done_or_undone_and_wrong_done_twice() {
        did(new Act.Add(5, 2), new Told.Cart(Map.of(5L, 2)));
        cart.add(new Facts.CartRow(ANA, 5, 2));
        steps.add(new Step(new Act.Checkout(), new Unknown()));
        assertEquals(List.of(), differences());
        holds.add(hold(10, "pending"));
        figures(2, 0);
        assertEquals(List.of(), differences());
        holds.add(hold(11, "pending"));
        figures(4, 0);
        assertFound("no la anunció ninguna respuesta");
    }

    @Test
    void an_unknown_addition_is_right_done_or_undone_and_wrong_done_twice() {
        steps.add(new Step(new Act.Add(5, 2), new Unknown()));
        assertEquals(List.of(), differences());
        cart.add(new Facts.CartRow(ANA, 5, 2));
        assertEquals(List.of(), differences());
        cart.set(0, new Facts.CartRow(ANA, 5, 4));
        assertFound("el carrito tiene {5=4}");
    }

    @Test
    void units_promised_twice_at_some_moment_are_found_although_the_end_looks_right() {
        anaHoldsTwo();
        did(new Act.GiveUp(), new Told.GivenUp(1));
        holds.set(0, hold(10, "cancelled"));
        figures(0, 0);
        assertEquals(List.of(), differences());
        product = new Facts.ProductRow(5, 1, 0, 0);
        assertFound("estaban prometidas 2 de 1");
    }

    @Test
    void units_taken_over_at_the_very_moment_another_hold_ran_out_are_not_promised_twice() {
        holds.add(hold(10, "expired"));
        holds.add(new Facts.HoldRow(11, 2, 5, 2, "expired", OVER, OVER.plusSeconds(10), null, null, null));
        product = new Facts.ProductRow(5, 2, 0, 0);
        assertFalse(
                differences().toString().contains("prometidas"), differences().toString());
    }

    @Test
    void a_hold_sold_after_its_time_is_found() {
        anaBuysTwo();
        holds.set(0, new Facts.HoldRow(10, ANA, 5, 2, "confirmed", BEGAN, OVER, OVER.plusSeconds(1), null, 7L));
        assertFound("se vendió después de su hora");
    }

    private void anaHoldsTwo() {
        did(new Act.Add(5, 2), new Told.Cart(Map.of(5L, 2)));
        did(new Act.Checkout(), new Told.Holds(List.of(new Ending.Hold(10, 5, 2, OVER))));
        cart.add(new Facts.CartRow(ANA, 5, 2));
        holds.add(hold(10, "pending"));
        figures(2, 0);
    }

    private void anaBuysTwo() {
        anaHoldsTwo();
        did(new Act.Pay(), new Told.Order(7, Map.of(5L, 2)));
        cart.clear();
        holds.set(0, sold(10, 7));
        orders.add(new Facts.OrderRow(7, ANA, "confirmado", Map.of(5L, 2)));
        figures(0, 2);
    }

    private void did(Act act, Told told) {
        steps.add(new Step(act, new Done(told)));
    }

    private static Facts.HoldRow hold(long id, String status) {
        return new Facts.HoldRow(
                id, ANA, 5, 2, status, BEGAN, OVER, null, status.equals("cancelled") ? LATER : null, null);
    }

    private static Facts.HoldRow sold(long id, long order) {
        return new Facts.HoldRow(id, ANA, 5, 2, "confirmed", BEGAN, OVER, LATER, null, order);
    }

    private void figures(int reserved, int sold) {
        product = new Facts.ProductRow(product.id(), product.total(), reserved, sold);
    }

    private List<String> differences() {
        Facts facts = new Facts(NOW, List.of(product), cart, holds, orders, returns, List.of());
        return Judge.differences(Map.of(ANA, steps), Set.of(), facts);
    }

    private void assertFound(String what) {
        assertTrue(
                differences().stream().anyMatch(difference -> difference.contains(what)),
                () -> what + " is not among " + differences());
    }
}
