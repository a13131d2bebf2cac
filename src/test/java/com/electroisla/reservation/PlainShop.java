package com.electroisla.reservation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The shop as the contract describes it, as plainly as it can be said: one request after another, and no rows. A hold
 * past its time is as if it were not there, except that its buyer cannot pay for the rest of that checkout. Written
 * from the contract and not from the code; answers are sentences, so that they are compared as they are.
 */
final class PlainShop {
    static final Duration TTL = Duration.ofMinutes(15);
    static final Duration LONGEST_AGE = Duration.ofMinutes(45);
    static final Duration WINDOW = Duration.ofMinutes(35);
    static final int MOST_UNITS = 3;

    final Map<Long, Product> products = new TreeMap<>();
    final Map<Integer, Map<Long, Integer>> carts = new TreeMap<>();
    /** The rest of each buyer's last checkout, in the order of its lines. */
    final Map<Integer, List<Held>> held = new TreeMap<>();
    /** The units that can still come back, by order. */
    final List<Map<Long, Integer>> orders = new ArrayList<>();

    final List<Payment> payments = new ArrayList<>();
    /** The charges that came, and whether each sold. */
    private final Map<String, Boolean> charges = new HashMap<>();

    BigDecimal moneyIn = BigDecimal.ZERO;
    BigDecimal moneyOfOrders = BigDecimal.ZERO;
    BigDecimal moneyOwedBack = BigDecimal.ZERO;
    Instant now;

    PlainShop(Instant now) {
        this.now = now;
    }

    /** A product; {@code closed} by the reconciliation, {@code active} by the staff. */
    static final class Product {
        final int total;
        int sold;
        BigDecimal price;
        boolean active = true;
        boolean closed;

        Product(int total, BigDecimal price) {
            this.total = total;
            this.price = price;
        }
    }

    /** Units that a buyer holds. A renewal is of the same hold, another quantity is another hold. */
    static final class Held {
        final long product;
        final int quantity;
        BigDecimal price;
        Instant until;
        final Instant since;
        /** The payment that keeps it, by its number; -1 for none. */
        int keptBy = -1;
        /** Whether a payment has given it its window already. */
        boolean windowGiven;

        Held(long product, int quantity, BigDecimal price, Instant since, Instant until) {
            this.product = product;
            this.quantity = quantity;
            this.price = price;
            this.since = since;
            this.until = until;
        }
    }

    /** A payment and what it was agreed for. */
    static final class Payment {
        final int number;
        final int user;
        final String key;
        final List<Held> holds;
        final BigDecimal amount;
        final Instant until;
        String state = "iniciado";

        Payment(int number, int user, String key, List<Held> holds, Instant until) {
            this.number = number;
            this.user = user;
            this.key = key;
            this.holds = holds;
            this.amount = worth(holds);
            this.until = until;
        }
    }

    private boolean lives(Held hold) {
        return hold.until.isAfter(now);
    }

    List<Held> of(int user) {
        return held.computeIfAbsent(user, _ -> new ArrayList<>());
    }

    Map<Long, Integer> cart(int user) {
        return carts.computeIfAbsent(user, _ -> new LinkedHashMap<>());
    }

    /** Units that are neither sold nor held by anybody who is not left out. */
    private int free(long product, Predicate<Held> leftOut) {
        Product it = products.get(product);
        int others = held.values().stream()
                .flatMap(List::stream)
                .filter(hold -> hold.product == product && lives(hold) && !leftOut.test(hold))
                .mapToInt(hold -> hold.quantity)
                .sum();
        return it.total - it.sold - others;
    }

    private int obtainable(long product, int user) {
        return products.get(product).active ? free(product, of(user)::contains) : 0;
    }

    /** The payment that keeps the buyer's holds now; empty when there is none. */
    private String underWay(int user) {
        return of(user).stream()
                .filter(hold -> lives(hold) && hold.keptBy >= 0)
                .map(hold -> "under way #" + hold.keptBy)
                .findFirst()
                .orElse("");
    }

