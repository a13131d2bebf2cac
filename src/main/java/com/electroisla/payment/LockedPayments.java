package com.electroisla.payment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The payments that a batch decides about, read after its other locks and locked in id order. */
public final class LockedPayments {
    private final Map<Long, Payment> payments = new HashMap<>();
    private final Map<Long, List<PaymentLine>> lines = new HashMap<>();
    private final Map<ChargeName, Charge> charges = new HashMap<>();
    private final Set<Long> holdsOnceKept = new HashSet<>();

    /** A charge by its provider and its name there. */
    public record ChargeName(String provider, String name) {}

    /**
     * The payments that requests are about.
     *
     * @param payments by their ids
     * @param paid the payments and names of the charges that came
     * @param beginners who begin one, with their keys
     */
    public record Asked(Collection<Long> payments, List<Paid> paid, List<Beginner> beginners) {
        public static final Asked NOTHING = new Asked(List.of(), List.of(), List.of());

        public boolean isNothing() {
            return payments.isEmpty() && beginners.isEmpty();
        }
    }

    public record Paid(long payment, String charge) {}

    public record Beginner(int user, @Nullable String key) {}

    /** The payments that were read, by id. */
    public Collection<Payment> all() {
        return payments.values();
    }

    /** The units of a payment; empty for one that was not read. */
    public List<PaymentLine> linesOf(long payment) {
        return lines.getOrDefault(payment, List.of());
    }

    public Optional<Payment> find(long payment) {
        return Optional.ofNullable(payments.get(payment));
    }

    /** The charges that were there already, of those that came. */
    public Collection<Charge> charges() {
        return charges.values();
    }

    /** Holds of beginners that a payment has kept before, so that their window was given. */
    public Set<Long> holdsOnceKept() {
        return holdsOnceKept;
    }

    public void add(Payment payment) {
        payments.put(payment.id(), payment);
    }

    public void add(PaymentLine line) {
        lines.computeIfAbsent(line.payment(), _ -> new ArrayList<>()).add(line);
    }

    public void add(Charge charge) {
        charges.put(new ChargeName(charge.provider(), charge.name()), charge);
    }

    public void addHoldOnceKept(long hold) {
        holdsOnceKept.add(hold);
    }
}
