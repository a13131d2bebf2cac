package com.electroisla.reservation;

import com.electroisla.order.Order;
import com.electroisla.reservation.BatchState.CartLine;
import com.electroisla.reservation.BatchState.CartState;
import com.electroisla.reservation.BatchState.Stock;
import com.electroisla.reservation.ReservationOutcome.AmountTooLarge;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.CartEmpty;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.NothingToCancel;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.PaymentUnderWay;
import com.electroisla.reservation.ReservationOutcome.PriceChange;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.ReservedLine;
import com.electroisla.reservation.ReservationOutcome.Shortage;
import com.electroisla.reservation.ReservationOutcome.TooManyUnits;
import com.electroisla.reservation.ReservationOutcome.Unsaleable;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who gets the units: a pure function from a {@link Snapshot}, ids for new rows and the requests in arrival
 * order to their outcomes and the rows to write. This class knows no database and no clock, so tests and model
 * checkers can drive it. {@link PaymentDecision} decides about payments on the same state.
 *
 * <p>Invariant, before and after every request: for each product, {@code 0 <= reserved}, {@code 0 <= sold} and
 * {@code reserved + sold <= total}; a hold past its time is never renewed and never sold.
 */
final class Decision {
    private final Instant now;
    private final Instant until;
    /** For units that the buyer does not hold yet. */
    private final Reach anew;

    private final HoldLimits limits;
    private final BatchState state;
    private final PaymentDecision payments;

    /** Decides the requests one after another, each on the state after the one before. */
    static Decided decide(Snapshot snapshot, Ids ids, List<ReservationRequest> requests) {
        Decision decision = new Decision(snapshot, ids);
        List<ReservationOutcome> outcomes = new ArrayList<>(requests.size());
        for (ReservationRequest request : requests) {
            outcomes.add(decision.decide(request));
        }
        return new Decided(outcomes, decision.state.collectWrites());
    }

    record Decided(List<ReservationOutcome> outcomes, Writes writes) {}

    /** Unused ids for the new rows, in the order in which they are made. */
    interface Ids {
        long hold();

        long checkout();

        long order();

        long payment();

        long charge();

        long refund();
    }

    private Decision(Snapshot snapshot, Ids ids) {
        now = snapshot.now();
        until = now.plus(snapshot.timeToLive());
        anew = new Reach(now, until);
        limits = snapshot.limits();
        state = new BatchState(snapshot, ids);
        payments = new PaymentDecision(state, snapshot.payments());
    }

    private ReservationOutcome decide(ReservationRequest request) {
        CartState cart = state.cart(request.userId());
        if (cart == null) {
            return new UserGone();
        }
        return switch (request) {
            case ReserveCart reserve -> reserve(reserve, cart);
            case CancelHolds _ -> cancel(cart);
            case PlaceOrder order -> placeOrder(order, cart);
            case ReservationRequest.OfPayment payment -> payments.decide(payment, cart);
        };
    }

    private ReservationOutcome reserve(ReserveCart request, CartState cart) {
        Optional<Long> payment = state.paymentUnderWay(cart.userId);
        if (payment.isPresent()) {
            return new PaymentUnderWay(payment.get());
        }
        Optional<ReservationOutcome> refusal = refusal(cart);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<PriceChange> priceChanges = refreshPrices(cart);
        long checkout = state.ids.checkout();
        Map<Long, Reach> reaches = reaches(cart);
        Map<Long, Hold> kept = renewSameLines(cart, reaches, checkout);
        giveUpOthers(cart, kept);
        List<ReservedLine> lines = new ArrayList<>();
        for (CartLine line : cart.lines.values()) {
            Hold hold = kept.get(line.productId);
            if (hold == null) {
                hold = take(request, line, reaches.getOrDefault(line.productId, anew), checkout);
            }
            lines.add(new ReservedLine(hold.id, state.stock(line.productId).name, line.quantity, hold.expiresAt));
        }
        cart.lost.clear();
        return new Reserved(lines, priceChanges);
    }

    /** The reason why nothing of the cart can be held. */
    private Optional<ReservationOutcome> refusal(CartState cart) {
        if (cart.lines.isEmpty()) {
            return Optional.of(new CartEmpty());
        }
        List<Unsaleable> unsaleable = cart.lines.values().stream()
                .map(line -> state.stock(line.productId))
                .filter(product -> product.active && (product.closed || product.price == null))
                .map(Stock::unsaleable)
                .toList();
        if (!unsaleable.isEmpty()) {
            return Optional.of(new NotForSale(unsaleable));
        }
        List<Shortage> shortages = cart.lines.values().stream()
                .filter(line -> line.quantity > obtainable(line.productId, cart.userId))
                .map(line -> new Shortage(
                        line.productId,
                        state.stock(line.productId).name,
                        obtainable(line.productId, cart.userId),
                        line.quantity))
                .toList();
        if (!shortages.isEmpty()) {
            return Optional.of(new NotEnoughStock(shortages));
        }
        Optional<CartLine> beyond = cart.lines.values().stream()
                .filter(line -> line.quantity > limits.mostUnits())
                .findFirst();
        if (beyond.isPresent()) {
            return Optional.of(new TooManyUnits(state.stock(beyond.get().productId).name, limits.mostUnits()));
        }
        return Offer.isTooLarge(cart.lines.values().stream()
                        .map(line ->
                                worth(line.quantity, state.stock(line.productId).priceOnSale()))
                        .toList())
                ? Optional.of(new AmountTooLarge())
                : Optional.empty();
    }