    String checkout(int user) {
        Map<Long, Integer> cart = cart(user);
        if (!underWay(user).isEmpty()) {
            return underWay(user);
        }
        if (cart.isEmpty()) {
            return "cart empty";
        }
        Set<Long> unsaleable = new TreeSet<>(cart.keySet());
        unsaleable.removeIf(product -> !products.get(product).active || !products.get(product).closed);
        if (!unsaleable.isEmpty()) {
            return "not for sale " + unsaleable;
        }
        Map<Long, Integer> missing = new TreeMap<>();
        cart.forEach((product, quantity) -> {
            if (quantity > obtainable(product, user)) {
                missing.put(product, obtainable(product, user));
            }
        });
        if (!missing.isEmpty()) {
            return "not enough " + missing;
        }
        if (cart.values().stream().anyMatch(quantity -> quantity > MOST_UNITS)) {
            return "at most " + MOST_UNITS;
        }
        List<Held> taken = new ArrayList<>();
        Map<Long, String> told = new TreeMap<>();
        cart.forEach((product, quantity) -> {
            Held hold = take(user, product, quantity);
            taken.add(hold);
            told.put(product, quantity + " until " + hold.until);
        });
        held.put(user, taken);
        return "reserved " + told;
    }

    /** The hold of a line: the same one if the quantity is the same, and as old as the buyer's first of the product. */
    private Held take(int user, long product, int quantity) {
        Instant since = now;
        Instant until = now.plus(TTL);
        Held same = null;
        for (Held hold : of(user)) {
            if (hold.product == product && lives(hold)) {
                since = hold.since;
                Instant oldest = since.plus(LONGEST_AGE);
                until = until.isBefore(oldest) ? until : oldest;
                until = until.isBefore(hold.until) ? hold.until : until;
                same = hold.quantity == quantity ? hold : null;
            }
        }
        if (same == null) {
            return new Held(product, quantity, products.get(product).price, since, until);
        }
        same.price = products.get(product).price;
        same.until = until;
        return same;
    }

    String giveUp(int user) {
        if (!underWay(user).isEmpty()) {
            return underWay(user);
        }
        long living = of(user).stream().filter(this::lives).count();
        if (living == 0) {
            return "nothing to cancel";
        }
        of(user).clear();
        return "cancelled " + living;
    }

    /**
     * Why the buyer cannot pay for what they hold; empty when they can.
     *
     * @param agreed the sum that they have seen; null where none was said
     */
    private String refusal(int user, BigDecimal agreed) {
        List<Held> holds = of(user);
        if (!underWay(user).isEmpty()) {
            return underWay(user);
        }
        if (holds.isEmpty() || !holds.stream().allMatch(this::lives)) {
            return "expired";
        }
        Set<Long> unsaleable = new TreeSet<>();
        holds.stream().filter(hold -> products.get(hold.product).closed).forEach(hold -> unsaleable.add(hold.product));
        if (!unsaleable.isEmpty()) {
            return "not for sale " + unsaleable;
        }
        return agreed != null && agreed.compareTo(worth(holds)) != 0 ? "costs " + worth(holds) : "";
    }

