package com.electroisla.reservation;

import com.electroisla.database.StockFigures;
import com.electroisla.order.Order;
import com.electroisla.reservation.ReservationOutcome.AmountTooLarge;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.CartEmpty;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import com.electroisla.reservation.ReservationOutcome.NotAgreed;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.NothingToCancel;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.PriceChange;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.ReservedLine;
import com.electroisla.reservation.ReservationOutcome.Shortage;
import com.electroisla.reservation.ReservationOutcome.UnitsMissing;
import com.electroisla.reservation.ReservationOutcome.Unsaleable;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets the units: a pure function from a {@link Snapshot}, ids for new rows and the requests in arrival
 * order to their outcomes and the rows to write. This class knows no database and no clock, so tests and model
 * checkers can drive it.
 *
 * <p>Invariant, before and after every request: for each product, {@code 0 <= reserved}, {@code 0 <= sold} and
 * {@code reserved + sold <= total}; a hold past its time is never renewed and never sold.
 */
final class Decision {
    private final Instant now;
    private final Instant until;
    private final Ids ids;
    private final Map<Long, Stock> stock = new HashMap<>();
    private final Map<Integer, CartState> carts = new HashMap<>();
    private final Map<Integer, List<Hold>> holdsOfUser = new HashMap<>();
    private final Map<Long, List<Hold>> overdueOnProduct = new HashMap<>();
    private final Writes writes = new Writes();

    /** Decides the requests one after another, each on the state after the one before. */
    static Decided decide(Snapshot snapshot, Ids ids, List<ReservationRequest> requests) {
        Decision decision = new Decision(snapshot, ids);
        List<ReservationOutcome> outcomes = new ArrayList<>(requests.size());
        for (ReservationRequest request : requests) {
            outcomes.add(decision.decide(request));
        }
        return new Decided(outcomes, decision.collectWrites());
    }

    record Decided(List<ReservationOutcome> outcomes, Writes writes) {}

    /** Unused ids for the new rows, in the order in which they are made. */
    interface Ids {
        long hold();

        long checkout();

        long order();
    }

    private Decision(Snapshot snapshot, Ids ids) {
        this.ids = ids;
        now = snapshot.now();
        until = now.plus(snapshot.timeToLive());
        snapshot.products().values().forEach(product -> stock.put(product.id(), new Stock(product)));
        snapshot.carts().values().forEach(cart -> carts.put(cart.userId(), new CartState(cart)));
        snapshot.lost()
                .forEach((user, lost) ->
                        Objects.requireNonNull(carts.get(user)).lost.addAll(lost));
        for (Snapshot.PendingHold row : snapshot.holds()) {
            Hold hold = Hold.existing(row);
            writes.holds.add(hold);
            holdsOfUser.computeIfAbsent(hold.userId, user -> new ArrayList<>()).add(hold);
            if (!hold.isLive(now)) {
                overdueOnProduct
                        .computeIfAbsent(hold.productId, product -> new ArrayList<>())
                        .add(hold);
            }
        }
    }

    private ReservationOutcome decide(ReservationRequest request) {
        CartState cart = carts.get(request.userId());
        if (cart == null) {
            return new UserGone();
        }
        return switch (request) {
            case ReserveCart reserve -> reserve(reserve, cart);
            case CancelHolds _ -> cancel(cart);
            case PlaceOrder order -> placeOrder(order, cart);
        };
    }

    private ReservationOutcome reserve(ReserveCart request, CartState cart) {
        if (cart.lines.isEmpty()) {
            return new CartEmpty();
        }
        List<Unsaleable> unsaleable = cart.lines.values().stream()
                .map(line -> stock(line.productId))
                .filter(product -> product.active && product.price == null)
                .map(Stock::unsaleable)
                .toList();
        if (!unsaleable.isEmpty()) {
            return new NotForSale(unsaleable);
        }
        List<Shortage> shortages = cart.lines.values().stream()
                .filter(line -> line.quantity > obtainable(line.productId, cart.userId))
                .map(line -> new Shortage(
                        line.productId,
                        stock(line.productId).name,
                        obtainable(line.productId, cart.userId),
                        line.quantity))
                .toList();
        if (!shortages.isEmpty()) {
            return new NotEnoughStock(shortages);
        }
        if (isTooLarge(cart.lines.values().stream()
                .map(line -> worth(line.quantity, stock(line.productId).priceOnSale()))
                .toList())) {
            return new AmountTooLarge();
        }
        List<PriceChange> priceChanges = refreshPrices(cart);
        long checkout = ids.checkout();
        Map<Long, Hold> kept = renewSameLines(cart, checkout);
        giveUpOthers(cart, kept);
        List<ReservedLine> lines = new ArrayList<>();
        for (CartLine line : cart.lines.values()) {
            Hold hold = kept.get(line.productId);
            if (hold == null) {
                hold = take(request, line, checkout);
            }
            lines.add(new ReservedLine(hold.id, stock(line.productId).name, line.quantity, until));
        }
        cart.lost.clear();
        return new Reserved(lines, priceChanges);
    }

