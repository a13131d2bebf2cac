package com.electroisla.shopfront;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway that moves no money: it accepts one card number and declines all others. The latest payments are kept as
 * long as the process lives.
 */
public final class TestCardGateway implements CardGateway {
    /** The accepted card number. */
    public static final String GOOD = "4242424242424242";

    private static final int MOST_REMEMBERED = 10_000;

    private enum State {
        SET_ASIDE,
        TAKEN,
        GIVEN_BACK
    }

    private record Payment(BigDecimal amount, State state) {}

    @GuardedBy("this")
    private final Map<String, Payment> payments = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Payment> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    @Override
    public synchronized Answer authorise(BigDecimal amount, Card card, String reference) {
        boolean possible = card.number().matches("[0-9]{13,19}")
                && card.expiry().matches("(0[1-9]|1[0-2])/?[0-9]{2}")
                && card.code().matches("[0-9]{3,4}");
        if (!possible) {
            return new Answer.NotACard();
        }
        if (!card.number().equals(GOOD)) {
            return new Answer.Declined();
        }
        Payment before = payments.get(reference);
        Payment payment =
                before != null && before.state() != State.GIVEN_BACK ? before : new Payment(amount, State.SET_ASIDE);
        payments.put(reference, payment);
        return new Answer.Authorised(reference, payment.amount());
    }

    @Override
    public synchronized Optional<Answer.Authorised> find(String reference) {
        return Optional.ofNullable(payments.get(reference))
                .filter(payment -> payment.state() != State.GIVEN_BACK)
                .map(payment -> new Answer.Authorised(reference, payment.amount()));
    }

    @Override
    public synchronized void capture(String authorisation, BigDecimal amount) {
        payments.computeIfPresent(
                authorisation,
                (_, payment) -> payment.state() == State.SET_ASIDE ? new Payment(amount, State.TAKEN) : payment);
    }

    @Override
    public synchronized void release(String authorisation) {
        payments.computeIfPresent(
                authorisation,
                (_, payment) ->
                        payment.state() == State.SET_ASIDE ? new Payment(payment.amount(), State.GIVEN_BACK) : payment);
    }

    /** The sum of all captured amounts. */
    public synchronized BigDecimal taken() {
        return sum(State.TAKEN);
    }

    /** The sum of authorised amounts, neither captured nor released. */
    public synchronized BigDecimal setAside() {
        return sum(State.SET_ASIDE);
    }

    @GuardedBy("this")
    private BigDecimal sum(State state) {
        return payments.values().stream()
                .filter(payment -> payment.state() == state)
                .map(Payment::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public boolean isTest() {
        return true;
    }
}
