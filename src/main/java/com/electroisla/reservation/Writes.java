package com.electroisla.reservation;

import com.electroisla.order.Order;
import com.electroisla.payment.Charge;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentLine;
import com.electroisla.payment.Refund;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows to write after a batch's decision, each in its final state. */
final class Writes {
    /** Every hold that the batch read or made, in the order of making. */
    final List<Hold> holds = new ArrayList<>();

    final List<Order> orders = new ArrayList<>();
    /** The languages of the orders' buyers, by order, where they are known. */
    final Map<Long, Locale> languages = new HashMap<>();

    final List<BatchState.Stock> stock = new ArrayList<>();
    /** Products whose holds exceeded the figure for held units. */
    final List<Long> drifted = new ArrayList<>();

    /** All carts that were read; each knows its own changes. */
    final List<BatchState.CartState> carts = new ArrayList<>();

    /** The payments that were made, changed or charged, by id, as they are at the end of the batch. */
    final Map<Long, Payment> payments = new LinkedHashMap<>();

    private final Set<Long> newPayments = new LinkedHashSet<>();
    private final Set<Long> changedPayments = new LinkedHashSet<>();
    final List<PaymentLine> paymentLines = new ArrayList<>();
    final List<Charge> charges = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();

    void add(Order order, @Nullable Locale language) {
        orders.add(order);
        if (language != null) {
            languages.put(order.id(), language);
        }
    }

    void make(Payment payment) {
        payments.put(payment.id(), payment);
        newPayments.add(payment.id());
    }

    void change(Payment payment) {
        payments.put(payment.id(), payment);
        if (!newPayments.contains(payment.id())) {
            changedPayments.add(payment.id());
        }
    }

    List<Payment> newPayments() {
        return payments.values().stream()
                .filter(payment -> newPayments.contains(payment.id()))
                .toList();
    }

    List<Payment> changedPayments() {
        return payments.values().stream()
                .filter(payment -> changedPayments.contains(payment.id()))
                .toList();
    }

    List<Hold> newHolds() {
        return holds.stream().filter(hold -> hold.isNew).toList();
    }

    List<Hold> changedHolds() {
        return holds.stream().filter(Hold::isChanged).toList();
    }
}
