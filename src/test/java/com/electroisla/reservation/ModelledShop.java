package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.order.Order;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.RefundReason;
import com.electroisla.reservation.ReservationOutcome.AlreadySold;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.CartEmpty;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.NotAgreed;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.NotThisBuyers;
import com.electroisla.reservation.ReservationOutcome.NothingNew;
import com.electroisla.reservation.ReservationOutcome.NothingToCancel;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.PaymentAlreadyPaid;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentCancelled;
import com.electroisla.reservation.ReservationOutcome.PaymentSold;
import com.electroisla.reservation.ReservationOutcome.PaymentTurnedDown;
import com.electroisla.reservation.ReservationOutcome.PaymentUnderWay;
import com.electroisla.reservation.ReservationOutcome.RefundOwed;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.TooManyUnits;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The decision on rows in memory, and beside it the plain shop: each step is done by both, and answers, living holds
 * and sold units are compared. The rows' own agreement is checked too.
 */
final class ModelledShop {
    static final int BUYERS = 3;
    static final int PRODUCTS = 3;
    static final List<Integer> UNITS = List.of(1, 3, 6);
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");
    private static final HoldLimits LIMITS = new HoldLimits(PlainShop.LONGEST_AGE, PlainShop.MOST_UNITS);
    private static final String PROVIDER = "prueba";

    final RowsInMemory rows = new RowsInMemory();
    final PlainShop plain = new PlainShop(BEGAN);
    private final Decision.Ids ids = new CountedIds();
    private final Decider decider;
    private int batches;
    /** The number of steps so far. */
    int steps;

    /** The answers that were given, without their numbers. */
    final Set<String> seen = new TreeSet<>();

    /** Decides as {@link Decision#decide}; tests put another one here, with a fault in it. */
    @FunctionalInterface
    interface Decider {
        Decision.Decided decide(Snapshot snapshot, Decision.Ids ids, List<ReservationRequest> requests);
    }

    ModelledShop() {
        this(Decision::decide);
    }

    ModelledShop(Decider decider) {
        this.decider = decider;
        for (int i = 0; i < PRODUCTS; i++) {
            BigDecimal price = new BigDecimal("10.00").add(BigDecimal.valueOf(i));
            rows.products.put((long) i + 1, new RowsInMemory.ProductRow(UNITS.get(i), price));
            plain.products.put((long) i + 1, new PlainShop.Product(UNITS.get(i), price));
        }
    }

    /** A step of a history. Buyers and products are numbers from 1 on. */
    sealed interface Step {
        record Add(int user, long product, int quantity) implements Step {}

        /** Requests that are decided together, in this order. */
        record Batch(List<Ask> asks) implements Step {}

        record Later(Duration by) implements Step {}

        record Sweep() implements Step {}

        record Release(int user, long product) implements Step {}

        /** A unit of an order that has some left comes back. */
        record Return(int which) implements Step {}

        record Reprice(long product) implements Step {}

        record Activate(long product, boolean active) implements Step {}

        record Close(long product, boolean closed) implements Step {}
    }

    /** A request to the engine. */
    sealed interface Ask {
        record Checkout(int user) implements Ask {}

        record GiveUp(int user) implements Ask {}

        /** @param offBy how far the sum that the buyer has seen is from the right one; null for none said */
        record Order(int user, BigDecimal offBy) implements Ask {}

        /** @param key null when none is sent */
        record Begin(int user, BigDecimal offBy, String key) implements Ask {}

        /**
         * Money for a payment that was begun before, if there is one.
         *
         * @param ago which one: 0 is the last
         * @param charge its charge; the same number is the same charge
         * @param offBy how far the sum is from the right one
         */
        record Paid(int ago, int charge, BigDecimal offBy) implements Ask {}

        record Refused(int ago) implements Ask {}

        record CancelPayment(int ago) implements Ask {}

        /** A word about a payment that is another buyer's. */
        record Astray(int ago) implements Ask {}
    }

    private record Asked(ReservationRequest request, Supplier<String> answer) {}

