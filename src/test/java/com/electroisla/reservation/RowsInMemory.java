package com.electroisla.reservation;

import com.electroisla.database.StockFigures;
import com.electroisla.order.Order;
import com.electroisla.payment.Charge;
import com.electroisla.payment.LockedPayments;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentLine;
import com.electroisla.payment.PaymentState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows that a batch reads and writes, without a database: gives a {@link Snapshot} as the statements of
 * {@link ReservationSql} read it, and takes the {@link Writes}.
 */
final class RowsInMemory {
    final Map<Long, ProductRow> products = new TreeMap<>();
    final Map<Integer, Map<Long, LineRow>> carts = new TreeMap<>();
    final Map<Long, HoldRow> holds = new TreeMap<>();
    final Map<Long, Order> orders = new TreeMap<>();
    final Map<Long, Payment> payments = new TreeMap<>();
    final List<PaymentLine> paymentLines = new ArrayList<>();
    final List<Charge> charges = new ArrayList<>();
    BigDecimal moneyIn = BigDecimal.ZERO;
    /** Of the orders that the money of payments sold. */
    BigDecimal moneyOfOrders = BigDecimal.ZERO;

    BigDecimal moneyOwedBack = BigDecimal.ZERO;
    /** The payments in the order in which they were begun: their place is their number. */
    final List<Long> numbers = new ArrayList<>();

    private long lines;

    static final class ProductRow {
        final int total;
        int reserved;
        int sold;
        BigDecimal price;
        boolean active = true;
        boolean closed;

        ProductRow(int total, BigDecimal price) {
            this.total = total;
            this.price = price;
        }
    }

    record LineRow(long id, int quantity, BigDecimal price) {}

    record HoldRow(
            long id,
            int user,
            long product,
            int quantity,
            BigDecimal price,
            Instant expiresAt,
            Instant since,
            ReservationStatus status,
            Long checkout,
            Long payment) {
        boolean isPending() {
            return status == ReservationStatus.PENDING;
        }

        HoldRow in(ReservationStatus next) {
            return new HoldRow(id, user, product, quantity, price, expiresAt, since, next, checkout, null);
        }
    }

    void inCart(int user, long product, int quantity) {
        Map<Long, LineRow> cart = carts.computeIfAbsent(user, _ -> new LinkedHashMap<>());
        LineRow before = cart.get(product);
        cart.put(
                product,
                before == null
                        ? new LineRow(++lines, quantity, products.get(product).price)
                        : new LineRow(before.id, quantity, before.price));
    }

    Snapshot snapshot(Instant now, Duration timeToLive, HoldLimits limits, List<ReservationRequest> requests) {
        Set<Integer> users = new TreeSet<>();
        requests.forEach(request -> users.add(request.userId()));
        Map<Integer, Snapshot.Cart> byUser = new HashMap<>();
        Map<Integer, List<ReservationOutcome.LostHold>> lost = new HashMap<>();
        for (int user : users) {
            List<Snapshot.Line> its = new ArrayList<>();
            carts.getOrDefault(user, Map.of())
                    .forEach(
                            (product, line) -> its.add(new Snapshot.Line(line.id, product, line.quantity, line.price)));
            byUser.put(user, new Snapshot.Cart(user, user, its));
            List<ReservationOutcome.LostHold> gone = lost(user);
            if (!gone.isEmpty()) {
                lost.put(user, gone);
            }
        }
        Map<Long, Snapshot.Product> stock = new HashMap<>();
        products.forEach((id, row) -> stock.put(
                id,
                new Snapshot.Product(
                        id,
                        "P" + id,
                        row.price,
                        row.active,
                        row.closed,
                        new StockFigures(row.total, row.reserved, row.sold))));
        List<Snapshot.PendingHold> pending = holds.values().stream()
                .filter(HoldRow::isPending)
                .filter(row -> users.contains(row.user) || !row.expiresAt.isAfter(now))
                .map(row -> new Snapshot.PendingHold(
                        row.id,
                        row.user,
                        row.product,
                        row.quantity,
                        row.price,
                        row.expiresAt,
                        row.since,
                        row.checkout,
                        row.payment))
                .toList();
        return new Snapshot(
                now, timeToLive, limits, byUser, stock, pending, lost, payments(users, Wanted.of(requests)));
    }

    /** The statements of {@link com.electroisla.payment.LockedPaymentsSql}. */
    private LockedPayments payments(Set<Integer> users, Wanted wanted) {
        LockedPayments read = new LockedPayments();
        LockedPayments.Asked asked = wanted.payments();
        if (asked.isNothing()) {
            return read;
        }
        payments.values().stream()
                .filter(payment -> users.contains(payment.userId()))
                .filter(payment -> asked.payments().contains(payment.id())
                        || asked.beginners().stream()
                                .anyMatch(each -> each.user() == payment.userId()
                                        && each.key() != null
                                        && each.key().equals(payment.key())))
                .forEach(read::add);
        paymentLines.stream()
                .filter(line -> asked.payments().contains(line.payment()))
                .forEach(read::add);
        for (LockedPayments.Paid paid : asked.paid()) {
            charges.stream()
                    .filter(charge -> charge.name().equals(paid.charge()))
                    .forEach(read::add);
        }
        Set<PaymentState> over = EnumSet.of(PaymentState.REFUSED, PaymentState.REFUND_OWED, PaymentState.REFUNDED);
        paymentLines.stream()
                .filter(line -> over.contains(payments.get(line.payment()).state())
                        && asked.beginners().stream()
                                .anyMatch(each -> each.user()
                                        == payments.get(line.payment()).userId()))
                .forEach(line -> read.addHoldOnceKept(line.hold()));
        return read;
    }

