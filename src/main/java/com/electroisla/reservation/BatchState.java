package com.electroisla.reservation;

import com.electroisla.database.StockFigures;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import com.electroisla.reservation.ReservationOutcome.Unsaleable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stock, carts and holds while a batch's requests are decided one after another, and the rows that follow. Knows no
 * database and no clock, as {@link Decision}, whose state it is.
 */
final class BatchState {
    final Instant now;
    final Decision.Ids ids;
    final Writes writes = new Writes();
    private final Map<Long, Stock> stock = new HashMap<>();
    private final Map<Integer, CartState> carts = new HashMap<>();
    private final Map<Integer, List<Hold>> holdsOfUser = new HashMap<>();
    private final Map<Long, List<Hold>> overdueOnProduct = new HashMap<>();

    BatchState(Snapshot snapshot, Decision.Ids ids) {
        this.ids = ids;
        now = snapshot.now();
        snapshot.products().values().forEach(product -> stock.put(product.id(), new Stock(product)));
        snapshot.carts().values().forEach(cart -> carts.put(cart.userId(), new CartState(cart)));
        snapshot.lost()
                .forEach((user, lost) ->
                        Objects.requireNonNull(carts.get(user)).lost.addAll(lost));
        for (Snapshot.PendingHold row : snapshot.holds()) {
            Hold hold = Hold.existing(row);
            add(hold);
            if (!hold.isLive(now)) {
                overdueOnProduct
                        .computeIfAbsent(hold.productId, product -> new ArrayList<>())
                        .add(hold);
            }
        }
    }

    @Nullable
    CartState cart(int user) {
        return carts.get(user);
    }

    Stock stock(long productId) {
        return Objects.requireNonNull(stock.get(productId));
    }

    Optional<Stock> findStock(long productId) {
        return Optional.ofNullable(stock.get(productId));
    }

    /** The holds of a user that were read or made. */
    List<Hold> holdsOf(int userId) {
        return holdsOfUser.computeIfAbsent(userId, user -> new ArrayList<>());
    }

    Stream<Hold> liveOf(int userId) {
        return holdsOf(userId).stream().filter(hold -> hold.isLive(now));
    }

    void add(Hold hold) {
        writes.holds.add(hold);
        holdsOf(hold.userId).add(hold);
    }

    /** The payment that keeps a living hold of this user. */
    Optional<Long> paymentUnderWay(int userId) {
        return liveOf(userId).map(hold -> hold.payment).filter(Objects::nonNull).findFirst();
    }

    /** The units of expired holds of a product. */
    int overdueUnits(long productId) {
        return overdue(productId).mapToInt(hold -> hold.quantity).sum();
    }

    private Stream<Hold> overdue(long productId) {
        return overdueOnProduct.getOrDefault(productId, List.of()).stream()
                .filter(hold -> hold.status == ReservationStatus.PENDING);
    }

    /** The most units this buyer could hold, whether or not the product is on sale. */
    int most(Stock product, int userId) {
        int own = liveOf(userId)
                .filter(hold -> hold.productId == product.id)
                .mapToInt(hold -> hold.quantity)
                .sum();
        return product.figures().freeWithout((long) overdueUnits(product.id) + own);
    }

    /** Ends expired holds of the product, unless so many units are free without. */
    void makeRoom(Stock product, int quantity) {
        if (product.figures().free() < quantity) {
            overdue(product.id).forEach(this::takeOver);
        }
    }

    /** Ends a pending hold, as cancelled before its end and as expired after it, and frees its units. */
    void release(Hold hold) {
        hold.end(hold.isLive(now) ? ReservationStatus.CANCELLED : ReservationStatus.EXPIRED);
        stock(hold.productId).release(hold.quantity);
    }

    /** Ends a hold whose units are needed; its own buyer, who may be paying next in this batch, has lost it. */
    void takeOver(Hold hold) {
        release(hold);
        CartState loser = carts.get(hold.userId);
        if (loser != null) {
            loser.lost.add(new LostHold(hold.productId, stock(hold.productId).name, hold.quantity));
        }
    }

    /** Turns a pending hold into a sale. */
    void sell(Hold hold, long order) {
        hold.sell(order);
        stock(hold.productId).sell(hold.quantity);
    }

    /**
     * The price of a hold: its own, even when the product is no longer for sale. A hold of the old shop's without a
     * price is charged at today's.
     */
    @Nullable
    BigDecimal agreedPrice(Hold hold) {
        return hold.price != null ? hold.price : stock(hold.productId).price;
    }

    Writes collectWrites() {
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
        final boolean closed;
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
            closed = product.closed();
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
