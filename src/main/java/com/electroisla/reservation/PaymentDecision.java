package com.electroisla.reservation;

import com.electroisla.order.Order;
import com.electroisla.order.OrderDetails;
import com.electroisla.payment.Charge;
import com.electroisla.payment.ChargeResult;
import com.electroisla.payment.LockedPayments;
import com.electroisla.payment.LockedPayments.ChargeName;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentLine;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.Refund;
import com.electroisla.payment.RefundReason;
import com.electroisla.reservation.BatchState.CartState;
import com.electroisla.reservation.ReservationOutcome.AlreadySold;
import com.electroisla.reservation.ReservationOutcome.NotThisBuyers;
import com.electroisla.reservation.ReservationOutcome.NothingNew;
import com.electroisla.reservation.ReservationOutcome.PaymentAlreadyPaid;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentCancelled;
import com.electroisla.reservation.ReservationOutcome.PaymentSold;
import com.electroisla.reservation.ReservationOutcome.PaymentTurnedDown;
import com.electroisla.reservation.ReservationOutcome.PaymentUnknown;
import com.electroisla.reservation.ReservationOutcome.RefundOwed;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides about payments, on the state of a {@link Decision}: what a begun payment keeps, and what money buys.
 *
 * <p>Invariant: every charge is kept once, and sells its payment's units or has exactly one refund. The first charge
 * of the right sum sells, if the payment's own holds live or the same units can be taken anew, all or nothing.
 */
final class PaymentDecision {
    private final BatchState state;
    private final Instant now;
    private final Map<Long, Payment> payments = new HashMap<>();
    private final Map<Long, List<PaymentLine>> lines = new HashMap<>();
    private final Map<ChargeName, Charge> charges = new HashMap<>();
    private final Set<Long> holdsOnceKept;

    PaymentDecision(BatchState state, LockedPayments read) {
        this.state = state;
        now = state.now;
        read.all().forEach(payment -> {
            payments.put(payment.id(), payment);
            lines.put(payment.id(), read.linesOf(payment.id()));
        });
        read.charges().forEach(charge -> charges.put(nameOf(charge), charge));
        holdsOnceKept = new HashSet<>(read.holdsOnceKept());
    }

    ReservationOutcome decide(ReservationRequest.OfPayment request, CartState cart) {
        return switch (request) {
            case BeginPayment begin -> begin(begin, cart);
            case HearPayment heard ->
                find(heard.payment(), cart)
                        .map(payment -> hear(payment, heard.word(), cart))
                        .orElseGet(NotThisBuyers::new);
            case CancelPayment cancel ->
                find(cancel.payment(), cart)
                        .map(payment -> cancel(payment, cart))
                        .orElseGet(PaymentUnknown::new);
        };
    }

    private Optional<Payment> find(long payment, CartState cart) {
        return Optional.ofNullable(payments.get(payment)).filter(found -> found.userId() == cart.userId);
    }

    private ReservationOutcome begin(BeginPayment request, CartState cart) {
        Optional<Payment> before = payments.values().stream()
                .filter(payment -> payment.userId() == cart.userId
                        && request.key() != null
                        && request.key().equals(payment.key()))
                .findFirst();
        if (before.isPresent()) {
            return new PaymentBegun(before.get());
        }
        return switch (Offer.of(state, cart, request.agreed())) {
            case Offer.Refused(ReservationOutcome why) -> why;
            case Offer.Goods goods -> begin(request, goods);
        };
    }

    private PaymentBegun begin(BeginPayment request, Offer.Goods goods) {
        Instant end = goods.holds().stream()
                .map(hold -> holdsOnceKept.contains(hold.id) ? hold.expiresAt : now.plus(request.window()))
                .min(Instant::compareTo)
                .orElseThrow();
        Payment payment = Payment.begun(
                state.ids.payment(),
                request.userId(),
                goods.holds().getFirst().checkout,
                request.provider(),
                goods.total(),
                request.details(),
                request.key(),
                end,
                now);
        add(payment, goods);
        goods.holds().forEach(hold -> {
            hold.keepFor(payment.id(), end);
            holdsOnceKept.add(hold.id);
        });
        return new PaymentBegun(payment);
    }