    void go(Step step) {
        steps++;
        switch (step) {
            case Step.Add(int user, long product, int quantity) -> {
                rows.inCart(user, product, quantity);
                plain.cart(user).put(product, quantity);
            }
            case Step.Batch(List<Ask> asks) -> decide(asks);
            case Step.Later(Duration by) -> plain.now = plain.now.plus(by);
            case Step.Sweep _ -> {
                rows.end(
                        rows.holds.values().stream()
                                .filter(row ->
                                        row.isPending() && !row.expiresAt().isAfter(plain.now))
                                .toList(),
                        ReservationStatus.EXPIRED);
                rows.lapse(plain.now);
            }
            case Step.Release(int user, long product) -> release(user, product);
            case Step.Return(int which) -> comesBack(which);
            case Step.Reprice(long product) -> {
                BigDecimal next = plain.products.get(product).price.add(BigDecimal.ONE);
                plain.products.get(product).price = next;
                rows.products.get(product).price = next;
            }
            case Step.Activate(long product, boolean active) -> {
                plain.products.get(product).active = active;
                rows.products.get(product).active = active;
            }
            case Step.Close(long product, boolean closed) -> {
                plain.products.get(product).closed = closed;
                rows.products.get(product).closed = closed;
            }
        }
        compare();
    }

    private void release(int user, long product) {
        List<RowsInMemory.HoldRow> its = rows.holds.values().stream()
                .filter(row -> row.isPending() && row.user() == user && row.product() == product)
                .toList();
        for (RowsInMemory.HoldRow row : its) {
            rows.end(
                    List.of(row),
                    row.expiresAt().isAfter(plain.now) ? ReservationStatus.CANCELLED : ReservationStatus.EXPIRED);
        }
        plain.release(user, product);
    }

