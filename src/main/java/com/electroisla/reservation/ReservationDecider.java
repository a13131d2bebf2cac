package com.electroisla.reservation;

import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Decider;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.order.OrderSql;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The reservations' part of a batch: lock the products, read, let {@link Decision} decide, write what it decided. */
final class ReservationDecider implements Decider<ReservationRequest, ReservationOutcome> {
    private final DatabaseClock clock;
    private final Duration timeToLive;

    ReservationDecider(DatabaseClock clock, Duration timeToLive) {
        this.clock = clock;
        this.timeToLive = timeToLive;
    }

    @Override
    public Locked<ReservationRequest, ReservationOutcome> lock(Handle handle, Map<Integer, LockedCart> carts) {
        ReservationSql.Wanted wanted = ReservationSql.readWanted(handle, carts);
        Map<Long, Long> held = wanted.pending();
        ReservationSql.Shelf shelf = ReservationSql.lockProducts(handle, productsOf(wanted.lines(), held));
        Instant now = clock.at(shelf.databaseTime());
        return new Locked<>(now, requests -> {
            List<Snapshot.PendingHold> pending = held.isEmpty() ? List.of() : ReservationSql.lockPending(handle, held.keySet());
            var before = read(handle, requests, cartsByUser(carts, wanted.lines(), shelf.products()), shelf.products(), pending, now);
            var decided = Decision.decide(before, requests);
            write(handle, decided.writes(), now);
            return decided.outcomes();
        });
    }

    private static Set<Long> productsOf(Map<Long, List<Snapshot.Line>> lines, Map<Long, Long> held) {
        Set<Long> products = new TreeSet<>(held.values());
        lines.values().forEach(cart -> cart.forEach(line -> products.add(line.productId())));
        return products;
    }

    /** A line whose product was deleted while the batch waited for it is left out. */
    private static Map<Integer, Snapshot.Cart> cartsByUser(
            Map<Integer, LockedCart> carts, Map<Long, List<Snapshot.Line>> lines, Map<Long, Snapshot.Product> products) {
        Map<Integer, Snapshot.Cart> byUser = new HashMap<>();
        carts.forEach((user, cart) -> byUser.put(user, new Snapshot.Cart(cart.id(), user, lines.getOrDefault(cart.id(), List.of()).stream()
                .filter(line -> products.containsKey(line.productId()))
                .toList())));
        return byUser;
    }

    private Snapshot read(Handle handle, List<ReservationRequest> requests, Map<Integer, Snapshot.Cart> carts, Map<Long, Snapshot.Product> products,
            List<Snapshot.PendingHold> pending, Instant now) {
        List<Snapshot.PendingHold> holds = new ArrayList<>(pending);
        Map<Long, Long> missing = missingUnits(requests, carts, products);
        if (!missing.isEmpty()) {
            holds.addAll(ReservationSql.overdueOn(handle, missing, carts.keySet(), now));
        }
        List<Integer> paying = requests.stream().filter(PlaceOrder.class::isInstance).map(ReservationRequest::userId).toList();
        Map<Integer, List<LostHold>> lost = paying.isEmpty() ? Map.of() : ReservationSql.lostOf(handle, paying);
        return new Snapshot(now, timeToLive, carts, products, holds, lost);
    }

    /** By product, how many units more than lie free the batch might want; only there do overdue holds matter. */
    private static Map<Long, Long> missingUnits(
            List<ReservationRequest> requests, Map<Integer, Snapshot.Cart> carts, Map<Long, Snapshot.Product> products) {
        Map<Long, Long> wanted = new TreeMap<>();
        for (ReservationRequest request : requests) {
            Snapshot.Cart cart = carts.get(request.userId());
            if (cart != null && request instanceof ReserveCart) {
                cart.lines().forEach(line -> wanted.merge(line.productId(), (long) line.quantity(), Long::sum));
            }
        }
        wanted.replaceAll((product, quantity) -> quantity - products.get(product).free());
        wanted.values().removeIf(missing -> missing <= 0);
        return wanted;
    }

    private static void write(Handle handle, Writes writes, Instant now) {
        ReservationSql.writeStockAndDrawIds(handle, writes);
        ReservationSql.updateHolds(handle, writes.changedHolds(), now);
        ReservationSql.insertHoldsAndMarkCarts(handle, writes.newHolds(), writes.carts, now);
        OrderSql.insertAll(handle, writes.orders.stream().map(PlacedOrder::toOrder).toList());
        ReservationSql.writeCartLines(handle, writes.carts, now);
    }
}