    /** The statement LOST: of the last checkout, expired holds, and cancelled ones beside pending ones. */
    private List<ReservationOutcome.LostHold> lost(int user) {
        List<HoldRow> own = ownOf(user);
        long last = lastCheckout(own);
        boolean pending = own.stream().anyMatch(HoldRow::isPending);
        return own.stream()
                .filter(row -> row.checkout != null && row.checkout == last)
                .filter(row ->
                        row.status == ReservationStatus.EXPIRED || row.status == ReservationStatus.CANCELLED && pending)
                .map(row -> new ReservationOutcome.LostHold(row.product, "P" + row.product, row.quantity))
                .toList();
    }

    private List<HoldRow> ownOf(int user) {
        return holds.values().stream().filter(row -> row.user == user).toList();
    }

    /** The statement LAST_CHECKOUTS: that of pending holds, if there are any. */
    private static long lastCheckout(List<HoldRow> own) {
        boolean pending = own.stream().anyMatch(HoldRow::isPending);
        return own.stream()
                .filter(row -> row.isPending() == pending && row.checkout != null)
                .mapToLong(HoldRow::checkout)
                .max()
                .orElse(-1);
    }

    void take(Writes writes) {
        writes.stock.forEach(stock -> {
            ProductRow row = products.get(stock.id);
            row.reserved = stock.reserved;
            row.sold = stock.sold;
        });
        for (Hold hold : writes.newHolds()) {
            holds.put(hold.id, row(hold, hold.checkout));
        }
        for (Hold hold : writes.changedHolds()) {
            HoldRow before = holds.get(hold.id);
            holds.put(hold.id, row(hold, hold.checkout == null ? before.checkout : hold.checkout));
        }
        writes.orders.forEach(order -> orders.put(order.id(), order));
        writes.newPayments().forEach(payment -> {
            payments.put(payment.id(), payment);
            numbers.add(payment.id());
        });
        writes.changedPayments().forEach(payment -> {
            Payment before = payments.put(payment.id(), payment);
            if (payment.order() != null && before.order() == null) {
                moneyOfOrders = moneyOfOrders.add(orders.get(payment.order()).total());
            }
        });
        paymentLines.addAll(writes.paymentLines);
        writes.charges.forEach(charge -> {
            charges.add(charge);
            moneyIn = moneyIn.add(charge.amount());
        });
        writes.refunds.forEach(refund -> moneyOwedBack = moneyOwedBack.add(refund.amount()));
        for (BatchState.CartState cart : writes.carts) {
            Map<Long, LineRow> now = new LinkedHashMap<>();
            cart.lines
                    .values()
                    .forEach(line -> now.put(line.productId, new LineRow(line.id, line.quantity, line.price)));
            carts.put(cart.userId, now);
        }
    }

    private static HoldRow row(Hold hold, Long checkout) {
        return new HoldRow(
                hold.id,
                hold.userId,
                hold.productId,
                hold.quantity,
                hold.price,
                hold.expiresAt,
                hold.since,
                hold.status,
                checkout,
                hold.payment);
    }

    /** Ends these pending holds and frees their units. */
    void end(Collection<HoldRow> rows, ReservationStatus status) {
        for (HoldRow row : rows) {
            holds.put(row.id, row.in(status));
            products.get(row.product).reserved -= row.quantity;
        }
    }

    /** Forgets ended holds that are of earlier checkouts than their users' last ones: nobody reads them any more. */
    void forget() {
        for (int user : carts.keySet()) {
            List<HoldRow> own = ownOf(user);
            long last = lastCheckout(own);
            own.stream().filter(row -> !row.isPending() && row.checkout < last).forEach(row -> holds.remove(row.id));
        }
    }

    /** Writes that payments have lapsed, as their sweep does. */
    void lapse(Instant now) {
        payments.replaceAll((_, payment) -> payment.state() == PaymentState.BEGUN && !payment.isAlive(now)
                ? payment.in(PaymentState.LAPSED, now)
                : payment);
    }

    /** The holds that live, as sentences. */
    Set<String> living(Instant now) {
        Set<String> all = new TreeSet<>();
        holds.values().stream()
                .filter(row -> row.isPending() && row.expiresAt.isAfter(now))
                .forEach(row -> all.add(row.user + " holds " + row.quantity + " of " + row.product + " at " + row.price
                        + " until " + row.expiresAt + " for #"
                        + (row.payment == null ? -1 : numbers.indexOf(row.payment))));
        return all;
    }

    /** Held units and their rows agree, as the reconciliation compares them. */
    void agree() {
        products.forEach((id, row) -> {
            int pending = holds.values().stream()
                    .filter(hold -> hold.isPending() && hold.product == id)
                    .mapToInt(HoldRow::quantity)
                    .sum();
            if (row.reserved != pending || row.sold < 0 || row.reserved + row.sold > row.total) {
                throw new AssertionError("product " + id + ": " + row.total + "/" + row.reserved + "/" + row.sold
                        + " with " + pending + " in rows");
            }
        });
    }
}
