package com.electroisla.drill;

import com.electroisla.drill.Ending.Done;
import com.electroisla.drill.Ending.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The expected rows of one account by its buyer's answers: the shop's rules applied to the 2xx answers alone.
 * Contradictory answers are recorded on the way.
 */
final class Expected {
    /** The states of a hold that is still running, or has expired without a known end. */
    static final Set<String> OPEN = Set.of("pending", "expired");
    /** The states of a hold that was given up: cancelled while it was live, expired after its time. */
    static final Set<String> ENDED = Set.of("cancelled", "expired");

    static final Set<String> SOLD = Set.of("confirmed");

    /** A hold in an answer to a buyer. */
    static final class Hold {
        final long product;
        final int quantity;
        Instant expiresAt;
        Set<String> statuses = OPEN;

        @Nullable
        Long order;

        Hold(Ending.Hold told) {
            product = told.product();
            quantity = told.quantity();
            expiresAt = told.expiresAt();
        }
    }

    /** An order in an answer to a buyer. */
    static final class Order {
        final Map<Long, Integer> lines;
        boolean returned;

        Order(Map<Long, Integer> lines) {
            this.lines = lines;
        }
    }

    /** Holds that were given up, and how many of them were live. */
    record GivenUp(Set<Long> holds, int live) {}

    final Map<Long, Integer> cart = new TreeMap<>();
    final Map<Long, Hold> holds = new HashMap<>();
    final Map<Long, Hold> pending = new LinkedHashMap<>();
    final Map<Long, Order> orders = new HashMap<>();
    final List<GivenUp> givenUp = new ArrayList<>();
    final List<String> contradictions = new ArrayList<>();

    static Expected after(List<Step> steps) {
        Expected expected = new Expected();
        for (Step step : steps) {
            if (step.ending() instanceof Done done) {
                expected.apply(step.act(), done.told());
            }
        }
        return expected;
    }

    private void apply(Act act, Told told) {
        switch (told) {
            case Told.Cart answer -> changeCart(act, answer);
            case Told.Holds answer -> hold(answer);
            case Told.Order answer -> order(answer);
            case Told.GivenUp answer -> giveUp(answer);
            case Told.Returned answer -> giveBack(answer.order());
        }
    }

    private void changeCart(Act act, Told.Cart answer) {
        if (act instanceof Act.Add add) {
            cart.merge(add.product(), add.quantity(), Integer::sum);
        } else {
            cart.clear();
        }
        if (!answer.lines().equals(cart)) {
            contradictions.add("el carrito contestado a " + act + " es " + answer.lines()
                    + " y las respuestas anteriores dan " + cart);
        }
    }

    private void hold(Told.Holds answer) {
        Map<Long, Hold> before = Map.copyOf(pending);
        pending.clear();
        Map<Long, Integer> lines = new TreeMap<>();
        for (Ending.Hold told : answer.holds()) {
            lines.merge(told.product(), told.quantity(), Integer::sum);
            Hold hold = before.get(told.id());
            if (hold == null) {
                hold = new Hold(told);
                if (holds.putIfAbsent(told.id(), hold) != null) {
                    contradictions.add("la reserva " + told.id() + ", ya terminada, se contestó otra vez");
                }
            } else if (hold.product != told.product() || hold.quantity != told.quantity()) {
                contradictions.add("la reserva " + told.id() + " cambió de producto o de cantidad");
            }
            hold.expiresAt = told.expiresAt();
            pending.put(told.id(), hold);
        }
        before.forEach((id, hold) -> {
            if (!pending.containsKey(id)) {
                hold.statuses = ENDED;
            }
        });
        if (!lines.equals(cart)) {
            contradictions.add("se reservó " + lines + " de un carrito con " + cart);
        }
    }

    private void order(Told.Order answer) {
        Map<Long, Integer> held = heldUnits();
        if (!answer.lines().equals(held)) {
            contradictions.add("el pedido " + answer.id() + " tiene " + answer.lines() + " y estaba reservado " + held);
        }
        if (orders.putIfAbsent(answer.id(), new Order(answer.lines())) != null) {
            contradictions.add("el pedido " + answer.id() + " se contestó como nuevo dos veces");
        }
        pay(answer.id());
    }

    /** The units held by the last checkout, by product. */
    Map<Long, Integer> heldUnits() {
        Map<Long, Integer> held = new TreeMap<>();
        pending.values().forEach(hold -> held.merge(hold.product, hold.quantity, Integer::sum));
        return held;
    }

    /** Turns the holds into this order, and takes the bought products out of the cart. */
    void pay(long order) {
        for (Hold hold : pending.values()) {
            hold.statuses = SOLD;
            hold.order = order;
            cart.computeIfPresent(
                    hold.product, (product, quantity) -> quantity > hold.quantity ? quantity - hold.quantity : null);
        }
        pending.clear();
    }

    private void giveUp(Told.GivenUp answer) {
        if (answer.holds() < 1 || answer.holds() > pending.size()) {
            contradictions.add("se contestaron " + answer.holds() + " reservas canceladas y había " + pending.size());
        }
        givenUp.add(new GivenUp(Set.copyOf(pending.keySet()), answer.holds()));
        endPending();
    }

    void endPending() {
        pending.values().forEach(hold -> hold.statuses = ENDED);
        pending.clear();
    }

    void giveBack(long order) {
        Order known = orders.get(order);
        if (known == null || known.returned) {
            contradictions.add("el pedido " + order + " se contestó como cancelado y no lo podía ser");
        } else {
            known.returned = true;
        }
    }
}
