package com.electroisla.drill;

import com.electroisla.drill.MoneyFacts.ChargeRow;
import com.electroisla.drill.MoneyFacts.OrderTotal;
import com.electroisla.drill.MoneyFacts.PaymentRow;
import com.electroisla.drill.MoneyFacts.RefundRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Proves that the money that came in is the money of the orders that it bought and of the refunds that are owed, to the
 * cent, payment by payment; and that every charge that the drill told of is there once, and no other. A pure function.
 */
final class MoneyProof {
    private static final String REFUND = "reembolso";

    private final MoneyFacts facts;
    private final Map<Long, OrderTotal> orders;
    private final Map<Long, List<ChargeRow>> chargesByPayment;
    private final Map<Long, List<RefundRow>> refundsByCharge;
    private final List<String> differences = new ArrayList<>();

    private MoneyProof(MoneyFacts facts) {
        this.facts = facts;
        orders = facts.orders().stream().collect(Collectors.toMap(OrderTotal::id, order -> order));
        chargesByPayment = facts.charges().stream()
                .filter(charge -> charge.payment() != null)
                .collect(Collectors.groupingBy(charge -> Objects.requireNonNull(charge.payment())));
        refundsByCharge = facts.refunds().stream()
                .filter(refund -> refund.charge() != null && refund.order() == null)
                .collect(Collectors.groupingBy(refund -> Objects.requireNonNull(refund.charge())));
    }

    /**
     * All differences, each in a sentence; empty when there are none.
     *
     * @param told what the drill said in the provider's name, each charge once
     */
    static List<String> differences(List<ToldCharge> told, MoneyFacts facts) {
        var proof = new MoneyProof(facts);
        proof.told(told);
        facts.charges().forEach(proof::charge);
        facts.payments().forEach(proof::payment);
        proof.cancelledOrders();
        proof.sums();
        return List.copyOf(proof.differences);
    }

    private void told(List<ToldCharge> told) {
        Map<String, ChargeRow> unseen = new TreeMap<>();
        facts.charges().forEach(charge -> {
            if (unseen.put(charge.name(), charge) != null) {
                differences.add("el cobro " + charge.name() + " está dos veces");
            }
        });
        for (ToldCharge each : told) {
            ChargeRow row = unseen.remove(each.name());
            if (row == null) {
                if (each.heard()) {
                    differences.add("el cobro " + each.name() + " se contestó como oído y no está");
                }
            } else if (row.amount().compareTo(each.amount()) != 0 || !Objects.equals(row.payment(), each.payment())) {
                differences.add("el cobro " + each.name() + " es de " + row.amount() + " del pago " + row.payment()
                        + " y se dijo " + each.amount() + " del pago " + each.payment());
            } else if (each.wrong() && !row.result().equals(REFUND)) {
                differences.add("el cobro " + each.name() + ", de otra suma, vendió");
            }
        }
        // The others are of orders that were charged at once.
        unseen.values().stream()
                .filter(row -> !row.name().equals("pago-" + row.payment())
                        || row.result().equals(REFUND))
                .forEach(row -> differences.add("el cobro " + row.name() + " no lo dijo nadie"));
    }

    private void charge(ChargeRow charge) {
        List<RefundRow> refunds = refundsByCharge.getOrDefault(charge.id(), List.of());
        int due = charge.result().equals(REFUND) ? 1 : 0;
        if (refunds.size() != due) {
            differences.add(
                    "el cobro " + charge.name() + " (" + charge.result() + ") tiene " + refunds.size() + " reembolsos");
        }
        refunds.stream()
                .filter(refund -> refund.amount().compareTo(charge.amount()) != 0)
                .forEach(refund -> differences.add(
                        "del cobro " + charge.name() + " de " + charge.amount() + " se debe " + refund.amount()));
    }

    private void payment(PaymentRow payment) {
        List<ChargeRow> charges = chargesByPayment.getOrDefault(payment.id(), List.of());
        List<ChargeRow> sold = charges.stream()
                .filter(charge -> charge.result().startsWith("vendido"))
                .toList();
        if (sold.size() != (payment.order() == null ? 0 : 1)) {
            differences.add("el pago " + payment.id() + " (" + payment.state() + ") tiene " + sold.size()
                    + " cobros que vendieron y el pedido " + payment.order());
            return;
        }
        if (payment.order() == null) {
            return;
        }
        OrderTotal order = orders.get(payment.order());
        if (order == null
                || order.user() != payment.user()
                || order.total().compareTo(sold.getFirst().amount()) != 0
                || order.total().compareTo(payment.amount()) != 0) {
            differences.add("el pago " + payment.id() + " de " + payment.amount() + " cobró "
                    + sold.getFirst().amount() + " por el pedido " + order);
        }
    }

    /** An order that was charged and then cancelled owes its money back, once. */
    private void cancelledOrders() {
        Map<Long, BigDecimal> back = new HashMap<>();
        facts.refunds().stream()
                .filter(refund -> refund.order() != null)
                .forEach(
                        refund -> back.merge(Objects.requireNonNull(refund.order()), refund.amount(), BigDecimal::add));
        for (PaymentRow payment : facts.payments()) {
            OrderTotal order = payment.order() == null ? null : orders.get(payment.order());
            if (order != null) {
                BigDecimal due = order.state().equals("cancelado") ? order.total() : BigDecimal.ZERO;
                if (back.getOrDefault(order.id(), BigDecimal.ZERO).compareTo(due) != 0) {
                    differences.add("el pedido " + order.id() + ", " + order.state() + ", debe "
                            + back.getOrDefault(order.id(), BigDecimal.ZERO) + " y le toca " + due);
                }
            }
        }
    }

    /** The whole equation, from the rows alone. */
    private void sums() {
        BigDecimal in = sum(facts.charges().stream()
                .filter(charge -> charge.payment() != null)
                .map(ChargeRow::amount)
                .toList());
        BigDecimal sold = sum(facts.payments().stream()
                .filter(payment -> payment.order() != null && orders.containsKey(payment.order()))
                .map(payment -> orders.get(payment.order()).total())
                .toList());
        BigDecimal owed = sum(facts.refunds().stream()
                .filter(refund -> refund.charge() != null && refund.order() == null)
                .map(RefundRow::amount)
                .toList());
        if (in.compareTo(sold.add(owed)) != 0) {
            differences.add("entraron " + in + ", y los pedidos (" + sold + ") y los reembolsos (" + owed + ") suman "
                    + sold.add(owed));
        }
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