    private void comesBack(int which) {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < plain.orders.size(); i++) {
            if (plain.orders.get(i).values().stream().anyMatch(left -> left > 0)) {
                open.add(i);
            }
        }
        if (!open.isEmpty()) {
            int order = open.get(which % open.size());
            long product = plain.orders.get(order).entrySet().stream()
                    .filter(each -> each.getValue() > 0)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            plain.comesBack(order, product);
            rows.products.get(product).sold--;
        }
    }

    private void decide(List<Ask> asks) {
        List<Asked> asked =
                asks.stream().map(this::asked).flatMap(Optional::stream).toList();
        List<ReservationRequest> requests = asked.stream().map(Asked::request).toList();
        if (requests.isEmpty()) {
            return;
        }
        Decision.Decided decided =
                decider.decide(rows.snapshot(plain.now, PlainShop.TTL, LIMITS, requests), ids, requests);
        rows.take(decided.writes());
        decided.outcomes().forEach(outcome -> seen.add(outcome.getClass().getSimpleName()));
        List<String> expected = asked.stream().map(each -> each.answer.get()).toList();
        assertEquals(expected, decided.outcomes().stream().map(this::words).toList(), asks::toString);
        if (++batches % 64 == 0) {
            rows.forget();
        }
    }

    /** The request to the decision, and the question to the plain shop; nothing where no payment was begun yet. */
    private Optional<Asked> asked(Ask ask) {
        return switch (ask) {
            case Ask.Checkout(int user) ->
                Optional.of(new Asked(DecisionTest.reserve(user), () -> plain.checkout(user)));
            case Ask.GiveUp(int user) -> Optional.of(new Asked(new CancelHolds(user), () -> plain.giveUp(user)));
            case Ask.Order(int user, BigDecimal offBy) -> {
                BigDecimal sum = seen(user, offBy);
                yield Optional.of(new Asked(
                        new PlaceOrder(user, DecisionTest.pay(user).details(), agreed(sum)),
                        () -> plain.order(user, sum)));
            }
            case Ask.Begin(int user, BigDecimal offBy, String key) -> {
                BigDecimal sum = seen(user, offBy);
                yield Optional.of(new Asked(
                        new BeginPayment(
                                user, DecisionTest.pay(user).details(), agreed(sum), PROVIDER, PlainShop.WINDOW, key),
                        () -> plain.begin(user, sum, key)));
            }
            case Ask.Paid(int ago, int charge, BigDecimal offBy) ->
                begun(ago).map(payment -> {
                    String name = payment.number + "-" + charge;
                    BigDecimal amount = payment.amount.add(offBy);
                    return new Asked(
                            new HearPayment(
                                    payment.user,
                                    rows.numbers.get(payment.number),
                                    new ProviderWord.Paid(rows.numbers.get(payment.number), name, amount)),
                            () -> plain.paid(payment.number, name, amount));
                });
            case Ask.Refused(int ago) ->
                begun(ago)
                        .map(payment -> new Asked(
                                new HearPayment(
                                        payment.user,
                                        rows.numbers.get(payment.number),
                                        new ProviderWord.Refused(rows.numbers.get(payment.number))),
                                () -> plain.refused(payment.number)));
            case Ask.CancelPayment(int ago) ->
                begun(ago)
                        .map(payment -> new Asked(
                                new CancelPayment(payment.user, rows.numbers.get(payment.number)),
                                () -> plain.cancelPayment(payment.number)));
            case Ask.Astray(int ago) ->
                begun(ago)
                        .map(payment -> new Asked(
                                new HearPayment(
                                        payment.user % BUYERS + 1,
                                        rows.numbers.get(payment.number),
                                        new ProviderWord.Refused(rows.numbers.get(payment.number))),
                                () -> "another's"));
        };
    }

    private Optional<PlainShop.Payment> begun(int ago) {
        int number = plain.payments.size() - 1 - ago;
        return number < 0 ? Optional.empty() : Optional.of(plain.payments.get(number));
    }

    /** The sum that the buyer has seen, before anything of the batch. */
    private BigDecimal seen(int user, BigDecimal offBy) {
        return offBy == null ? null : PlainShop.worth(plain.of(user)).add(offBy);
    }

    private static Agreed agreed(BigDecimal sum) {
        return sum == null ? null : new Agreed(sum, null);
    }

    private String words(ReservationOutcome outcome) {
        return switch (outcome) {
            case Reserved reserved ->
                "reserved "
                        + reserved.lines().stream()
                                .collect(Collectors.toMap(
                                        line -> Long.parseLong(line.product().substring(1)),
                                        line -> line.quantity() + " until " + line.expiresAt(),
                                        String::concat,
                                        TreeMap::new));
            case CartEmpty _ -> "cart empty";
            case NotEnoughStock(List<ReservationOutcome.Shortage> shortages) ->
                "not enough "
                        + shortages.stream()
                                .collect(Collectors.toMap(
                                        ReservationOutcome.Shortage::productId,
                                        ReservationOutcome.Shortage::available,
                                        Integer::sum,
                                        TreeMap::new));
            case NotForSale(List<ReservationOutcome.Unsaleable> unsaleable) ->
                "not for sale "
                        + unsaleable.stream()
                                .map(ReservationOutcome.Unsaleable::productId)
                                .collect(Collectors.toCollection(TreeSet::new));
            case Cancelled(int count) -> "cancelled " + count;
            case NothingToCancel _ -> "nothing to cancel";
            case Ordered ordered -> "ordered for " + ordered.order().total();
            case HoldsExpired _ -> "expired";
            case NotAgreed(BigDecimal total) -> "costs " + total;
            case TooManyUnits tooMany -> "at most " + tooMany.cap();
            case PaymentUnderWay(long payment) -> "under way #" + numberOf(payment);
            case PaymentBegun(Payment payment) -> "begun #" + numberOf(payment.id());
            case PaymentSold(Order order, boolean late) -> "sold for " + order.total() + (late ? " late" : "");
            case AlreadySold(long payment) -> "already sold #" + numberOf(payment);
            case RefundOwed(long payment, RefundReason reason) ->
                "owed back #" + numberOf(payment) + " " + reason.word();
            case PaymentTurnedDown _ -> "turned down";
            case NothingNew _ -> "nothing new";
            case NotThisBuyers _ -> "another's";
            case PaymentCancelled(Payment payment) -> "payment cancelled #" + numberOf(payment.id());
            case PaymentAlreadyPaid _ -> "already paid";
            default -> outcome.toString();
        };
    }

    private int numberOf(long payment) {
        return rows.numbers.indexOf(payment);
    }

    private void compare() {
        assertEquals(plain.living(), rows.living(plain.now));
        plain.products.forEach(
                (id, product) -> assertEquals(product.sold, rows.products.get(id).sold, "sold of " + id));
        rows.agree();
        assertEquals(0, plain.moneyIn.compareTo(rows.moneyIn), "charges");
        assertEquals(0, plain.moneyOfOrders.compareTo(rows.moneyOfOrders), "money of orders");
        assertEquals(0, plain.moneyOwedBack.compareTo(rows.moneyOwedBack), "money owed back");
        assertEquals(0, rows.moneyIn.compareTo(rows.moneyOfOrders.add(rows.moneyOwedBack)), "the equation of money");
    }
}
