package com.electroisla.reservation;

import com.electroisla.order.Order;
import com.electroisla.reservation.BatchState.CartState;
import com.electroisla.reservation.BatchState.Stock;
import com.electroisla.reservation.ReservationOutcome.AmountTooLarge;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import com.electroisla.reservation.ReservationOutcome.NotAgreed;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.PaymentUnderWay;
import com.electroisla.reservation.ReservationOutcome.Shortage;
import com.electroisla.reservation.ReservationOutcome.UnitsMissing;
import com.electroisla.reservation.ReservationOutcome.Unsaleable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a buyer can pay for the holds now, for an order and for the beginning of a payment alike. */
sealed interface Offer {

    /** The holds, all of which can be sold. */
    record Goods(List<Hold> holds, List<Order.Line> lines, BigDecimal total) implements Offer {}

    record Refused(ReservationOutcome why) implements Offer {}

    /** @param agreed the sum that the payer has seen; null when none was given */
    static Offer of(BatchState state, CartState cart, @Nullable Agreed agreed) {
        Optional<Long> payment = state.paymentUnderWay(cart.userId);
        if (payment.isPresent()) {
            return new Refused(new PaymentUnderWay(payment.get()));
        }
        List<Hold> pending = state.holdsOf(cart.userId).stream()
                .filter(hold -> hold.status == ReservationStatus.PENDING)
                .toList();
        List<LostHold> lost = new ArrayList<>(cart.lost);
        for (Hold hold : pending) {
            if (!hold.isLive(state.now)) {
                lost.add(new LostHold(hold.productId, state.stock(hold.productId).name, hold.quantity));
            }
        }
        if (pending.isEmpty() || !lost.isEmpty()) {
            return new Refused(new HoldsExpired(lost));
        }
        List<Shortage> missing = uncovered(state, pending, cart.userId);
        if (!missing.isEmpty()) {
            return new Refused(new UnitsMissing(missing));
        }
        List<Unsaleable> unsaleable = pending.stream()
                .filter(hold -> state.stock(hold.productId).closed || state.agreedPrice(hold) == null)
                .map(hold -> state.stock(hold.productId).unsaleable())
                .toList();
        if (!unsaleable.isEmpty()) {
            return new Refused(new NotForSale(unsaleable));
        }
        return priced(state, pending, agreed);
    }

    private static Offer priced(BatchState state, List<Hold> pending, @Nullable Agreed agreed) {
        List<Order.Line> lines = pending.stream()
                .map(hold -> Order.Line.of(
                        hold.productId,
                        state.stock(hold.productId).name,
                        hold.quantity,
                        Objects.requireNonNull(state.agreedPrice(hold))))
                .toList();
        if (isTooLarge(lines.stream().map(Order.Line::subtotal).toList())) {
            return new Refused(new AmountTooLarge());
        }
        BigDecimal total =
                lines.stream().map(Order.Line::subtotal).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
        if (agreed != null
                && !agreed.isFor(total, pending.stream().map(hold -> hold.id).collect(Collectors.toSet()))) {
            return new Refused(new NotAgreed(total));
        }
        return new Goods(pending, lines, total);
    }

    /** The held units that the figures do not cover, because another program wrote wrong figures. */
    private static List<Shortage> uncovered(BatchState state, List<Hold> pending, int userId) {
        Map<Long, Integer> wanted = new LinkedHashMap<>();
        pending.forEach(hold -> wanted.merge(hold.productId, hold.quantity, Integer::sum));
        List<Shortage> missing = new ArrayList<>();
        wanted.forEach((productId, quantity) -> {
            Stock product = state.stock(productId);
            int most = state.most(product, userId);
            if (quantity > most) {
                missing.add(new Shortage(productId, product.name, most, quantity));
            }
        });
        return missing;
    }

    /** Whether the sum is larger than an order can hold. */
    static boolean isTooLarge(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(Order.LARGEST_AMOUNT) > 0;
    }
}