    /** Keeps the payment of an order that a provider has charged at once; its holds are sold by the caller. */
    void chargedAtOnce(Order order, Offer.Goods goods, OrderDetails details, String provider) {
        Payment payment = Payment.begun(
                        state.ids.payment(),
                        order.userId(),
                        goods.holds().getFirst().checkout,
                        provider,
                        order.total(),
                        details,
                        null,
                        now,
                        now)
                .paid(order.id(), now);
        add(payment, goods);
        keepCharge(
                payment,
                new ProviderWord.Paid(payment.id(), Charge.onlyOneOf(payment.id()), order.total()),
                ChargeResult.SOLD);
    }

    private void add(Payment payment, Offer.Goods goods) {
        List<PaymentLine> units = new ArrayList<>();
        for (int i = 0; i < goods.holds().size(); i++) {
            Order.Line line = goods.lines().get(i);
            units.add(new PaymentLine(
                    payment.id(), goods.holds().get(i).id, line.productId(), line.quantity(), line.unitPrice()));
        }
        payments.put(payment.id(), payment);
        lines.put(payment.id(), units);
        state.writes.make(payment);
        state.writes.paymentLines.addAll(units);
    }

    private ReservationOutcome hear(Payment payment, ProviderWord word, CartState cart) {
        return switch (word) {
            case ProviderWord.Paid paid -> paid(payment, paid, cart);
            case ProviderWord.Refused _ -> refused(payment);
        };
    }

    private ReservationOutcome refused(Payment payment) {
        if (!payment.isAlive(now)) {
            return new NothingNew();
        }
        move(payment.in(PaymentState.REFUSED, now));
        letGo(payment);
        return new PaymentTurnedDown();
    }

    private ReservationOutcome paid(Payment payment, ProviderWord.Paid paid, CartState cart) {
        Charge before = charges.get(new ChargeName(payment.provider(), paid.charge()));
        if (before != null) {
            boolean sold = before.result().hasSold() && Objects.equals(before.payment(), payment.id());
            return sold ? new AlreadySold(payment.id()) : new NothingNew();
        }
        if (payment.state() == PaymentState.CANCELLED) {
            return owe(payment, paid, RefundReason.PAYMENT_CANCELLED);
        }
        if (!payment.state().mayBuy()) {
            return owe(payment, paid, RefundReason.CHARGED_TWICE);
        }
        if (paid.amount().compareTo(payment.amount()) != 0) {
            return owe(payment, paid, RefundReason.OTHER_AMOUNT);
        }
        return buy(payment, paid, cart)
                .<ReservationOutcome>map(sold -> sold)
                .orElseGet(() -> owe(payment, paid, RefundReason.LATE_WITHOUT_UNITS));
    }

    private RefundOwed owe(Payment payment, ProviderWord.Paid paid, RefundReason reason) {
        Charge charge = keepCharge(payment, paid, ChargeResult.REFUND);
        state.writes.refunds.add(Refund.owed(state.ids.refund(), charge, payment.userId(), reason, now));
        if (payment.state().followers().contains(PaymentState.REFUND_OWED)) {
            move(payment.in(PaymentState.REFUND_OWED, now));
        }
        letGo(payment);
        return new RefundOwed(payment.id(), reason);
    }

    private Charge keepCharge(Payment payment, ProviderWord.Paid paid, ChargeResult result) {
        Charge charge = new Charge(
                state.ids.charge(), payment.provider(), paid.charge(), payment.id(), paid.amount(), now, result);
        charges.put(nameOf(charge), charge);
        state.writes.charges.add(charge);
        state.writes.payments.putIfAbsent(payment.id(), payment);
        return charge;
    }

    private static ChargeName nameOf(Charge charge) {
        return new ChargeName(charge.provider(), charge.name());
    }