    /** The most units this buyer could hold: the free ones, those of expired holds, and the buyer's own. */
    private int obtainable(long productId, int userId) {
        return state.findStock(productId)
                .filter(product -> product.active)
                .map(product -> state.most(product, userId))
                .orElse(0);
    }

    /** Updates the lines' prices. Of a line with an invalid price the buyer has been shown the present price. */
    private List<PriceChange> refreshPrices(CartState cart) {
        List<PriceChange> changes = new ArrayList<>();
        for (CartLine line : cart.lines.values()) {
            Stock product = state.stock(line.productId);
            BigDecimal price = product.priceOnSale();
            if (line.price == null) {
                line.reprice(price);
            } else if (line.price.compareTo(price) != 0) {
                changes.add(new PriceChange(line.productId, product.name, line.price, price));
                line.reprice(price);
            }
        }
        return changes;
    }

    /**
     * How long a hold of a product can last.
     *
     * @param since when the buyer's unbroken hold of it began
     */
    private record Reach(Instant since, Instant end) {}

    /**
     * The reaches of the products that the buyer holds now. The age counts over changes of quantity too; past it a hold
     * keeps the end that it has, and no checkout brings an end nearer.
     */
    private Map<Long, Reach> reaches(CartState cart) {
        Map<Long, Reach> reaches = new HashMap<>();
        state.liveOf(cart.userId)
                .forEach(
                        hold -> reaches.merge(hold.productId, new Reach(hold.since, hold.expiresAt), Decision::united));
        reaches.replaceAll((_, reach) -> new Reach(reach.since, latest(reach.end, aged(reach.since))));
        return reaches;
    }

    private static Reach united(Reach one, Reach other) {
        return new Reach(earliest(one.since, other.since), latest(one.end, other.end));
    }

    private Instant aged(Instant since) {
        return limits.longestAge() == null ? until : earliest(until, since.plus(limits.longestAge()));
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /**
     * Renews lines that are the same: a live hold of the same product and quantity keeps its row; of several, the
     * first.
     */
    private Map<Long, Hold> renewSameLines(CartState cart, Map<Long, Reach> reaches, long checkout) {
        Map<Long, Hold> kept = new HashMap<>();
        for (Hold hold : state.holdsOf(cart.userId)) {
            CartLine line = cart.lines.get(hold.productId);
            Reach reach = reaches.get(hold.productId);
            if (hold.isLive(now)
                    && reach != null
                    && line != null
                    && line.quantity == hold.quantity
                    && !kept.containsKey(hold.productId)) {
                hold.renew(line.price, reach.end, checkout);
                kept.put(hold.productId, hold);
            }
        }
        return kept;
    }

    private void giveUpOthers(CartState cart, Map<Long, Hold> kept) {
        for (Hold hold : state.holdsOf(cart.userId)) {
            if (hold.status == ReservationStatus.PENDING && kept.get(hold.productId) != hold) {
                state.release(hold);
            }
        }
    }

    private Hold take(ReserveCart request, CartLine line, Reach reach, long checkout) {
        Stock product = state.stock(line.productId);
        state.makeRoom(product, line.quantity);
        product.reserve(line.quantity);
        Hold hold = Hold.fresh(
                state.ids.hold(), request, line.productId, line.quantity, line.price, reach.end, reach.since, checkout);
        state.add(hold);
        return hold;
    }

    private ReservationOutcome cancel(CartState cart) {
        Optional<Long> payment = state.paymentUnderWay(cart.userId);
        if (payment.isPresent()) {
            return new PaymentUnderWay(payment.get());
        }
        int live = (int) state.liveOf(cart.userId).count();
        if (live == 0) {
            return new NothingToCancel();
        }
        giveUpOthers(cart, Map.of());
        cart.lost.clear();
        return new Cancelled(live);
    }

    private ReservationOutcome placeOrder(PlaceOrder request, CartState cart) {
        return switch (Offer.of(state, cart, request.agreed())) {
            case Offer.Refused(ReservationOutcome why) -> why;
            case Offer.Goods goods -> sell(request, cart, goods);
        };
    }

    private Ordered sell(PlaceOrder request, CartState cart, Offer.Goods goods) {
        Order order =
                Order.placed(state.ids.order(), cart.userId, request.details(), goods.total(), now, goods.lines());
        state.writes.add(order, request.details().language());
        if (request.chargedBy() != null) {
            payments.chargedAtOnce(order, goods, request.details(), request.chargedBy());
        }
        for (Hold hold : goods.holds()) {
            state.sell(hold, order.id());
            cart.takeOut(hold.productId, hold.quantity);
        }
        cart.lost.clear();
        return new Ordered(order);
    }

    private static BigDecimal worth(int quantity, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(quantity));
    }
}
