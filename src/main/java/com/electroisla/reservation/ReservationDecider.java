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
        Map<Long, Snapshot.Product> products = ReservationSql.lockProducts(handle, carts);
        return (requests, now) -> {
            var decided = Decision.decide(read(handle, requests, carts, products, now), requests);
            write(handle, decided.writes(), now);
            return decided.outcomes();
        };
    }

    private Snapshot read(Handle handle, List<ReservationRequest> requests, Map<Integer, LockedCart> carts, Map<Long, Snapshot.Product> products, Instant now) {
        Map<Integer, Snapshot.Cart> cartsByUser = ReservationSql.readCarts(handle, carts, products);
        List<Snapshot.PendingHold> holds = new ArrayList<>();
        if (!products.isEmpty()) {
            holds.addAll(ReservationSql.pendingOf(handle, carts.keySet(), products.keySet()));
            Set<Long> scarce = scarceProducts(requests, cartsByUser, products);
            if (!scarce.isEmpty()) {
                holds.addAll(ReservationSql.overdueOn(handle, scarce, carts.keySet(), now));
            }
        }
        List<Integer> paying = requests.stream().filter(PlaceOrder.class::isInstance).map(ReservationRequest::userId).toList();
        Map<Integer, List<LostHold>> lost = paying.isEmpty() ? Map.of() : ReservationSql.lostOf(handle, paying);
        return new Snapshot(now, timeToLive, cartsByUser, products, holds, lost);
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
