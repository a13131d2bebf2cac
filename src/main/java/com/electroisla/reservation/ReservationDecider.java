package com.electroisla.reservation;

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
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The reservations' part of a batch: lock the products, read, let {@link Decision} decide, write what it decided. */
final class ReservationDecider implements Decider<ReservationRequest, ReservationOutcome> {
    private final Duration timeToLive;

    ReservationDecider(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public Locked<ReservationRequest, ReservationOutcome> lock(Handle handle, Map<Integer, LockedCart> carts) {
        Map<Long, List<Snapshot.Line>> lines = ReservationSql.readLines(handle, carts);
        Map<Long, Long> held = ReservationSql.findPending(handle, carts.keySet());
        Map<Long, Snapshot.Product> products = ReservationSql.lockProducts(handle, productsOf(lines, held));
        return (requests, now) -> {
            List<Snapshot.PendingHold> pending = held.isEmpty() ? List.of() : ReservationSql.lockPending(handle, held.keySet());
            var decided = Decision.decide(read(handle, requests, cartsByUser(carts, lines, products), products, pending, now), requests);
            write(handle, decided.writes(), now);
            return decided.outcomes();
        };
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
        Set<Long> scarce = scarceProducts(requests, carts, products);
        if (!scarce.isEmpty()) {
            holds.addAll(ReservationSql.overdueOn(handle, scarce, carts.keySet(), now));
        }
        List<Integer> paying = requests.stream().filter(PlaceOrder.class::isInstance).map(ReservationRequest::userId).toList();
        Map<Integer, List<LostHold>> lost = paying.isEmpty() ? Map.of() : ReservationSql.lostOf(handle, paying);
        return new Snapshot(now, timeToLive, carts, products, holds, lost);
    }

    /** The products that the batch might want more of than lies free; only there do overdue holds matter. */
    private static Set<Long> scarceProducts(List<ReservationRequest> requests, Map<Integer, Snapshot.Cart> carts, Map<Long, Snapshot.Product> products) {
        Map<Long, Long> wanted = new HashMap<>();
        for (ReservationRequest request : requests) {
            Snapshot.Cart cart = carts.get(request.userId());
            if (cart != null && request instanceof ReserveCart) {
                cart.lines().forEach(line -> wanted.merge(line.productId(), (long) line.quantity(), Long::sum));
            }
        }
        Set<Long> scarce = new TreeSet<>();
        wanted.forEach((product, quantity) -> {
            if (quantity > products.get(product).free()) {
                scarce.add(product);
            }
        });
        return scarce;
    }

    private static void write(Handle handle, Writes writes, Instant now) {
        ReservationSql.drawIds(handle, writes);
        ReservationSql.writeStock(handle, writes.stock);
        ReservationSql.updateHolds(handle, writes.changedHolds(), now);
        ReservationSql.insertHolds(handle, writes.newHolds(), now);
        OrderSql.insertAll(handle, writes.orders.stream().map(PlacedOrder::toOrder).toList());
        ReservationSql.writeCarts(handle, writes.carts, now);
    }
}
