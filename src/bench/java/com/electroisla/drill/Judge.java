package com.electroisla.drill;

import com.electroisla.drill.Ending.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the answers to the buyers with the database's content. A pure function.
 *
 * <p>Each account is one buyer's sequence of acts, so its rows can be predicted one by one: every row in a 2xx must
 * exist once and as it was in the answer, and every existing row must have been in an answer. Any other row is a
 * duplicate, or a refusal that took effect after all. Where the last act of an account has an unknown outcome, the
 * rows must be those with it or those without it, nothing in between.
 */
final class Judge {
    private final Map<Integer, List<Facts.CartRow>> cartLines;
    private final Map<Integer, List<Facts.HoldRow>> holds;
    private final Map<Integer, List<Facts.OrderRow>> orders;

    private Judge(Facts facts) {
        cartLines = byUser(facts.cartLines(), Facts.CartRow::user);
        holds = byUser(facts.holds(), Facts.HoldRow::user);
        orders = byUser(facts.orders(), Facts.OrderRow::user);
    }

    private static <T> Map<Integer, List<T>> byUser(List<T> rows, Function<T, Integer> user) {
        return rows.stream().collect(Collectors.groupingBy(user));
    }

    /**
     * All differences, each in a sentence; empty when there are none.
     *
     * @param histories by account, in the order in which its buyer acted
     * @param others the accounts whose rows no answer foretells; their units are counted all the same
     */
    static List<String> differences(Map<Integer, List<Step>> histories, Set<Integer> others, Facts facts) {
        Judge judge = new Judge(facts);
        List<String> found = new ArrayList<>();
        Set<Integer> users = new TreeSet<>(histories.keySet());
        users.addAll(judge.cartLines.keySet());
        users.addAll(judge.holds.keySet());
        users.addAll(judge.orders.keySet());
        users.removeAll(others);
        for (int user : users) {
            judge.ofUser(user, histories.getOrDefault(user, List.of()))
                    .forEach(each -> found.add("cuenta " + user + ": " + each));
        }
        found.addAll(returns(facts));
        found.addAll(Promises.broken(facts));
        return found;
    }

    private List<String> ofUser(int user, List<Step> steps) {
        Expected without = Expected.after(steps);
        List<String> found = compare(user, without);
        if (found.isEmpty() || steps.isEmpty() || !(steps.getLast().ending() instanceof Unknown)) {
            return found;
        }
        Optional<Expected> with = withUnknown(user, steps);
        return with.isPresent() && compare(user, with.get()).isEmpty() ? List.of() : found;
    }

    /** The expected rows if the last act, whose outcome the buyer does not know, took effect. */
    private Optional<Expected> withUnknown(int user, List<Step> steps) {
        Expected expected = Expected.after(steps);
        switch (steps.getLast().act()) {
            case Act.Add add -> expected.cart.merge(add.product(), add.quantity(), Integer::sum);
            case Act.EmptyCart _ -> expected.cart.clear();
            case Act.GiveUp _ -> expected.endPending();
            case Act.ReturnOrder(long order) -> expected.giveBack(order);
            case Act.Checkout _ -> adoptHolds(user, expected);
            case Act.Pay _ -> {
                List<Facts.OrderRow> unseen = orders.getOrDefault(user, List.of()).stream()
                        .filter(row -> !expected.orders.containsKey(row.id()))
                        .toList();
                if (unseen.size() != 1 || !unseen.getFirst().lines().equals(expected.heldUnits())) {
                    return Optional.empty();
                }
                expected.orders.put(
                        unseen.getFirst().id(),
                        new Expected.Order(unseen.getFirst().lines()));
                expected.pay(unseen.getFirst().id());
            }
        }
        return Optional.of(expected);
    }

    /** Each line of the cart gets a row that was in no answer, or keeps the one it had. */
    private void adoptHolds(int user, Expected expected) {
        List<Facts.HoldRow> rows = holds.getOrDefault(user, List.of());
        Map<Long, Expected.Hold> next = new HashMap<>();
        expected.cart.forEach((product, quantity) -> rows.stream()
                .filter(row -> row.product() == product && row.quantity() == quantity)
                .filter(row -> !expected.holds.containsKey(row.id()))
                .findFirst()
                .or(() -> rows.stream()
                        .filter(row -> row.product() == product
                                && row.quantity() == quantity
                                && expected.pending.containsKey(row.id()))
                        .findFirst())
                .ifPresent(row -> {
                    Expected.Hold hold = expected.pending.getOrDefault(
                            row.id(), new Expected.Hold(new Ending.Hold(row.id(), product, quantity, row.expiresAt())));
                    hold.expiresAt = row.expiresAt();
                    next.put(row.id(), hold);
                }));
        expected.pending.keySet().removeAll(next.keySet());
        expected.endPending();
        expected.pending.putAll(next);
        expected.holds.putAll(next);
    }