    /** The most units this buyer could hold: the free ones, those of expired holds, and the buyer's own. */
    private int obtainable(long productId, int userId) {
        Stock product = stock.get(productId);
        return product == null || !product.active ? 0 : most(product, userId);
    }

    /** The most units this buyer could hold, whether or not the product is on sale. */
    private int most(Stock product, int userId) {
        int overdue = overdueOnProduct.getOrDefault(product.id, List.of()).stream()
                .filter(hold -> hold.status == ReservationStatus.PENDING)
                .mapToInt(hold -> hold.quantity)
                .sum();
        int own = holdsOf(userId).stream()
                .filter(hold -> hold.productId == product.id && hold.isLive(now))
                .mapToInt(hold -> hold.quantity)
                .sum();
        return product.figures().freeWithout((long) overdue + own);
    }

    /** Updates the lines' prices. Of a line with an invalid price the buyer has been shown the present price. */
    private List<PriceChange> refreshPrices(CartState cart) {
        List<PriceChange> changes = new ArrayList<>();
        for (CartLine line : cart.lines.values()) {
            Stock product = stock(line.productId);
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
     * Renews lines that are the same: a live hold of the same product and quantity keeps its row; of several, the
     * first.
     */
    private Map<Long, Hold> renewSameLines(CartState cart, long checkout) {
        Map<Long, Hold> kept = new HashMap<>();
        for (Hold hold : holdsOf(cart.userId)) {
            CartLine line = cart.lines.get(hold.productId);
            if (hold.isLive(now)
                    && line != null
                    && line.quantity == hold.quantity
                    && !kept.containsKey(hold.productId)) {
                hold.renew(line.price, until, checkout);
                kept.put(hold.productId, hold);
            }
        }
        return kept;
    }

    private void giveUpOthers(CartState cart, Map<Long, Hold> kept) {
        for (Hold hold : holdsOf(cart.userId)) {
            if (hold.status == ReservationStatus.PENDING && kept.get(hold.productId) != hold) {
                release(hold);
            }
        }
    }

    private Hold take(ReserveCart request, CartLine line, long checkout) {
        Stock product = stock(line.productId);
        if (product.figures().free() < line.quantity) {
            overdueOnProduct.getOrDefault(line.productId, List.of()).stream()
                    .filter(hold -> hold.status == ReservationStatus.PENDING)
                    .forEach(this::takeOver);
        }
        product.reserve(line.quantity);
        Hold hold = Hold.fresh(ids.hold(), request, line.productId, line.quantity, line.price, until, checkout);
        holdsOf(request.userId()).add(hold);
        writes.holds.add(hold);
        return hold;
    }

    private ReservationOutcome cancel(CartState cart) {
        List<Hold> live =
                holdsOf(cart.userId).stream().filter(hold -> hold.isLive(now)).toList();
        if (live.isEmpty()) {
            return new NothingToCancel();
        }
        giveUpOthers(cart, Map.of());
        cart.lost.clear();
        return new Cancelled(live.size());
    }

    private ReservationOutcome placeOrder(PlaceOrder request, CartState cart) {
        List<Hold> pending = holdsOf(cart.userId).stream()
                .filter(hold -> hold.status == ReservationStatus.PENDING)
                .toList();
        List<LostHold> lost = new ArrayList<>(cart.lost);
        for (Hold hold : pending) {
            if (!hold.isLive(now)) {
                lost.add(new LostHold(hold.productId, stock(hold.productId).name, hold.quantity));
            }
        }
        if (pending.isEmpty() || !lost.isEmpty()) {
            return new HoldsExpired(lost);
        }
        List<Shortage> missing = uncovered(pending, cart.userId);
        if (!missing.isEmpty()) {
            return new UnitsMissing(missing);
        }
        List<Unsaleable> unsaleable = pending.stream()
                .filter(hold -> agreedPrice(hold) == null)
                .map(hold -> stock(hold.productId).unsaleable())
                .toList();
        if (!unsaleable.isEmpty()) {
            return new NotForSale(unsaleable);
        }
        List<Order.Line> lines = pending.stream()
                .map(hold -> Order.Line.of(
                        hold.productId,
                        stock(hold.productId).name,
                        hold.quantity,
                        Objects.requireNonNull(agreedPrice(hold))))
                .toList();
        if (isTooLarge(lines.stream().map(Order.Line::subtotal).toList())) {
            return new AmountTooLarge();
        }
        BigDecimal total =
                lines.stream().map(Order.Line::subtotal).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
        if (request.agreed() != null
                && !request.agreed()
                        .isFor(total, pending.stream().map(hold -> hold.id).collect(Collectors.toSet()))) {
            return new NotAgreed(total);
        }
        Order order = Order.placed(ids.order(), cart.userId, request.details(), total, now, lines);
        writes.orders.add(order);
        if (request.details().language() != null) {
            writes.languages.put(order.id(), request.details().language());
        }
        for (Hold hold : pending) {
            hold.status = ReservationStatus.CONFIRMED;
            hold.order = order.id();
            stock(hold.productId).sell(hold.quantity);
            cart.takeOut(hold.productId, hold.quantity);
        }
        cart.lost.clear();
        return new Ordered(order);
    }

    /** The held units that the figures do not cover, because another program wrote wrong figures. */
    private List<Shortage> uncovered(List<Hold> pending, int userId) {
        Map<Long, Integer> wanted = new LinkedHashMap<>();
        pending.forEach(hold -> wanted.merge(hold.productId, hold.quantity, Integer::sum));
        List<Shortage> missing = new ArrayList<>();
        wanted.forEach((productId, quantity) -> {
            Stock product = stock(productId);
            int most = most(product, userId);
            if (quantity > most) {
                missing.add(new Shortage(productId, product.name, most, quantity));
            }
        });
        return missing;
    }

    /**
     * The price of a hold: its own, even when the product is no longer for sale. A hold of the old shop's without a
     * price is charged at today's.
     */
    private @Nullable BigDecimal agreedPrice(Hold hold) {
        return hold.price != null ? hold.price : stock(hold.productId).price;
    }

    /** Ends a pending hold, as cancelled before its end and as expired after it, and frees its units. */
    private void release(Hold hold) {
        hold.status = hold.isLive(now) ? ReservationStatus.CANCELLED : ReservationStatus.EXPIRED;
        stock(hold.productId).release(hold.quantity);
    }

    /**
     * Ends an expired hold whose units another buyer needs; its own buyer, who may be paying next in this batch, has
     * lost it.
     */
    private void takeOver(Hold hold) {
        release(hold);
        CartState loser = carts.get(hold.userId);
        if (loser != null) {
            loser.lost.add(new LostHold(hold.productId, stock(hold.productId).name, hold.quantity));
        }
    }

    /** A product of the snapshot, which has every product that a line or a hold names. */
    private Stock stock(long productId) {
        return Objects.requireNonNull(stock.get(productId));
    }

    private List<Hold> holdsOf(int userId) {
        return holdsOfUser.computeIfAbsent(userId, user -> new ArrayList<>());
    }

    private static BigDecimal worth(int quantity, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(quantity));
    }

    private static boolean isTooLarge(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(Order.LARGEST_AMOUNT) > 0;
    }

    private Writes collectWrites() {
        stock.values().stream().filter(Stock::isChanged).forEach(writes.stock::add);
        stock.values().stream().filter(product -> product.drifted).forEach(product -> writes.drifted.add(product.id));
        writes.carts.addAll(carts.values());
        return writes;
    }

    /** A product's figures while a batch is being decided. */
    static final class Stock {
        final long id;
        final String name;
        final @Nullable BigDecimal price;
        final boolean active;
        private final StockFigures before;
        int reserved;
        int sold;

        /** Whether the figure was lower than the released units: another program wrote a wrong figure. */
        boolean drifted;

        Stock(Snapshot.Product product) {
            id = product.id();
            name = product.name();
            price = product.price();
            active = product.active();
            before = product.figures();
            reserved = before.held();
            sold = before.sold();
        }

        BigDecimal priceOnSale() {
            return Objects.requireNonNull(price);
        }

        StockFigures figures() {
            return new StockFigures(before.total(), reserved, sold);
        }

        Unsaleable unsaleable() {
            return new Unsaleable(id, name);
        }

        void reserve(int quantity) {
            if (quantity > figures().free()) {
                throw new IllegalStateException("product " + id + " would promise " + quantity + " of "
                        + figures().free());
            }
            reserved += quantity;
        }

        /**
         * Releases units. A figure below its holds, left by the old shop, stops at 0; {@code verificar_inventario}
         * reports it.
         */
        void release(int quantity) {
            drifted |= quantity > reserved;
            reserved = Math.max(reserved - quantity, 0);
        }

        void sell(int quantity) {
            release(quantity);
            sold += quantity;
        }

        boolean isChanged() {
            return reserved != before.held() || sold != before.sold();
        }
    }

    /** A cart while a batch is being decided. */
    static final class CartState {
        final long id;
        final int userId;
        final Map<Long, CartLine> lines = new LinkedHashMap<>();
        final List<CartLine> removed = new ArrayList<>();

        /** The holds of the last checkout that ended before the payment. */
        final List<LostHold> lost = new ArrayList<>();

        boolean linesBought;

        CartState(Snapshot.Cart cart) {
            id = cart.id();
            userId = cart.userId();
            cart.lines().forEach(line -> lines.put(line.productId(), new CartLine(line)));
        }

        /** Takes bought units out of the cart; units added afterwards stay. */
        void takeOut(long productId, int quantity) {
            CartLine line = lines.get(productId);
            if (line == null) {
                return;
            }
            linesBought = true;
            if (line.quantity > quantity) {
                line.quantity -= quantity;
                line.changed = true;
            } else {
                lines.remove(productId);
                removed.add(line);
            }
        }
    }

    /** A line of a cart while a batch is being decided. */
    static final class CartLine {
        final long id;
        final long productId;
        int quantity;

        @Nullable
        BigDecimal price;

        boolean changed;

        CartLine(Snapshot.Line line) {
            id = line.id();
            productId = line.productId();
            quantity = line.quantity();
            price = line.price();
        }

        void reprice(BigDecimal newPrice) {
            price = newPrice;
            changed = true;
        }
    }
}
