package com.electroisla.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.electroisla.drill.MoneyFacts.ChargeRow;
import com.electroisla.drill.MoneyFacts.OrderTotal;
import com.electroisla.drill.MoneyFacts.PaymentRow;
import com.electroisla.drill.MoneyFacts.RefundRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The proof of the money finds each kind of difference, and none where there is none. */
final class MoneyProofTest {
    private final List<ToldCharge> told = new ArrayList<>();
    private final List<PaymentRow> payments = new ArrayList<>();
    private final List<ChargeRow> charges = new ArrayList<>();
    private final List<RefundRow> refunds = new ArrayList<>();
    private final List<OrderTotal> orders = new ArrayList<>();

    /** One payment sold, one of another sum, one charged twice, one charged at once and cancelled. */
    private void aSoundShop() {
        payments.add(new PaymentRow(1, 7, "pagado", amount("20.00"), 101L));
        charges.add(new ChargeRow(11, "simulacro-1-1", 1L, amount("20.00"), "vendido"));
        orders.add(new OrderTotal(101, 7, "confirmado", amount("20.00")));
        told.add(new ToldCharge("simulacro-1-1", 1, amount("20.00"), true, false));

        payments.add(new PaymentRow(2, 7, "reembolso_debido", amount("20.00"), null));
        charges.add(new ChargeRow(12, "simulacro-2-1", 2L, amount("21.00"), "reembolso"));
        refunds.add(new RefundRow(21, 7, 12L, null, amount("21.00"), "importe_distinto", "debido"));
        told.add(new ToldCharge("simulacro-2-1", 2, amount("21.00"), true, true));

        payments.add(new PaymentRow(3, 8, "pagado", amount("10.00"), 102L));
        charges.add(new ChargeRow(13, "simulacro-3-1", 3L, amount("10.00"), "vendido_tarde"));
        charges.add(new ChargeRow(14, "simulacro-3-2", 3L, amount("10.00"), "reembolso"));
        refunds.add(new RefundRow(22, 8, 14L, null, amount("10.00"), "cobro_repetido", "debido"));
        orders.add(new OrderTotal(102, 8, "confirmado", amount("10.00")));
        told.add(new ToldCharge("simulacro-3-1", 3, amount("10.00"), true, false));
        told.add(new ToldCharge("simulacro-3-2", 3, amount("10.00"), false, false));

        payments.add(new PaymentRow(4, 9, "pagado", amount("30.00"), 103L));
        charges.add(new ChargeRow(15, "pago-4", 4L, amount("30.00"), "vendido"));
        orders.add(new OrderTotal(103, 9, "cancelado", amount("30.00")));
        refunds.add(new RefundRow(23, 9, 15L, 103L, amount("30.00"), "pedido_cancelado", "debido"));
    }

    @Test
    void a_sound_shop_has_no_difference() {
        aSoundShop();
        assertEquals(List.of(), differences());
        // Nobody knows whether a charge that no server confirmed was heard.
        told.add(new ToldCharge("simulacro-5-1", 5, amount("1.00"), false, false));
        assertEquals(List.of(), differences());
    }

    @Test
    void a_charge_that_was_lost_doubled_or_invented_is_found() {
        aSoundShop();
        told.add(new ToldCharge("simulacro-5-1", 5, amount("1.00"), true, false));
        assertFound("se contestó como oído y no está");

        aSoundShopAgain();
        charges.add(charges.getFirst());
        assertFound("está dos veces");

        aSoundShopAgain();
        told.removeFirst();
        assertFound("no lo dijo nadie");
    }

    @Test
    void a_refund_that_is_lost_doubled_or_of_another_sum_is_found() {
        aSoundShop();
        refunds.removeFirst();
        assertFound("tiene 0 reembolsos");

        aSoundShopAgain();
        refunds.add(refunds.getFirst());
        assertFound("tiene 2 reembolsos");

        aSoundShopAgain();
        refunds.set(0, new RefundRow(21, 7, 12L, null, amount("20.99"), "importe_distinto", "debido"));
        assertFound("se debe 20.99");

        aSoundShopAgain();
        refunds.removeLast();
        assertFound("el pedido 103");
    }

    @Test
    void money_that_bought_too_much_or_too_little_is_found() {
        aSoundShop();
        orders.set(0, new OrderTotal(101, 7, "confirmado", amount("20.01")));
        assertFound("el pago 1 de 20.00 cobró 20.00");

        aSoundShopAgain();
        orders.set(0, new OrderTotal(101, 8, "confirmado", amount("20.00")));
        assertFound("el pago 1 de 20.00 cobró 20.00");

        aSoundShopAgain();
        charges.set(1, new ChargeRow(12, "simulacro-2-1", 2L, amount("21.00"), "vendido"));
        assertFound("de otra suma, vendió");

        aSoundShopAgain();
        charges.set(0, new ChargeRow(11, "simulacro-1-1", 1L, amount("19.00"), "vendido"));
        assertFound("y se dijo 20.00");
        assertFound("entraron ");
    }

    private void aSoundShopAgain() {
        told.clear();
        payments.clear();
        charges.clear();
        refunds.clear();
        orders.clear();
        aSoundShop();
    }

    private List<String> differences() {
        return MoneyProof.differences(told, new MoneyFacts(payments, charges, refunds, orders));
    }

    private void assertFound(String words) {
        List<String> found = differences();
        assertFalse(found.stream().noneMatch(each -> each.contains(words)), () -> words + " is not in " + found);
    }

    private static BigDecimal amount(String text) {
        return new BigDecimal(text);
    }
}