    static BigDecimal worth(List<Held> holds) {
        return holds.stream()
                .map(hold -> hold.price.multiply(BigDecimal.valueOf(hold.quantity)))
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    String order(int user, BigDecimal agreed) {
        String refusal = refusal(user, agreed);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        List<Held> holds = List.copyOf(of(user));
        sell(user, holds);
        of(user).clear();
        return "ordered for " + worth(holds);
    }

    /** Units that are bought leave the cart; those added since stay. */
    private void sell(int user, List<Held> bought) {
        Map<Long, Integer> units = new TreeMap<>();
        for (Held hold : bought) {
            products.get(hold.product).sold += hold.quantity;
            units.merge(hold.product, hold.quantity, Integer::sum);
            cart(user)
                    .computeIfPresent(
                            hold.product, (_, quantity) -> quantity > hold.quantity ? quantity - hold.quantity : null);
        }
        orders.add(units);
    }

    /** A repetition with the same key takes the same payment up again, whatever became of it. */
    String begin(int user, BigDecimal agreed, String key) {
        for (Payment payment : payments) {
            if (payment.user == user && key != null && key.equals(payment.key)) {
                return "begun #" + payment.number;
            }
        }
        String refusal = refusal(user, agreed);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        List<Held> holds = List.copyOf(of(user));
        Instant until = holds.stream()
                .map(hold -> hold.windowGiven ? hold.until : now.plus(WINDOW))
                .min(Instant::compareTo)
                .orElseThrow();
        Payment payment = new Payment(payments.size(), user, key, holds, until);
        payments.add(payment);
        holds.forEach(hold -> {
            hold.until = until;
            hold.keptBy = payment.number;
            hold.windowGiven = true;
        });
        return "begun #" + payment.number;
    }

    private void letGo(Payment payment) {
        of(payment.user).stream().filter(hold -> hold.keptBy == payment.number).forEach(hold -> hold.keptBy = -1);
    }

    String refused(int number) {
        Payment payment = payments.get(number);
        if (!alive(payment)) {
            return "nothing new";
        }
        payment.state = "rechazado";
        letGo(payment);
        return "turned down";
    }

    /** Begun, and its time is not over; the staff may have ended its holds meanwhile. */
    private boolean alive(Payment payment) {
        return payment.state.equals("iniciado") && payment.until.isAfter(now);
    }

    String cancelPayment(int number) {
        Payment payment = payments.get(number);
        switch (payment.state) {
            case "pagado", "reembolso_debido" -> {
                return "already paid";
            }
            case "cancelado" -> {
                return "payment cancelled #" + number;
            }
            default -> {
                of(payment.user).removeIf(hold -> isStillBehind(hold, payment));
                letGo(payment);
                payment.state = "cancelado";
                return "payment cancelled #" + number;
            }
        }
    }

    /** Whether the hold was agreed for this payment, lives, and is no other payment's by now. */
    private boolean isStillBehind(Held hold, Payment payment) {
        return payment.holds.contains(hold)
                && of(payment.user).contains(hold)
                && lives(hold)
                && (hold.keptBy == -1 || hold.keptBy == payment.number);
    }

    /** Money came: it sells, or is owed back, once for each charge. */
    String paid(int number, String charge, BigDecimal amount) {
        Payment payment = payments.get(number);
        if (charges.containsKey(charge)) {
            return charges.get(charge) ? "already sold #" + number : "nothing new";
        }
        moneyIn = moneyIn.add(amount);
        return switch (payment.state) {
            case "cancelado" -> owe(payment, charge, amount, "pago_cancelado");
            case "pagado", "reembolso_debido" -> owe(payment, charge, amount, "cobro_repetido");
            default ->
                amount.compareTo(payment.amount) != 0
                        ? owe(payment, charge, amount, "importe_distinto")
                        : buy(payment, charge);
        };
    }

    private String owe(Payment payment, String charge, BigDecimal amount, String why) {
        charges.put(charge, false);
        moneyOwedBack = moneyOwedBack.add(amount);
        if (!payment.state.equals("pagado")) {
            payment.state = "reembolso_debido";
        }
        letGo(payment);
        return "owed back #" + payment.number + " " + why;
    }

    private String buy(Payment payment, String charge) {
        List<Held> own = of(payment.user);
        boolean late = false;
        for (Held line : payment.holds) {
            if (!isStillBehind(line, payment)) {
                late = true;
                Product product = products.get(line.product);
                // Free ones, and those that the buyer holds for no payment.
                int there = free(
                        line.product,
                        hold -> own.contains(hold) && (hold.keptBy == -1 || hold.keptBy == payment.number));
                if (!product.active || product.closed || there < line.quantity) {
                    return owe(payment, charge, payment.amount, "tarde_sin_unidades");
                }
            }
        }
        List<Held> kept = payment.holds.stream()
                .filter(line -> isStillBehind(line, payment))
                .toList();
        own.removeAll(kept);
        sell(payment.user, payment.holds);
        for (Held line : payment.holds) {
            own.stream()
                    .filter(hold -> hold.product == line.product && lives(hold) && hold.keptBy == -1)
                    .filter(_ -> free(line.product, _ -> false) < 0)
                    .forEach(hold -> hold.until = Instant.MIN);
        }
        charges.put(charge, true);
        moneyOfOrders = moneyOfOrders.add(payment.amount);
        payment.state = "pagado";
        letGo(payment);
        return "sold for " + payment.amount + (late ? " late" : "");
    }

    void release(int user, long product) {
        of(user).stream().filter(hold -> hold.product == product).forEach(hold -> hold.until = Instant.MIN);
    }

    void comesBack(int order, long product) {
        orders.get(order).merge(product, -1, Integer::sum);
        products.get(product).sold--;
    }

    /** The holds that live, as sentences. */
    Set<String> living() {
        Set<String> all = new TreeSet<>();
        held.forEach((user, holds) -> holds.stream()
                .filter(this::lives)
                .forEach(hold -> all.add(user + " holds " + hold.quantity + " of " + hold.product + " at " + hold.price
                        + " until " + hold.until + " for #" + hold.keptBy)));
        return all;
    }
}