    private List<String> compare(int user, Expected expected) {
        List<String> found = new ArrayList<>(expected.contradictions);
        compareCart(expected, cartLines.getOrDefault(user, List.of()), found);
        compareHolds(expected, holds.getOrDefault(user, List.of()), found);
        compareOrders(expected, orders.getOrDefault(user, List.of()), found);
        return found;
    }

    private static void compareCart(Expected expected, List<Facts.CartRow> rows, List<String> found) {
        Map<Long, Integer> lines = new TreeMap<>();
        rows.forEach(row -> lines.merge(row.product(), row.quantity(), Integer::sum));
        if (!lines.equals(expected.cart)) {
            found.add("el carrito tiene " + lines + " y según las respuestas tiene " + expected.cart);
        }
    }

    private static void compareHolds(Expected expected, List<Facts.HoldRow> rows, List<String> found) {
        Map<Long, Facts.HoldRow> byId = new HashMap<>();
        for (Facts.HoldRow row : rows) {
            byId.put(row.id(), row);
            if (!expected.holds.containsKey(row.id())) {
                found.add("la reserva " + row.id() + " (" + row.status() + ") no la anunció ninguna respuesta");
            }
        }
        expected.holds.forEach((id, hold) -> compareHold(id, hold, byId.get(id), found));
        for (Expected.GivenUp given : expected.givenUp) {
            long live = given.holds().stream()
                    .filter(id -> byId.containsKey(id) && byId.get(id).status().equals("cancelled"))
                    .count();
            if (live != given.live()) {
                found.add("se contestaron " + given.live() + " reservas canceladas y son " + live);
            }
        }
    }

    private static void compareHold(long id, Expected.Hold hold, Facts.@Nullable HoldRow row, List<String> found) {
        if (row == null) {
            found.add("la reserva " + id + " se contestó y no está");
        } else if (row.product() != hold.product || row.quantity() != hold.quantity) {
            found.add("la reserva " + id + " es del producto " + row.product() + " x" + row.quantity()
                    + " y se contestó " + hold.product + " x" + hold.quantity);
        } else if (!hold.statuses.contains(row.status())) {
            found.add("la reserva " + id + " está " + row.status() + " y según las respuestas " + hold.statuses);
        } else if (!row.expiresAt().equals(hold.expiresAt)) {
            found.add("la reserva " + id + " acaba " + row.expiresAt() + " y se contestó " + hold.expiresAt);
        } else if (hold.order != null && !hold.order.equals(row.order())) {
            found.add("la reserva " + id + " es del pedido " + row.order() + " y se contestó " + hold.order);
        }
    }

    private static void compareOrders(Expected expected, List<Facts.OrderRow> rows, List<String> found) {
        Set<Long> there = new HashSet<>();
        for (Facts.OrderRow row : rows) {
            there.add(row.id());
            Expected.Order order = expected.orders.get(row.id());
            if (order == null) {
                found.add("el pedido " + row.id() + " no lo anunció ninguna respuesta");
            } else if (!order.lines.equals(row.lines())) {
                found.add("el pedido " + row.id() + " tiene " + row.lines() + " y se contestó " + order.lines);
            } else if (order.returned != row.state().equals("cancelado")) {
                found.add("el pedido " + row.id() + " está " + row.state()
                        + (order.returned ? " y se contestó cancelado" : " y nadie lo oyó cancelar"));
            }
        }
        expected.orders.keySet().stream()
                .filter(id -> !there.contains(id))
                .forEach(id -> found.add("el pedido " + id + " se contestó y no está"));
    }

    /** The differences in returns: a cancelled order gives its units back once, any other order none. */
    private static List<String> returns(Facts facts) {
        Map<Long, Map<Long, Integer>> given = new HashMap<>();
        facts.returns()
                .forEach(row -> given.computeIfAbsent(row.order(), order -> new TreeMap<>())
                        .merge(row.product(), row.quantity(), Integer::sum));
        List<String> found = new ArrayList<>();
        for (Facts.OrderRow order : facts.orders()) {
            Map<Long, Integer> due = order.state().equals("cancelado") ? order.lines() : Map.of();
            Map<Long, Integer> back = given.getOrDefault(order.id(), Map.of());
            if (!back.equals(due)) {
                found.add("el pedido " + order.id() + ", " + order.state() + ", devolvió " + back + " y le tocaba "
                        + due);
            }
        }
        return found;
    }
}