    /** Sells the payment's units, all or none; empty when they are not there. */
    private Optional<PaymentSold> buy(Payment payment, ProviderWord.Paid paid, CartState cart) {
        List<PaymentLine> units = Objects.requireNonNull(lines.get(payment.id()));
        Map<PaymentLine, Hold> kept = new HashMap<>();
        units.forEach(line -> holdBehind(line, payment).ifPresent(hold -> kept.put(line, hold)));
        if (!areThere(units, kept, payment)) {
            return Optional.empty();
        }
        boolean late = kept.size() < units.size();
        List<Order.Line> sold = units.stream()
                .map(line -> Order.Line.of(
                        line.productId(), state.stock(line.productId()).name, line.quantity(), line.unitPrice()))
                .toList();
        Order order = Order.paid(state.ids.order(), cart.userId, payment.details(), payment.amount(), now, sold);
        state.writes.add(order, payment.details().language());
        units.stream().map(kept::get).filter(Objects::nonNull).forEach(hold -> state.sell(hold, order.id()));
        if (late) {
            long checkout = state.ids.checkout();
            units.stream()
                    .filter(line -> !kept.containsKey(line))
                    .forEach(line -> takeAnew(line, payment, order, checkout));
        } else {
            cart.lost.clear();
        }
        units.forEach(line -> cart.takeOut(line.productId(), line.quantity()));
        move(payment.paid(order.id(), now));
        keepCharge(payment, paid, late ? ChargeResult.SOLD_LATE : ChargeResult.SOLD);
        letGo(payment);
        return Optional.of(new PaymentSold(order, late));
    }

    /** The hold that the line was agreed for, if it lives and no other payment keeps it. */
    private Optional<Hold> holdBehind(PaymentLine line, Payment payment) {
        return usable(line.productId(), payment)
                .filter(hold -> hold.id == line.hold() && hold.quantity == line.quantity())
                .findFirst();
    }

    /** The buyer's living holds of a product that no other payment keeps. */
    private Stream<Hold> usable(long productId, Payment payment) {
        return state.liveOf(payment.userId())
                .filter(hold -> hold.productId == productId && (hold.payment == null || hold.payment == payment.id()));
    }

    /**
     * Whether the figures have all units: those of the payment's holds, the free ones, those of expired holds, and
     * those that the buyer holds for no payment. What has to be taken anew must be on sale.
     */
    private boolean areThere(List<PaymentLine> units, Map<PaymentLine, Hold> kept, Payment payment) {
        Map<Long, Long> wanted = new HashMap<>();
        for (PaymentLine line : units) {
            boolean sellable = state.findStock(line.productId())
                    .filter(product -> product.active && !product.closed || kept.containsKey(line))
                    .isPresent();
            if (!sellable) {
                return false;
            }
            wanted.merge(line.productId(), (long) line.quantity(), Long::sum);
        }
        return wanted.entrySet().stream().allMatch(each -> {
            long product = each.getKey();
            long own = usable(product, payment).mapToLong(hold -> hold.quantity).sum();
            return each.getValue() <= state.stock(product).figures().freeWithout(state.overdueUnits(product) + own);
        });
    }

    /** Free units first, then those of expired holds, then those that the buyer holds for no payment. */
    private void takeAnew(PaymentLine line, Payment payment, Order order, long checkout) {
        BatchState.Stock product = state.stock(line.productId());
        state.makeRoom(product, line.quantity());
        for (Hold own : usable(line.productId(), payment).toList()) {
            if (product.figures().free() < line.quantity()) {
                state.takeOver(own);
            }
        }
        product.reserve(line.quantity());
        product.sell(line.quantity());
        state.add(Hold.sold(
                state.ids.hold(),
                payment.userId(),
                line.productId(),
                line.quantity(),
                line.unitPrice(),
                now,
                checkout,
                order.id()));
    }

    private ReservationOutcome cancel(Payment payment, CartState cart) {
        return switch (payment.state()) {
            case BEGUN, REFUSED, LAPSED -> {
                Payment cancelled = payment.in(PaymentState.CANCELLED, now);
                Objects.requireNonNull(lines.get(payment.id()))
                        .forEach(line -> holdBehind(line, payment).ifPresent(state::release));
                letGo(payment);
                cart.lost.clear();
                yield new PaymentCancelled(move(cancelled));
            }
            case CANCELLED -> new PaymentCancelled(payment);
            case PAID, REFUND_OWED, REFUNDED -> new PaymentAlreadyPaid();
        };
    }

    /** Holds that the payment keeps still, living or over, are kept by none. */
    private void letGo(Payment payment) {
        state.holdsOf(payment.userId()).stream()
                .filter(hold -> hold.status == ReservationStatus.PENDING && Objects.equals(hold.payment, payment.id()))
                .forEach(hold -> {
                    hold.keepForNone();
                    // The window of a hold is given once, also within a batch.
                    holdsOnceKept.add(hold.id);
                });
    }

    private Payment move(Payment moved) {
        payments.put(moved.id(), moved);
        state.writes.change(moved);
        return moved;
    }
}
